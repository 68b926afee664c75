import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { maxLength, minLength } from '../../../src/framework/validators/length.js';

const passes = (validator: (value: string, context: never) => void, value: string) => {
  try {
    validator(value, undefined as never);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ status: 400 });
    return false;
  }
};

describe('lengths are of code points', () => {
  it.each([
    ['', 0, true, true],
    ['a', 0, false, true],
    ['ab', 2, true, true],
    ['abc', 2, false, true],
    ['a', 2, true, false],
    ['😀😀', 2, true, true],
    ['😀', 2, true, false],
    ['😀ab', 2, false, true],
    ['\ud800\ud800\ud800', 2, false, true],
  ])('%j against %i: at most %s, at least %s', (value, limit, most, least) => {
    expect(passes(maxLength(limit), value)).toBe(most);
    expect(passes(minLength(limit), value)).toBe(least);
  });

  it.each([-1, 1.5, NaN, Infinity])('a limit of %s is refused at boot', (limit) => {
    expect(() => maxLength(limit)).toThrow(ConfigurationError);
    expect(() => minLength(limit)).toThrow(ConfigurationError);
  });

  it('a message of the own is filled in', () =>
    expect(() => maxLength(3, 'Less than {max_length}.')('abcd', undefined as never)).toThrow(
      expect.objectContaining({ detail: [expect.objectContaining({ message: 'Less than 3.', code: 'max_length' })] }),
    ));
});
