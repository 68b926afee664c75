import type { DateTimeParts } from './date-time-parts.js';
import { dateOf, MOST_CHARACTERS, readIsoDate, type DateParts } from './iso-dates.js';
import { readIsoTime, readLooseTime, type TimeParts } from './iso-times.js';
import { asciiDigits } from './numbers.js';

const LOOSE = /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](.+)$/s;

/**
 * A date and time as Django's `parse_datetime` reads it: Python's `datetime.fromisoformat` first, then months, days, hours … of one digit. Undefined
 * where it is none.
 */
export function readDateTime(text: string): DateTimeParts | undefined {
  return text.length > MOST_CHARACTERS ? undefined : (readIso(text) ?? readLoose(text));
}

function readIso(text: string): DateTimeParts | undefined {
  const at = separatorAt(text);
  const date = readIsoDate(text.slice(0, at));
  // Whatever one character stands between the date and the time.
  const rest = text.slice(at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
  return date && join(date, text.length === at ? { hour: 0, minute: 0, second: 0, microsecond: 0 } : readIsoTime(rest));
}

/** Where the date ends, as Python finds it. */
function separatorAt(text: string): number {
  if (text.length === 7) return 7;
  if (text[4] === '-') {
    if (text[5] !== 'W') return 10;
    return text[8] === '-' && !/\d/.test(text[10] ?? '') ? 10 : 8;
  }
  if (text[4] !== 'W') return 8;
  const digits = /^\d*/.exec(text.slice(7))?.[0].length ?? 0;
  return digits < 2 ? 7 + digits : digits % 2 === 1 ? 7 : 8;
}

function readLoose(text: string): DateTimeParts | undefined {
  const found = LOOSE.exec(asciiDigits(text));
  const date = found ? dateOf(Number(found[1]), Number(found[2]), Number(found[3])) : undefined;
  return date && found ? join(date, readLooseTime(found[4] as string)) : undefined;
}

const join = (date: DateParts, time: TimeParts | undefined) => time && { ...date, ...time };
