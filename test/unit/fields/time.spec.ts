import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { time } from '../../../src/framework/fields/time-field.js';
import { refused, shown } from './reading.js';

describe('time', () => {
  it.each([
    ['3:4', '03:04:00'],
    ['0304', '03:04:00'],
    ['03', '03:00:00'],
    ['T03:04', '03:04:00'],
    ['03:04:05+02:00', '03:04:05'],
    ['03:04Z', '03:04:00'],
    ['030405,5', '03:04:05.500000'],
    ['23:59:59.9999999', '23:59:59.999999'],
    ['\u0663:04', '03:04:00'],
  ])('reads %j as %j', (given, expected) => expect(shown(time(), given)).toBe(expected));

  it.each(['24:00', '25:00', '12:60', '23:59:60', '3', '030', '12:30:', '3:4+02:00', '12:30+24:00', 't03:04', '', '\0', 12, true, [], {}])(
    'refuses %j',
    (given) => expect(shown(time(), given)).toEqual(refused('invalid')),
  );

  it.each([
    [new Date('1970-01-01T12:30:15Z'), '12:30:15'],
    [new Date('1970-01-01T12:30:15.25Z'), '12:30:15.250000'],
    [new Temporal.PlainTime(1, 2, 3, 0, 4), '01:02:03.000004'],
  ])('shows %s as %s', (value, expected) => expect(time().toRepresentation(value as never)).toBe(expected));
});
