import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { read, refused, shown } from './reading.js';

const price = decimal({ maxDigits: 5, decimalPlaces: 2 });

describe('decimal', () => {
  it.each([
    ['1_00', '100.00'],
    ['1e2', '100.00'],
    ['12e-1', '1.20'],
    ['-0', '-0.00'],
    ['+.5', '0.50'],
    ['5.', '5.00'],
    ['\u0661', '1.00'],
    [0.1, '0.10'],
    ['000123', '123.00'],
    [new RawNumber('123.450000000000000000000e0'), refused('max_digits')],
    ['0.00', '0.00'],
  ])('reads %j and shows %j', (given, expected) => expect(shown(price, given)).toEqual(expected));

  it.each([
    ['1234567.00', 'max_digits'],
    ['123456', 'max_digits'],
    ['1e999999999', 'max_digits'],
    ['0e999999', 'max_digits'],
    ['1e-99', 'max_digits'],
    ['1.230', 'max_decimal_places'],
    ['0.001', 'max_decimal_places'],
    ['1234', 'max_whole_digits'],
    ['1e3', 'max_whole_digits'],
    ['1e9999999999999999999', 'invalid'],
    ['nan', 'invalid'],
    ['sNaN1', 'invalid'],
    ['-inf', 'invalid'],
    ['', 'invalid'],
    ['1.2.3', 'invalid'],
    ['\0', 'invalid'],
    [true, 'invalid'],
    [[], 'invalid'],
    [{}, 'invalid'],
    [NaN, 'invalid'],
    ['1'.repeat(1001), 'max_string_length'],
  ])('refuses %j: %s', (given, code) => expect(shown(price, given)).toEqual(refused(code)));

  it('counts the zeros of 1234567.00', () => {
    expect(shown(decimal({ maxDigits: 8, decimalPlaces: 2 }), '1234567.00')).toEqual(refused('max_digits'));
    expect(shown(decimal({ maxDigits: 9, decimalPlaces: 2 }), '1234567.00')).toBe('1234567.00');
  });

  it('keeps every digit', () => {
    const text = '12345678901234567890.123456789';
    expect(shown(decimal({ maxDigits: 40, decimalPlaces: 9 }), new RawNumber(text))).toBe(text);
  });

  it('reads an empty text as null where null is allowed', () =>
    expect(read(decimal({ maxDigits: 5, decimalPlaces: 2, allowNull: true, min: 0 }), ' ')).toEqual({ value: null }));

  it.each([
    ['0.125', '0.12'],
    ['0.135', '0.14'],
    [0.5, '0.50'],
    ['-0.001', '-0.00'],
  ])("rounds a row's %j half to even: %j", (value, expected) => expect(price.toRepresentation(new Decimal(value))).toBe(expected));

  it('rounds as it is told', () =>
    expect(decimal({ maxDigits: 5, decimalPlaces: 2, rounding: Decimal.ROUND_UP }).toRepresentation(new Decimal('0.121'))).toBe('0.13'));

  it.each([
    ['-0', '-0'],
    ['100', '100'],
    ['1.50', '1.5'],
  ])('leaves the zeros of %j out when normalized', (given, expected) =>
    expect(shown(decimal({ maxDigits: 8, decimalPlaces: 4, normalizeOutput: true }), given)).toBe(expected),
  );

  it('keeps bounds that are decimals', () =>
    expect(shown(decimal({ maxDigits: 5, decimalPlaces: 2, max: '0.1' }), '0.11')).toEqual(refused('max_value')));

  it.each([
    [null, null, '1e3', '1000'],
    [null, null, '123456789012345678901234567890.5', '123456789012345678901234567890.5'],
    [null, 2, '1.5', '1.50'],
    [null, 2, '1.555', refused('max_decimal_places')],
    [3, null, '0.001', '0.001'],
    [3, null, '1.5555', refused('max_digits')],
    [null, null, '1e999', '1'.padEnd(1_000, '0')],
    // A short text of a number that is long to show.
    [null, null, '1e1000', refused('max_string_length')],
    [null, null, '1e-1001', refused('max_string_length')],
    [null, null, '1e999999999', refused('max_string_length')],
  ])('of %s digits and %s places reads %s', (maxDigits, decimalPlaces, given, expected) =>
    expect(shown(decimal({ maxDigits, decimalPlaces }), given)).toEqual(expected),
  );

  it('reads no infinity of JSON', () =>
    expect(shown(decimal({ maxDigits: 5, decimalPlaces: 2 }), new RawNumber('1e400'))).toEqual(refused('invalid')));

  it.each([[{ maxDigits: 2, decimalPlaces: 3 }], [{ maxDigits: -1, decimalPlaces: 0 }], [{ maxDigits: NaN, decimalPlaces: 0 }]])(
    'cannot be made with %j',
    (options) => expect(() => decimal(options)).toThrow(ConfigurationError),
  );
});
