import { Temporal } from 'temporal-polyfill';

const MOST_KEPT = 4_096;
const kept = new Map<number, Temporal.PlainDate>();

/**
 * A date, which is the same object as long as it is kept: dates are much alike, never change, and cost a microsecond to make.
 * @throws RangeError for what is no date.
 */
export function plainDate(year: number, month: number, day: number): Temporal.PlainDate {
  const key = (year * 16 + month) * 32 + day;
  const known = kept.get(key);
  if (known) return known;
  const date = Object.freeze(new Temporal.PlainDate(year, month, day));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, date);
  return date;
}
