import { describe, expect, it } from 'vitest';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { choice } from '../../../src/framework/fields/choice-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { read, shown } from './reading.js';

const mixed = choice({ choices: [1, [2, 'two'], ['a', 'A'], ['Group', [['b', 'B'], 'c']]] });

describe('a choice', () => {
  it.each([
    [1, 1],
    ['1', 1],
    ['2', 2],
    ['a', 'a'],
    ['b', 'b'],
    ['c', 'c'],
  ])('%j chooses %j', (value, expected) => expect(shown(mixed, value)).toBe(expected));

  it.each([
    [3, '3'],
    ['', ''],
    ['A', 'A'],
    ['Group', 'Group'],
    [true, 'True'],
    [1.5, '1.5'],
    [[], '[]'],
    [{}, '{}'],
    [['a', 1, null, "it's"], `['a', 1, None, "it's"]`],
    [{ a: '\0\n' }, String.raw`{'a': '\x00\n'}`],
    [new RawNumber('1e400'), 'inf'],
    ['__proto__', '__proto__'],
    ['{input}', '{input}'],
  ])('%j is refused by its text in Python', (value, text) =>
    expect(messagesOf((read(mixed, value) as { detail: Detail }).detail)).toEqual([`"${text}" is not a valid choice.`]),
  );

  it('may be blank where that is allowed', () => expect(shown(choice({ choices: ['a'], allowBlank: true }), '')).toBe(''));

  it.each([
    ['1', 1],
    ['gone', 'gone'],
  ])('a stored %j is shown as %j', (value, expected) => expect(mixed.toRepresentation(value as never)).toBe(expected));

  it.each([[[]], [['a', 'a']], [[1, '1']]])('refuses %j at boot', (choices) => expect(() => choice({ choices })).toThrow(ConfigurationError));

  it('describes its values and labels, of groups too', () =>
    expect(mixed.describe()).toEqual({
      type: 'choice',
      schema: { type: ['integer', 'string'], enum: [1, 2, 'a', 'b', 'c'] },
      choices: [
        { value: 1, label: '1' },
        { value: 2, label: 'two' },
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
        { value: 'c', label: 'c' },
      ],
    }));

  it('describes the empty text where it is allowed', () =>
    expect(choice({ choices: ['a'], allowBlank: true }).describe().schema).toEqual({ type: 'string', enum: ['a', ''] }));
});
