import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { dateOfDay, weekdayOf, type DateTimeParts } from './date-time-parts.js';
import { dateOf, dateOfWeek, type DateParts } from './iso-dates.js';
import { asciiDigits } from './numbers.js';
import { SPACE } from './python.js';

export const MONTHS = 'January February March April May June July August September October November December'.split(' ');
export const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
export const short = (name: string): string => name.slice(0, 3);

const MOST_CHARACTERS = 1_000;
const DAY = 86_400_000_000;
const D = '\\p{Nd}';

/** What each directive matches, as CPython 3.11 has it in English. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: `${D}${D}${D}${D}`,
  y: `${D}${D}`,
  m: '1[0-2]|0[1-9]|[1-9]',
  B: alternatives(MONTHS),
  b: alternatives(MONTHS.map(short)),
  d: `3[0-1]|[1-2]${D}|0[1-9]|[1-9]| [1-9]`,
  H: `2[0-3]|[0-1]${D}|${D}`,
  I: '1[0-2]|0[1-9]|[1-9]',
  p: 'am|pm',
  M: `[0-5]${D}|${D}`,
  S: `6[0-1]|[0-5]${D}|${D}`,
  f: '[0-9]{1,6}',
  z: `[+-]${D}${D}:?[0-5]${D}(?::?[0-5]${D}(?:\\.${D}{1,6})?)?|Z`,
  Z: 'utc|gmt',
  A: alternatives(WEEKDAYS),
  a: alternatives(WEEKDAYS.map(short)),
  w: '[0-6]',
  u: '[1-7]',
  j: `36[0-6]|3[0-5]${D}|[1-2]${D}${D}|0[1-9]${D}|00[1-9]|[1-9]${D}|0[1-9]|[1-9]`,
  U: `5[0-3]|[0-4]${D}|${D}`,
  W: `5[0-3]|[0-4]${D}|${D}`,
  G: `${D}${D}${D}${D}`,
  V: `5[0-3]|0[1-9]|[1-4]${D}|${D}`,
};
const LONG: Readonly<Record<string, string>> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

function alternatives(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join('|');
}

/**
 * A reader of the texts that a format of Python's `datetime.strptime` describes, such as `%d/%m/%Y %H:%M`; undefined for any other text. What the format
 * leaves out is that of midnight on the 1st of January 1900.
 * @param where names the option for the error.
 * @throws ConfigurationError for a directive that Python does not know, or one that stands there twice.
 */
export function strptime(format: string, where = 'strptime'): (text: string) => DateTimeParts | undefined {
  const expression = new RegExp(patternOf(format, where), 'iuy');
  return (text) => {
    if (text.length > MOST_CHARACTERS) return undefined;
    expression.lastIndex = 0;
    const found = expression.exec(text);
    // As in Python, what a directive took is not given back for the rest to match.
    return found && expression.lastIndex === text.length ? partsOf(found.groups ?? {}) : undefined;
  };
}

function patternOf(format: string, where: string): string {
  const directives = [...format.matchAll(/%(.?)/gsu)].map(([, directive]) => directive as string).filter((directive) => directive !== '%');
  for (const [at, directive] of directives.entries()) {
    if (!DIRECTIVES[directive] && !LONG[directive])
      throw new ConfigurationError(`${where}: '${format}' has %${directive}, which is not known; use %${Object.keys(DIRECTIVES).join(', %')}.`);
    if (directives.indexOf(directive) < at) throw new ConfigurationError(`${where}: '${format}' has %${directive} twice; write it once.`);
  }
  return format
    .replace(/[\\.^$*+?(){}[\]|]/g, '\\$&')
    .replace(new RegExp(`${SPACE}+`, 'g'), `${SPACE}+`)
    .replace(/%(.)/gsu, (_whole, directive: string) =>
      directive === '%' ? '%' : LONG[directive] ? patternOf(LONG[directive], where) : `(?<${directive}>${DIRECTIVES[directive]})`,
    );
}

type Found = Readonly<Record<string, string | undefined>>;

function partsOf(found: Found): DateTimeParts | undefined {
  const date = dateFrom(found);
  const offset = found['z'] === undefined ? undefined : offsetOf(asciiDigits(found['z']));
  const second = number(found, 'S') ?? 0;
  if (!date || second > 59 || offset === 'wrong') return undefined;
  return {
    ...date,
    hour: hourOf(found),
    minute: number(found, 'M') ?? 0,
    second,
    microsecond: Number((found['f'] ?? '').padEnd(6, '0')),
    ...(offset !== undefined && { offset }),
  };
}

const number = (found: Found, directive: string) => (found[directive] === undefined ? undefined : Number(asciiDigits(found[directive].trim())));

/** Which of several directives that say the same is there; the last in the format where more than one is. */
const latest = (found: Found, directives: string) => Object.keys(found).findLast((directive) => directives.includes(directive));

function hourOf(found: Found): number {
  const directive = latest(found, 'HI') ?? 'H';
  const hour = number(found, directive) ?? 0;
  return directive === 'H' ? hour : (hour % 12) + (found['p']?.toLowerCase() === 'pm' ? 12 : 0);
}

function dateFrom(found: Found): DateParts | undefined {
  const known = yearFrom(found);
  const year = known ?? 1900;
  const [weekday, isoYear, isoWeek, dayOfYear] = [weekdayFrom(found), number(found, 'G'), number(found, 'V'), number(found, 'j')];
  if (known === undefined && isoYear !== undefined) {
    return isoWeek === undefined || weekday === undefined || dayOfYear !== undefined ? undefined : dateOfWeek(isoYear, isoWeek, weekday + 1);
  }
  if (isoWeek !== undefined && latest(found, 'UW') === undefined) return undefined;
  const day = year < 1 ? undefined : (dayOfYear ?? dayInWeek(found, year, weekday));
  return day === undefined ? dateOf(year, monthOf(found), number(found, 'd') ?? 1) : dateOfDay(year, day);
}

function yearFrom(found: Found): number | undefined {
  const directive = latest(found, 'Yy');
  const year = directive === undefined ? undefined : number(found, directive);
  return directive !== 'y' || year === undefined ? year : year + (year < 69 ? 2000 : 1900);
}

function monthOf(found: Found): number {
  const directive = latest(found, 'mBb');
  if (directive === 'B') return indexIn(MONTHS, found['B']) + 1;
  return directive === 'b' ? indexIn(MONTHS.map(short), found['b']) + 1 : (number(found, 'm') ?? 1);
}

/** 0 is Monday. */
function weekdayFrom(found: Found): number | undefined {
  const directive = latest(found, 'Aawu');
  if (directive === 'A') return indexIn(WEEKDAYS, found['A']);
  if (directive === 'a') return indexIn(WEEKDAYS.map(short), found['a']);
  return directive === undefined ? undefined : (Number(found[directive]) + 6) % 7;
}

const indexIn = (names: readonly string[], name = '') => names.findIndex((one) => one.toLowerCase() === name.toLowerCase());

/** The day of the year of a weekday in a week, which starts on Sunday (%U) or Monday (%W). */
function dayInWeek(found: Found, year: number, weekday: number | undefined): number | undefined {
  const directive = latest(found, 'UW');
  if (!directive || weekday === undefined) return undefined;
  const week = number(found, directive) as number;
  const shift = directive === 'U' ? 1 : 0;
  const first = (weekdayOf({ year, month: 1, day: 1 }) + shift) % 7;
  const day = (weekday + shift) % 7;
  return week === 0 ? 1 + day - first : 1 + ((7 - first) % 7) + 7 * (week - 1) + day;
}

/** In microseconds. */
function offsetOf(text: string): number | 'wrong' {
  if (text === 'Z') return 0;
  const found = /^([+-])(\d\d)(:?)(\d\d)(?:\3(\d\d)(?:\.(\d+))?)?$/.exec(text);
  if (!found) return 'wrong';
  const [, sign, hours, , minutes, seconds = '0', fraction = ''] = found;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000_000 + Number(fraction.padEnd(6, '0'));
  return size >= DAY ? 'wrong' : sign === '-' ? -size : size;
}
