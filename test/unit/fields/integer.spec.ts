import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { bigInteger } from '../../../src/framework/fields/big-integer-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { read, refused, shown } from './reading.js';

describe('integer', () => {
  it.each([
    ['1_000', 1000],
    ['+7', 7],
    [' 7 ', 7],
    ['\u0661\u0662', 12],
    ['1.00', 1],
    ['-0', 0],
    [-0, 0],
    ['007', 7],
    [new RawNumber('1.00000000000000000000'), 1],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %j as %j', (given, expected) => expect(shown(integer(), given)).toBe(expected));

  it.each([
    '',
    ' ',
    '_1',
    '1__0',
    '1.5',
    '1e3',
    '0x10',
    '--1',
    '\ufeff1',
    '\0',
    '\ud800',
    true,
    false,
    1.5,
    [],
    {},
    [1],
    NaN,
    Infinity,
    new RawNumber('1e400'),
    new RawNumber('0.10000000000000000001'),
    '9007199254740992',
    new RawNumber('12345678901234567890'),
    1e21,
  ])('refuses %j', (given) => expect(shown(integer(), given)).toEqual(refused('invalid')));

  it('refuses a text of more than 1000 characters before it reads it', () => {
    expect(shown(integer(), '1'.repeat(1001))).toEqual(refused('max_string_length'));
    expect(shown(integer(), `${' '.repeat(999)}1`)).toBe(1);
  });

  it.each([
    [new RawNumber('12345678901234567890'), 'max_value'],
    ['-12345678901234567890', 'min_value'],
    [11, 'max_value'],
    [0, 'min_value'],
  ])('says which bound %j is beyond', (given, code) => expect(shown(integer({ min: 1, max: 10 }), given)).toEqual(refused(code)));

  it('takes messages of its own for bounds', () => {
    expect(read(integer({ max: 3, errorMessages: { max_value: 'At most {max_value}!' } }), 4)).toEqual({
      detail: [{ message: 'At most 3!', code: 'max_value' }],
    });
  });

  it('refuses bounds that no value is within', () => {
    expect(() => integer({ min: 2, max: 1 })).toThrow(ConfigurationError);
    expect(() => integer({ min: NaN })).toThrow(ConfigurationError);
  });
});

describe('bigInteger', () => {
  it.each([
    [new RawNumber('9223372036854775807'), 9223372036854775807n],
    ['-5', -5n],
    [7, 7n],
    [-9223372036854775808n, -9223372036854775808n],
  ])('reads %s exactly', (given, expected) => expect(read(bigInteger(), given)).toEqual({ value: expected }));

  it.each([
    ['9223372036854775808', 'max_value'],
    [new RawNumber('-9223372036854775809'), 'min_value'],
    ['x', 'invalid'],
    [true, 'invalid'],
    [1.5, 'invalid'],
  ])('refuses %s: %s', (given, code) => expect(shown(bigInteger(), given)).toEqual(refused(code)));

  it('has the bounds that it is given', () => expect(shown(bigInteger({ max: 5n }), 6)).toEqual(refused('max_value')));

  it.each([
    [true, '9223372036854775807'],
    [false, 9223372036854775807n],
  ])('is shown as a text where that is %s', (coerceToString, expected) =>
    expect(bigInteger({ coerceToString }).toRepresentation(2n ** 63n - 1n)).toBe(expected),
  );
});

describe('blanks around a number', () => {
  // Python's int takes U+001F off a text of other scripts alone.
  it.each([
    ['\t1\n', 1],
    ['\u001f1', refused('invalid')],
    ['\u001f\u0661', 1],
    ['\u00a01\u2003', 1],
    ['1.0\u001f', 1],
  ])('%j are read as Python does', (given, expected) => expect(shown(integer(), given)).toEqual(expected));
});
