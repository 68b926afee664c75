import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { strftime } from '../../../src/framework/fields/text/strftime.js';
import { strptime } from '../../../src/framework/fields/text/strptime.js';
import { time } from '../../../src/framework/fields/time-field.js';
import { read, refused, shown } from './reading.js';

const message = (field: Field, value: unknown) => messagesOf((read(field, value) as { detail: Detail }).detail);
const MOMENT = { year: 2024, month: 2, day: 9, hour: 15, minute: 4, second: 5, microsecond: 6_000, offset: 3_661_000_000 };

// What CPython 3.11 writes and reads on Linux.
describe('strftime', () => {
  it.each([
    ['%Y-%m-%d %H:%M:%S.%f', '2024-02-09 15:04:05.006000'],
    ['%d/%m/%y', '09/02/24'],
    ['%-d.%-m.%Y', '9.2.2024'],
    ['%_d|%e', ' 9| 9'],
    ['%0e|%-e', '09|9'],
    ['%I:%M %p', '03:04 PM'],
    ['%A %a %B %b %h', 'Friday Fri February Feb Feb'],
    ['%^a %^B', 'FRI FEBRUARY'],
    ['%j %w %u', '040 5 5'],
    ['%U %W %V %G %g', '05 06 06 2024 24'],
    ['%z', '+010101'],
    ['%F %T %R %D', '2024-02-09 15:04:05 15:04 02/09/24'],
    ['%c|%x|%X|%r', 'Fri Feb  9 15:04:05 2024|02/09/24|15:04:05|03:04:05 PM'],
    ['100%% on %d', '100% on 09'],
    ['', ''],
    ['é😀', 'é😀'],
  ])('writes %j as %j', (format, expected) => expect(strftime(format)(MOMENT)).toBe(expected));

  it.each([
    [{ year: 5, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 }, '%Y %y %I %p%z', '5 05 12 AM'],
    [
      { year: 2021, month: 1, day: 3, hour: 12, minute: 0, second: 0, microsecond: 0, offset: 0 },
      '%G-%V %U %W %I %z %Z',
      '2020-53 01 00 12 +0000 UTC',
    ],
    [{ year: 2020, month: 12, day: 31, hour: 0, minute: 0, second: 0, microsecond: 0, offset: -5_400_000_000 }, '%j %V %z', '366 53 -0130'],
  ])('writes %j as %j', (parts, format, expected) => expect(strftime(format)(parts)).toBe(expected));

  it.each(['%Q', '%', '%-', '%é'])('does not know %s', (format) =>
    expect(() => strftime(format, 'X')).toThrow(/^X: '.*' has %.*, which is not known/),
  );
});

describe('strptime', () => {
  const DATE = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 };
  it.each([
    ['%Y-%m-%d', '2024-02-29', { year: 2024, month: 2, day: 29 }],
    ['%Y-%m-%d', '2024-2-9', { year: 2024, month: 2, day: 9 }],
    ['%d/%m/%y', '01/03/69', { year: 1969, month: 3 }],
    ['%d/%m/%y', '01/03/68', { year: 2068, month: 3 }],
    ['%Y%m%d', '20240229', { year: 2024, month: 2, day: 29 }],
    ['%d %b %Y', '29 FEB 2024', { year: 2024, month: 2, day: 29 }],
    ['%B %d, %Y', 'february\t 3, 2024', { year: 2024, month: 2, day: 3 }],
    ['%B %d,  %Y', 'february 3, 2024', { year: 2024, month: 2, day: 3 }],
    ['%H:%M', '9:5', { hour: 9, minute: 5 }],
    ['%I:%M %p', '12:30 AM', { minute: 30 }],
    ['%I:%M %p', '12:30 pm', { hour: 12, minute: 30 }],
    ['%S.%f', '5.25', { second: 5, microsecond: 250_000 }],
    ['%Y-%j', '2023-60', { year: 2023, month: 3, day: 1 }],
    ['%G-W%V-%u', '2021-W01-1', { year: 2021, month: 1, day: 4 }],
    ['%Y %U %w', '2024 05 5', { year: 2024, month: 2, day: 9 }],
    ['%Y %W %a', '2024 0 Mon', { year: 2024 }],
    ['%z', '-05:30', { offset: -19_800_000_000 }],
    ['%z', '+010203.5', { offset: 3_723_500_000 }],
    ['%H %z', '1 Z', { hour: 1, offset: 0 }],
    ['%H %Z', '1 utc', { hour: 1 }],
    ['%x %X', '02/29/24 01:02:03', { year: 2024, month: 2, day: 29, hour: 1, minute: 2, second: 3 }],
    ['%Y년 100%%', '２０２４년 100%', { year: 2024 }],
    ['(%Y)', '(2024)', { year: 2024 }],
    ['now', 'NOW', {}],
  ])('reads %j of %j as %j', (format, text, expected) => expect(strptime(format)(text)).toEqual({ ...DATE, ...expected }));

  it.each([
    ['%Y-%m-%d', '2024-02-30'],
    ['%Y-%m-%d', '2024-02-29 '],
    ['%Y-%m-%d', ' 2024-02-29'],
    ['%Y-%m-%d', '24-02-29'],
    ['%Y', '0000'],
    ['%d%m', '111'.repeat(400)],
    ['%H', '24'],
    ['%M', '60'],
    ['%S', '60'],
    ['%z', 'z'],
    ['%z', '+24:00'],
    ['%z', '+01:0203'],
    ['%G', '2024'],
    ['%Y %V', '2024 05'],
    ['%d %m', '29 02'],
    ['', 'x'],
  ])('reads nothing of %j of %j', (format, text) => expect(strptime(format)(text)).toBeUndefined());

  it.each([
    ['%Q', /^X: '%Q' has %Q, which is not known/],
    ['%F', /%F, which is not known/],
    ['%d %d', /has %d twice/],
    ['%', /which is not known/],
  ])('stops the application for %s', (format, text) => {
    expect(() => strptime(format, 'X')).toThrow(ConfigurationError);
    expect(() => strptime(format, 'X')).toThrow(text);
  });

  it('reads what strftime writes', () => {
    const format = '%Y-%m-%dT%H:%M:%S.%f';
    const part = (max: number, min = 0) => fc.integer({ min, max });
    const moments = fc.record({
      year: part(9999, 1000),
      month: part(12, 1),
      day: part(28, 1),
      hour: part(23),
      minute: part(59),
      second: part(59),
      microsecond: part(999_999),
    });
    fc.assert(
      fc.property(moments, (parts) => {
        expect(strptime(format)(strftime(format)(parts))).toEqual(parts);
      }),
    );
  });
});

describe('the formats of a field (FLD-14 to FLD-16)', () => {
  const british = { format: '%d/%m/%Y %H:%M', inputFormats: ['%d/%m/%Y %H:%M', 'iso-8601'] };

  it.each<[Field, unknown, unknown]>([
    [dateTime(british), '29/02/2024 12:30', '29/02/2024 12:30'],
    [dateTime(british), '2024-02-29T12:30:59+01:00', '29/02/2024 11:30'],
    [dateTime({ inputFormats: ['%b %d %Y %I:%M %p %z'] }), 'Feb 29 2024 12:05 am +0230', '2024-02-28T21:35:00Z'],
    [dateTime({ format: 'ISO-8601' }), '2024-02-29', '2024-02-29T00:00:00Z'],
    [dateTime({ inputFormats: ['%d/%m/%Y'] }), '2024-02-29', refused('invalid')],
    [date({ format: '%d/%m/%Y' }), '2024-02-29', '29/02/2024'],
    [date({ inputFormats: ['%d/%m/%Y %H:%M'] }), '29/02/2024 12:30', '2024-02-29'],
    [date({ inputFormats: ['%d/%m/%Y'] }), '2024-02-29', refused('invalid')],
    [time({ format: '%I.%M %p', inputFormats: ['%I:%M %p', 'iso-8601'] }), '12:05 AM', '12.05 AM'],
    [time({ format: '%I.%M %p', inputFormats: ['%I:%M %p', 'iso-8601'] }), '13:04:05+02:00', '01.04 PM'],
    [time({ inputFormats: ['%H:%M %z'] }), '13:04 +0200', '13:04:00'],
  ])('read and show a value: case %#', (field, given, expected) => expect(shown(field, given)).toEqual(expected));

  it.each<[Field, unknown, unknown]>([
    [dateTime({ format: '%d.%m.%Y %H:%M:%S.%f %z %Z' }), new Date('2024-02-29T12:30:00.5Z'), '29.02.2024 12:30:00.500000 +0000 UTC'],
    [date({ format: '%d.%m.%Y %H:%M' }), new Date('2024-02-29T00:00:00Z'), '29.02.2024 00:00'],
    [time({ format: '%H:%M %Y' }), new Date('1970-01-01T12:30:00Z'), '12:30 1900'],
    [dateTime({ format: null }), new Date('2024-02-29T12:30:00.5Z'), Temporal.Instant.from('2024-02-29T12:30:00.5Z')],
    [date({ format: null }), new Date('2024-02-29T00:00:00Z'), Temporal.PlainDate.from('2024-02-29')],
    [time({ format: null }), new Date('1970-01-01T12:30:00Z'), Temporal.PlainTime.from('12:30')],
    [date({ format: '%d' }), 'as it is', 'as it is'],
  ])('show what the database holds: case %#', (field, value, expected) => expect(String(field.toRepresentation(value))).toBe(String(expected)));

  it.each<[Field, string]>([
    [dateTime(), 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'],
    [
      dateTime({ inputFormats: ['%d/%m/%y %H:%M:%S', 'iso-8601', '%b %B %a %A %I %p %f %z'] }),
      'Datetime has wrong format. Use one of these formats instead: DD/MM/YY hh:mm:ss, YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z], [Jan-Dec] [January-December] [Mon-Sun] [Monday-Sunday] hh [AM|PM] uuuuuu [+HHMM|-HHMM].',
    ],
    [date({ inputFormats: ['%A %Y-%j'] }), 'Date has wrong format. Use one of these formats instead: [Monday-Sunday] YYYY-%j.'],
    [time(), 'Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].'],
  ])('are listed in words for people: case %#', (field, text) => expect(message(field, 'x')).toEqual([text]));

  it.each<[Field, unknown, string]>([
    [dateTime(), Temporal.PlainDate.from('2024-02-29'), 'Expected a datetime but got a date.'],
    [date(), Temporal.Instant.from('2024-02-29T00:00Z'), 'Expected a date but got a datetime.'],
  ])('do not stand for a value of the other kind: case %#', (field, value, text) => expect(message(field, value)).toEqual([text]));

  it.each<[Field, unknown]>([
    [dateTime(), Temporal.Instant.from('2024-02-29T00:00Z')],
    [date(), Temporal.PlainDate.from('2024-02-29')],
    [time(), Temporal.PlainTime.from('12:30')],
  ])('are not asked of a value of the right kind: case %#', (field, value) => expect(read(field, value)).toEqual({ value }));

  it.each<[() => Field, RegExp]>([
    [() => date({ format: '%Q' }), /^DateField: format: '%Q' has %Q/],
    [() => time({ inputFormats: ['%H', '%Q'] }), /^TimeField: inputFormats: '%Q' has %Q/],
    [() => dateTime({ inputFormats: [] }), /^DateTimeField: inputFormats must be a list of formats/],
    [() => dateTime({ defaultTimezone: 'Mars/Olympus' }), /^DateTimeField: defaultTimezone is 'Mars\/Olympus', which is no time zone/],
    [() => dateTime({ defaultTimezone: 'Europe/London', format: '%Z' }), /Europe\/London has no names for %Z/],
  ])('stop the application where they are none: %#', (make, text) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(text);
  });

  it('tell documents what is shown, and what is read where that is another', () => {
    expect(dateTime(british).describe()).toEqual({ type: 'datetime', schema: { type: 'string' } });
    expect(date({ format: '%d/%m/%Y' }).describe()).toEqual({
      type: 'date',
      schema: { type: 'string' },
      inputSchema: { type: 'string', format: 'date' },
    });
    expect(time({ inputFormats: ['%H:%M'] }).describe()).toEqual({
      type: 'time',
      schema: { type: 'string', format: 'time' },
      inputSchema: { type: 'string' },
    });
  });
});

describe('the zone of a moment', () => {
  const london = dateTime({ defaultTimezone: 'Europe/London' });

  it.each([
    ['2024-01-01T12:00', '2024-01-01T12:00:00Z'],
    ['2024-07-01T12:00', '2024-07-01T12:00:00+01:00'],
    ['2024-07-01T12:00Z', '2024-07-01T13:00:00+01:00'],
    ['2024-07-01T12:00:00.5+05:00', '2024-07-01T08:00:00.500000+01:00'],
    ['2024-07-01T12:00:00.000001', '2024-07-01T12:00:00.000001+01:00'],
    ['2024-07-01', '2024-07-01T00:00:00+01:00'],
    // Clocks show half past one twice: the first is meant.
    ['2024-10-27T01:30', '2024-10-27T01:30:00+01:00'],
    // Before 1848 they were a minute and a quarter behind.
    ['1847-01-01T00:00:00', '1847-01-01T00:00:00-00:01:15'],
  ])('reads and shows %s as %s', (given, expected) => expect(shown(london, given)).toBe(expected));

  it('refuses a time that clocks leave out', () => {
    expect(message(london, '2024-03-31T01:30')).toEqual(['Invalid datetime for the timezone "Europe/London".']);
    expect(shown(london, '2024-03-31T01:30Z')).toBe('2024-03-31T02:30:00+01:00');
  });

  it.each(['9999-12-31T23:59', '10000-01-01'])('refuses %s, which lies beyond the calendar in UTC', (text) =>
    expect(read(dateTime({ defaultTimezone: 'America/New_York' }), text)).toHaveProperty('detail'),
  );

  it('is that of what is shown by a format', () =>
    expect(dateTime({ defaultTimezone: 'Europe/London', format: '%H:%M %z' }).toRepresentation(new Date('2024-07-01T12:00Z') as never)).toBe(
      '13:00 +0100',
    ));
});
