import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { dayOfYear, weekdayOf, type DateTimeParts } from './date-time-parts.js';
import { epochOf } from './iso-dates.js';
import { MONTHS, short, WEEKDAYS } from './strptime.js';

/** Writes a date and time. */
export type Show = (parts: DateTimeParts) => string;

const two = (read: (parts: DateTimeParts) => number): Show => padded(read, 2);

function padded(read: (parts: DateTimeParts) => number, width: number, fill = '0'): Show {
  return (parts) => String(read(parts)).padStart(width, fill);
}

const twelve = ({ hour }: DateTimeParts) => hour % 12 || 12;
const week = (parts: DateTimeParts, first: number) => Math.floor((dayOfYear(parts) + 6 - ((weekdayOf(parts) + first) % 7)) / 7);

/** What each directive shows, as CPython 3.11 does on Linux in English. */
const DIRECTIVES: Readonly<Record<string, Show>> = {
  Y: ({ year }) => String(year),
  y: two(({ year }) => year % 100),
  m: two(({ month }) => month),
  B: ({ month }) => MONTHS[month - 1] as string,
  b: ({ month }) => short(MONTHS[month - 1] as string),
  d: two(({ day }) => day),
  e: padded(({ day }) => day, 2, ' '),
  j: padded(dayOfYear, 3),
  H: two(({ hour }) => hour),
  I: two(twelve),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  M: two(({ minute }) => minute),
  S: two(({ second }) => second),
  f: padded(({ microsecond }) => microsecond, 6),
  z: ({ offset }) => (offset === undefined ? '' : offsetText(offset)),
  Z: ({ offset }) => (offset === undefined ? '' : 'UTC'),
  A: (parts) => WEEKDAYS[weekdayOf(parts)] as string,
  a: (parts) => short(WEEKDAYS[weekdayOf(parts)] as string),
  w: (parts) => String((weekdayOf(parts) + 1) % 7),
  u: (parts) => String(weekdayOf(parts) + 1),
  U: two((parts) => week(parts, 1)),
  W: two((parts) => week(parts, 0)),
  G: (parts) => String(isoWeek(parts).year),
  g: two((parts) => isoWeek(parts).year % 100),
  V: two((parts) => isoWeek(parts).week),
  '%': () => '%',
};
const LONG: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  h: '%b',
};
/** glibc's flags: without padding, with blanks, with zeros, in capitals. */
const FLAGS: Readonly<Record<string, (text: string) => string>> = {
  '-': (text) => text.replace(/^[0 ]+(?=\w)/, ''),
  _: (text) => text.replace(/^0+(?=\w)/, (zeros) => ' '.repeat(zeros.length)),
  0: (text) => text.replace(/^ +(?=\w)/, (blanks) => '0'.repeat(blanks.length)),
  '^': (text) => text.toUpperCase(),
};

/**
 * A writer of the texts that a format of Python's `strftime` describes, such as `%d/%m/%Y %H:%M`.
 * @param where names the option for the error.
 * @throws ConfigurationError for an unknown directive.
 */
export function strftime(format: string, where = 'strftime'): Show {
  const shows = [...format.matchAll(/%([-_0^]?)(.?)|[^%]+/gsu)].map(([text, flag, directive]): Show => {
    if (directive === undefined) return () => text;
    const long = LONG[directive];
    const show = long ? strftime(long, where) : DIRECTIVES[directive];
    if (!show)
      throw new ConfigurationError(
        `${where}: '${format}' has ${text}, which is not known; use %${[...Object.keys(DIRECTIVES), ...Object.keys(LONG)].join(', %')}.`,
      );
    // Of several directives at once only the case changes.
    const change = long && flag !== '^' ? undefined : FLAGS[flag as string];
    return change ? (parts) => change(show(parts)) : show;
  });
  return (parts) => shows.map((show) => show(parts)).join('');
}

function offsetText(microseconds: number): string {
  const size = Math.abs(microseconds);
  const [hours, minutes, seconds] = [size / 3_600e6, (size / 60e6) % 60, (size / 1e6) % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  return `${microseconds < 0 ? '-' : '+'}${hours}${minutes}${seconds === '00' ? '' : seconds}`;
}

/** The week of ISO 8601, and the year that it belongs to: that of its Thursday. */
function isoWeek(parts: DateTimeParts): { year: number; week: number } {
  const thursday = new Date(epochOf(parts) + (3 - weekdayOf(parts)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - epochOf({ year, month: 1, day: 1 })) / (7 * 86_400_000)) + 1 };
}
