import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { date } from '../../../src/framework/fields/date-field.js';
import { refused, shown } from './reading.js';

describe('date', () => {
  it.each([
    ['2024-2-9', '2024-02-09'],
    ['20240229', '2024-02-29'],
    ['2020-W01-4', '2020-01-02'],
    ['2024W094', '2024-02-29'],
    ['2024-W09', '2024-02-26'],
    ['2020-W53-5', '2021-01-01'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['\u0662\u0660\u0662\u0664-02-09', '2024-02-09'],
  ])('reads %j as %j', (given, expected) => expect(shown(date(), given)).toBe(expected));

  it.each([
    '0000-01-01',
    '10000-01-01',
    '1900-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-01-00',
    '2024-0229',
    '2021-W53-1',
    '2024-W00-1',
    '2024-W01-8',
    '9999-W52-7',
    '2024-02-29T00:00',
    '2024-02-29 ',
    '-2024-02-29',
    '',
    '\0',
    5,
    20240229,
    true,
    [],
    {},
    '1'.repeat(100_000),
  ])('refuses %j', (given) => expect(shown(date(), given)).toEqual(refused('invalid')));

  it("shows the database's Date by its day in UTC", () =>
    expect(date().toRepresentation(new Date('2024-02-29T23:59:59Z') as never)).toBe('2024-02-29'));
  it('shows a PlainDate', () => expect(date().toRepresentation(new Temporal.PlainDate(24, 2, 9))).toBe('0024-02-09'));
});
