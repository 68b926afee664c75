import { MOST_CHARACTERS } from './iso-dates.js';
import { asciiDigits } from './numbers.js';
import { SPACE } from './python.js';

/** A time of day, with the offset from UTC that it may come with. */
export interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** In microseconds, less than a day either way. */
  readonly offset?: number;
}

const CLOCK = '(\\d\\d)(?:(?::(\\d\\d)(?::(\\d\\d))?|(\\d\\d)(\\d\\d)?)?(?:[.,](\\d+))?)';
const ISO = new RegExp(`^${CLOCK}(?:(?: (?<![.,]\\d{1,5} ))?(?:(Z)|([+-])${CLOCK}))?$`);
const LOOSE_CLOCK = '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d{1,6})\\d{0,6})?)?';
const LOOSE = new RegExp(`^${LOOSE_CLOCK}\\n?$`);
const LOOSE_WITH_ZONE = new RegExp(`^${LOOSE_CLOCK}${SPACE}*(Z|[+-]\\d{2}(?::?\\d{2})?)?\\n?$`);
const MICROSECONDS_OF_DAY = 86_400_000_000;

/** A time as Django's `parse_time` reads it: Python's `time.fromisoformat` first, then hours, minutes and seconds of one digit. */
export function readTime(text: string): TimeParts | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  return readIsoTime(text.startsWith('T') ? text.slice(1) : text) ?? readLoose(LOOSE, text);
}

/**
 * A time as Python's `fromisoformat` reads it: `03`, `0304`, `03:04:05,5`, each with an offset or none.
 *
 * Stricter where Python 3.11 overlooks a stray character before the offset, as in `12:30:00.Z`.
 */
export function readIsoTime(text: string): TimeParts | undefined {
  const found = ISO.exec(text);
  if (!found) return undefined;
  const time = timeOf(...clock(found.slice(1, 7)));
  if (!time || found[7]) return time && { ...time, offset: 0 };
  if (!found[8]) return time;
  // Python does not look at the range of an offset's minutes and seconds.
  const [hours, minutes, seconds, microseconds] = clock(found.slice(9, 15));
  return withOffset(time, found[8], ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + microseconds);
}

/** What Django reads beside behind a date: digits may be missing, and spaces come before the offset, or before none. */
export const readLooseTime = (text: string): TimeParts | undefined => readLoose(LOOSE_WITH_ZONE, text);

function readLoose(expression: RegExp, text: string): TimeParts | undefined {
  const found = expression.exec(asciiDigits(text));
  if (!found) return undefined;
  const time = timeOf(Number(found[1]), Number(found[2]), Number(found[3] ?? 0), micro(found[4]));
  const zone = found[5];
  if (!time || !zone) return time;
  if (zone === 'Z') return { ...time, offset: 0 };
  return withOffset(time, zone.charAt(0), (Number(zone.slice(1, 3)) * 60 + (zone.length > 3 ? Number(zone.slice(-2)) : 0)) * 60_000_000);
}

function clock([hour, minute, second, shortMinute, shortSecond, fraction]: readonly (string | undefined)[]): [number, number, number, number] {
  return [Number(hour), Number(minute ?? shortMinute ?? 0), Number(second ?? shortSecond ?? 0), micro(fraction)];
}

const micro = (fraction = '') => Number(fraction.slice(0, 6).padEnd(6, '0'));

function timeOf(hour: number, minute: number, second: number, microsecond: number): TimeParts | undefined {
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second, microsecond } : undefined;
}

function withOffset(time: TimeParts, sign: string, offset: number): TimeParts | undefined {
  return offset < MICROSECONDS_OF_DAY ? { ...time, offset: sign === '-' ? -offset : offset } : undefined;
}
