import { asciiDigits } from './numbers.js';

/** A length of time as Python's `timedelta` keeps it: only the days may be negative. */
export interface TimeDelta {
  readonly days: number;
  /** 0 to 86399. */
  readonly seconds: number;
  /** 0 to 999999. */
  readonly microseconds: number;
}

const MOST_CHARACTERS = 1_000;
export const MOST_DAYS = 999_999_999;
const DAY = 86_400_000_000n;
const UNITS = { days: DAY, hours: 3_600_000_000n, minutes: 60_000_000n, seconds: 1_000_000n } as const;

const DJANGO =
  /^(?:(?<days>-?\d+) (?:days?, )?)?(?<sign>-?)(?:(?<hours>\d+):(?=\d+:\d+))?(?:(?<minutes>\d+):)?(?<seconds>\d+)(?:[.,](?<fraction>\d{1,6})\d{0,6})?\n?$/;
const NUMBER = '\\d+(?:[.,]\\d+)?';
const ISO = new RegExp(
  `^(?<sign>[-+]?)P(?:(?<days>${NUMBER})D)?(?:T(?:(?<hours>${NUMBER})H)?(?:(?<minutes>${NUMBER})M)?(?:(?<seconds>${NUMBER})S)?)?\\n?$`,
);
const POSTGRES = /^(?:(?<days>-?\d+) (?:days? ?))?(?:(?<sign>[-+])?(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.(?<fraction>\d{1,6}))?)?\n?$/;

/** A length of time as Django's `parse_duration` reads it, in microseconds; undefined where it is none. It may be out of range. */
export function readDuration(text: string): bigint | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const digits = asciiDigits(text);
  const iso = ISO.exec(digits)?.groups;
  const found = DJANGO.exec(digits)?.groups ?? iso ?? POSTGRES.exec(digits)?.groups;
  if (!found) return undefined;
  const { sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '' } = found;
  const clock = inUnits(hours, UNITS.hours) + inUnits(minutes, UNITS.minutes) + inUnits(seconds, UNITS.seconds) + BigInt(fraction.padEnd(6, '0'));
  // The sign is of the days too only in ISO 8601.
  const [daySign, clockSign] = [iso && sign === '-' ? -1n : 1n, sign === '-' ? -1n : 1n];
  return daySign * inUnits(days, DAY) + clockSign * clock;
}

/** A number such as `1,5` of a unit in microseconds, the nearest. */
function inUnits(number: string, unit: bigint): bigint {
  const [whole = '0', fraction] = number.split(/[.,]/);
  return BigInt(whole) * unit + (fraction ? BigInt(Math.round(Number(`0.${fraction}`) * Number(unit))) : 0n);
}

export function timeDelta(microseconds: bigint): TimeDelta {
  const rest = ((microseconds % DAY) + DAY) % DAY;
  return { days: Number((microseconds - rest) / DAY), seconds: Number(rest / 1_000_000n), microseconds: Number(rest % 1_000_000n) };
}

/** Django's way to write a length of time, which PostgreSQL and `readDuration` read: `1 02:00:03.000004`. */
export function djangoDuration({ days, seconds, microseconds }: TimeDelta): string {
  return `${days ? `${days} ` : ''}${clockText(seconds).padStart(8, '0')}${microText(microseconds)}`;
}

/** Django's way to write ISO 8601: `P1DT02H00M03.000004S`. */
export function isoDuration(microseconds: bigint): string {
  const { days, seconds, microseconds: rest } = timeDelta(microseconds < 0n ? -microseconds : microseconds);
  return `${microseconds < 0n ? '-' : ''}P${days}DT${two(seconds / 3_600)}H${two((seconds / 60) % 60)}M${two(seconds % 60)}${microText(rest)}S`;
}

/** Python's way, for messages: `1 day, 0:00:00`. */
export function pythonDuration({ days, seconds, microseconds }: TimeDelta): string {
  return `${days ? `${days} day${Math.abs(days) === 1 ? '' : 's'}, ` : ''}${clockText(seconds)}${microText(microseconds)}`;
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const two = (number: number) => String(Math.floor(number)).padStart(2, '0');

const microText = (microseconds: number) => (microseconds ? `.${String(microseconds).padStart(6, '0')}` : '');
