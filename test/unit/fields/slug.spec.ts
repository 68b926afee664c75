import { describe, expect, it } from 'vitest';
import { slug } from '../../../src/framework/fields/slug-field.js';
import { refused, shown } from './reading.js';

describe('a slug', () => {
  it.each(['a-b_c1', '-', '_', 'A', 7])('%j is one', (value) => expect(shown(slug(), value)).toBe(String(value)));

  it.each(['a b', 'a.b', 'é', 'a\nb', 'a/b'])('%j is none', (value) => expect(shown(slug(), value)).toEqual(refused('invalid')));

  it.each(['é-1', '日本', '٣', '½'])('%j is one of Unicode', (value) => expect(shown(slug({ allowUnicode: true }), value)).toBe(value));

  it.each(['a b', 'e\u0301', '😀'])('%j is none of Unicode', (value) =>
    expect(shown(slug({ allowUnicode: true }), value)).toEqual(refused('invalid')),
  );

  it('describes itself with its pattern', () =>
    expect(slug({ maxLength: 50 }).describe()).toEqual({ type: 'slug', schema: { type: 'string', pattern: '^[-a-zA-Z0-9_]+$' }, maxLength: 50 }));
});
