import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { refused, shown } from './reading.js';

describe('dateTime', () => {
  it.each([
    ['2020-01-02', '2020-01-02T00:00:00Z'],
    ['20200102', '2020-01-02T00:00:00Z'],
    ['2020-01-02 03:04:05,5', '2020-01-02T03:04:05.500000Z'],
    ['20200102T030405Z', '2020-01-02T03:04:05Z'],
    ['2020-W01-4T03', '2020-01-02T03:00:00Z'],
    ['2020W014T0304', '2020-01-02T03:04:00Z'],
    ['2020-01-02x03:04', '2020-01-02T03:04:00Z'],
    ['2020-1-2 3:4:5', '2020-01-02T03:04:05Z'],
    ['2020-01-02T03:04:05+0200', '2020-01-02T01:04:05Z'],
    ['2020-01-02T03:04:05-02', '2020-01-02T05:04:05Z'],
    ['2020-01-02T03:04 +02:00', '2020-01-02T01:04:00Z'],
    ['2020-01-02T03:04:05.1234567Z', '2020-01-02T03:04:05.123456Z'],
    ['1969-12-31T23:59:59.999999', '1969-12-31T23:59:59.999999Z'],
    ['0001-01-01T00:00', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('reads %j as %j', (given, expected) => expect(shown(dateTime(), given)).toBe(expected));

  it.each([
    '2020-01-02T24:00',
    '2020-01-02T23:59:60',
    '2020-02-30T00:00Z',
    '2020-01-02T',
    '2020-01-02T03:04:05.',
    '2020-01-02T03:04+24:00',
    '2020-01-02T03:04z',
    '0000-01-01T00:00Z',
    '10000-01-01T00:00Z',
    '+020000-01-01T00:00Z',
    '2020-01-02T03:04[UTC]',
    '',
    '\0',
    5,
    1577934245,
    true,
    [],
    {},
    '9'.repeat(100_000),
  ])('refuses %j', (given) => expect(shown(dateTime(), given)).toEqual(refused('invalid')));

  it.each(['0001-01-01T00:00+02:00', '9999-12-31T23:59-00:01'])('refuses %j, which is out of range in UTC', (given) =>
    expect(shown(dateTime(), given)).toEqual(refused('overflow')),
  );

  it.each([
    [new Date('2024-02-29T12:30:00Z'), '2024-02-29T12:30:00Z'],
    [new Date('2024-02-29T12:30:00.5Z'), '2024-02-29T12:30:00.500000Z'],
    [new Date(-1), '1969-12-31T23:59:59.999000Z'],
    [Temporal.Instant.from('2024-02-29T12:30:00.000001Z'), '2024-02-29T12:30:00.000001Z'],
  ])('shows %s as %s', (value, expected) => expect(dateTime().toRepresentation(value as never)).toBe(expected));
});
