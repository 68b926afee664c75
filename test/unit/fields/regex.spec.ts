import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { regex } from '../../../src/framework/fields/regex-field.js';
import { refused, shown } from './reading.js';

describe('a text with a pattern', () => {
  const plate = regex(/^[a-z]{2}\d{3}$/);

  it.each(['ab123', ' zz000 '])('%j matches', (value) => expect(shown(plate, value)).toBe(value.trim()));

  it.each(['AB123', 'ab1234', 'xab123', 'ab123\nx', 123])('%j does not', (value) => expect(shown(plate, value)).toEqual(refused('invalid')));

  it('takes a match anywhere where the pattern is not anchored', () => expect(shown(regex(/b/), 'abc')).toBe('abc'));

  it.each([/a/g, /a/y])('refuses %s, which keeps a position', (expression) => expect(() => regex(expression)).toThrow(ConfigurationError));

  it.each([
    [/^a$/, { type: 'string', pattern: '^a$' }],
    [/^a$/i, { type: 'string' }],
  ])('%s is described as far as JSON schema can say it', (expression, schema) =>
    expect(regex(expression).describe()).toEqual({ type: 'regex', schema }),
  );
});
