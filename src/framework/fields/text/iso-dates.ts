import { asciiDigits } from './numbers.js';

/** No ISO text that Python reads is longer, but for digits that it drops. */
export const MOST_CHARACTERS = 100;

/** A date of the years 1 to 9999. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ISO = /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d))$/;
const WEEK = /^(\d{4})(?:-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)$/;
const LOOSE = /^(\d{4})-(\d{1,2})-(\d{1,2})\n?$/;
const DAY = 86_400_000;

/** A date as Django's `parse_date` reads it: Python's `date.fromisoformat` first, then months and days of one digit. Undefined where it is none. */
export function readDate(text: string): DateParts | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const date = readIsoDate(text);
  if (date) return date;
  const found = LOOSE.exec(asciiDigits(text));
  return found ? dateOf(Number(found[1]), Number(found[2]), Number(found[3])) : undefined;
}

/** A date as Python's `date.fromisoformat` reads it: `2024-02-29`, `20240229`, `2024-W09-4`, `2024W094`, `2024-W09`. */
export function readIsoDate(text: string): DateParts | undefined {
  if (text.length === 10 && text[4] === '-' && text[7] === '-') {
    const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10)];
    if (year >= 0 && month >= 0 && day >= 0) return dateOf(year, month, day);
  }
  const plain = ISO.exec(text);
  if (plain) return dateOf(Number(plain[1]), Number(plain[2] ?? plain[4]), Number(plain[3] ?? plain[5]));
  const week = WEEK.exec(text);
  return week ? dateOfWeek(Number(week[1]), Number(week[2] ?? week[4]), Number(week[3] ?? week[5] ?? 1)) : undefined;
}

/** The number of the ASCII digits in a part of a text, without making texts of them; NaN where other characters are among them. */
function digitsAt(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

export function dateOf(year: number, month: number, day: number): DateParts | undefined {
  const days = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : DAYS[month - 1];
  return year >= 1 && days !== undefined && day >= 1 && day <= days ? { year, month, day } : undefined;
}

/** Milliseconds from the epoch to a date's midnight in UTC. `Date.UTC` alone takes the years below 100 for those of the 20th century. */
export function epochOf({ year, month, day }: DateParts): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** A date by its ISO week and weekday, 1 being Monday. */
export function dateOfWeek(year: number, week: number, weekday: number): DateParts | undefined {
  if (year < 1 || week < 1 || weekday < 1 || weekday > 7) return undefined;
  // The 4th of January is always in the first week.
  const first = mondayOf(epochOf({ year, month: 1, day: 4 }));
  const monday = first + (week - 1) * 7 * DAY;
  if (monday >= mondayOf(epochOf({ year: year + 1, month: 1, day: 4 }))) return undefined;
  const date = new Date(monday + (weekday - 1) * DAY);
  return date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1
    ? undefined
    : { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const mondayOf = (epoch: number) => epoch - ((new Date(epoch).getUTCDay() + 6) % 7) * DAY;
