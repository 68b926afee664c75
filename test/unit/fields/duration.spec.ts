import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { duration } from '../../../src/framework/fields/duration-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { refused, shown } from './reading.js';

describe('duration', () => {
  it.each([
    ['01:02', '00:01:02'],
    ['3 01:02:03.5', '3 01:02:03.500000'],
    ['-10', '-1 23:59:50'],
    ['-1 00:00:10', '-1 00:00:10'],
    ['1 day, 2:00:00', '1 02:00:00'],
    ['2 days', '2 00:00:00'],
    ['1 day -01:00:00', '23:00:00'],
    ['P1DT2H', '1 02:00:00'],
    ['-P1DT2H', '-2 22:00:00'],
    ['P1,5D', '1 12:00:00'],
    ['PT0.5S', '00:00:00.500000'],
    ['P', '00:00:00'],
    ['', '00:00:00'],
    [60, '00:01:00'],
    [1.5, '00:00:01.500000'],
    [-1, '-1 23:59:59'],
    [new RawNumber('0.10000000000000000001'), '00:00:00.100000'],
    ['999999999 23:59:59.999999', '999999999 23:59:59.999999'],
  ])('reads %j and shows %j', (given, expected) => expect(shown(duration(), given)).toBe(expected));

  it.each([
    ['x', 'invalid'],
    ['P1Y', 'invalid'],
    ['P1W', 'invalid'],
    ['p1d', 'invalid'],
    ['1:2:3:4', 'invalid'],
    ['\0', 'invalid'],
    [true, 'invalid'],
    [[], 'invalid'],
    [{}, 'invalid'],
    [1e300, 'invalid'],
    [new RawNumber('1e400'), 'invalid'],
    ['1000000000 00:00:00', 'overflow'],
    ['-1000000000 0', 'overflow'],
    ['9'.repeat(900), 'overflow'],
  ])('refuses %j: %s', (given, code) => expect(shown(duration(), given)).toEqual(refused(code)));

  it("shows a row's duration in days of 24 hours", () => {
    expect(duration().toRepresentation(Temporal.Duration.from({ days: 1, hours: 2, seconds: 3, microseconds: 4 }))).toBe('1 02:00:03.000004');
    expect(duration().toRepresentation(Temporal.Duration.from({ hours: -25 }))).toBe('-2 23:00:00');
  });

  it.each([
    ['1 02:00:03.000004', 'P1DT02H00M03.000004S'],
    ['-1 00:00:10', '-P0DT23H59M50S'],
    ['0', 'P0DT00H00M00S'],
    ['36:00:00', 'P1DT12H00M00S'],
  ])('shows %s in ISO 8601 as %s where it is told to', (given, expected) => expect(shown(duration({ format: 'iso-8601' }), given)).toBe(expected));

  it('shows the value itself where the format is null', () => expect(String(shown(duration({ format: null }), '1.5'))).toBe('PT1.5S'));

  it('refuses an unknown format at boot', () =>
    expect(() => duration({ format: 'iso' as never })).toThrow("DurationField: format is iso; use 'django', 'iso-8601' or null."));
});
