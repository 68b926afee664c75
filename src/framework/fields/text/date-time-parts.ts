import { Temporal } from 'temporal-polyfill';
import { dateOf, epochOf, type DateParts } from './iso-dates.js';
import type { TimeParts } from './iso-times.js';

/** A date of the years 1 to 9999 and a time of day, with the offset from UTC that they may come with. */
export interface DateTimeParts extends DateParts, TimeParts {}

const [FIRST, AFTER_LAST] = [-62_135_596_800_000, 253_402_300_800_000];

/**
 * The moment of a date and time: at its own offset, or by the clocks of a time zone where it has none. What the clocks show twice is the first of the
 * two. 'gap' where they never show it, 'overflow' outside the years 1 to 9999 of UTC.
 */
export function instantOf(parts: DateTimeParts, zone: string): Temporal.Instant | 'gap' | 'overflow' {
  const micro = parts.microsecond - (parts.offset ?? 0);
  const atOffset = epochOf(parts) + ((parts.hour * 60 + parts.minute) * 60 + parts.second) * 1_000 + Math.floor(micro / 1_000);
  const microseconds = micro - Math.floor(micro / 1_000) * 1_000;
  if (parts.offset !== undefined || zone === 'UTC') return inRange(atOffset, microseconds);
  const local = Temporal.Instant.fromEpochMilliseconds(atOffset).toZonedDateTimeISO('UTC').toPlainDateTime();
  const moment = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return moment.toPlainDateTime().equals(local) ? inRange(moment.epochMilliseconds, microseconds) : 'gap';
}

function inRange(epochMilliseconds: number, microseconds: number): Temporal.Instant | 'overflow' {
  if (epochMilliseconds < FIRST || epochMilliseconds >= AFTER_LAST) return 'overflow';
  const instant = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);
  return microseconds === 0 ? instant : instant.add({ microseconds });
}

/** The parts of what a field of dates or times shows: in UTC for a `Date`. */
export function partsOf(value: Temporal.ZonedDateTime | Temporal.PlainDate | Temporal.PlainTime): DateTimeParts {
  const date = value instanceof Temporal.PlainTime ? { year: 1900, month: 1, day: 1 } : { year: value.year, month: value.month, day: value.day };
  if (value instanceof Temporal.PlainDate) return { ...date, hour: 0, minute: 0, second: 0, microsecond: 0 };
  const { hour, minute, second, millisecond, microsecond } = value;
  const time = { hour, minute, second, microsecond: millisecond * 1_000 + microsecond };
  return value instanceof Temporal.PlainTime ? { ...date, ...time } : { ...date, ...time, offset: value.offsetNanoseconds / 1_000 };
}

/** The day of a date's year, from 1. */
export function dayOfYear(date: DateParts): number {
  return Math.round((epochOf(date) - epochOf({ year: date.year, month: 1, day: 1 })) / 86_400_000) + 1;
}

/** The date of a year's day, which may lie in the year before or after; undefined outside the years 1 to 9999. */
export function dateOfDay(year: number, day: number): DateParts | undefined {
  const date = new Date(epochOf({ year, month: 1, day: 1 }) + (day - 1) * 86_400_000);
  return date.getUTCFullYear() > 9999 ? undefined : dateOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** The weekday of a date: 0 is Monday, as Python counts. */
export const weekdayOf = (date: DateParts): number => (new Date(epochOf(date)).getUTCDay() + 6) % 7;
