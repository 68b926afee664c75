import { createHash } from 'node:crypto';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/** So many requests in such a time. */
export interface RateLimit {
  /** How many; 0 refuses all. */
  readonly limit: number;
  /** The length of the sliding window, in seconds. */
  readonly duration: number;
}

/** A rate with what it counts together. */
export interface Rate extends RateLimit {
  /** What is counted together: `throttle_anon_192.0.2.1_60`. Rates of different durations need keys of their own. */
  readonly key: string;
  /** The rate's name in the `RateLimit` headers. Default: `default`. */
  readonly name?: string;
}

/** A rate as it is written: `10/30s`, `5/minute`, `1000/day`; several in an array, that all hold; null for none. */
export type RateSetting = string | null | readonly string[];

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** A history holds one moment for each request that it counts. */
const MAX_LIMIT = 1_000_000;
const MAX_DURATION = 366 * 86_400;

/**
 * Reads one rate (THR-2). `owner` names where it is written, for the error.
 * @throws ConfigurationError for one that is malformed.
 */
export function parseRate(text: string, owner: string): RateLimit {
  const [, count, multiple, unit] = /^(\d+)\/(\d*)([a-z]+)$/.exec(text) ?? [];
  const limit = Number(count);
  const duration = (multiple === '' ? 1 : Number(multiple)) * ((unit !== undefined && Object.hasOwn(SECONDS, unit) && SECONDS[unit]) || Number.NaN);
  if (!(limit <= MAX_LIMIT && duration > 0 && duration <= MAX_DURATION)) {
    throw new ConfigurationError(
      `${owner} is ${JSON.stringify(text)}, which is no rate. Write at most ${MAX_LIMIT} requests and a period of at most 366 days, such as '10/30s', '5/minute', '1000/day'; periods are s, m, h and d, or their names.`,
    );
  }
  return Object.freeze({ limit, duration });
}

/** The rates of a setting, each with a duration of its own. @throws ConfigurationError */
export function parseRates(setting: RateSetting, owner: string): readonly RateLimit[] {
  if (setting === null) return [];
  const texts: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  const rates = texts.map((text) => {
    if (typeof text !== 'string')
      throw new ConfigurationError(`${owner} is ${JSON.stringify(text) ?? String(text)}. Write a text such as '5/minute', or null for no rate.`);
    return parseRate(text, owner);
  });
  if (new Set(rates.map(({ duration }) => duration)).size < rates.length)
    throw new ConfigurationError(`${owner} has two rates of one period: ${texts.join(', ')}. Keep the smaller one.`);
  return Object.freeze(rates);
}

/** The rates of a key: each duration has a history of its own, for one that is shorter would forget what another still counts. No key, no rates. */
export function ratesOf(key: string | null, scope: string, limits: readonly RateLimit[]): readonly Rate[] {
  if (key === null) return [];
  const nameOf = limits.length === 1 ? () => scope : (duration: number) => `${scope}-${duration}`;
  return limits.map(({ limit, duration }) => ({ key: `${key}_${duration}`, limit, duration, name: nameOf(duration) }));
}

const LONGEST_IDENT = 64;

/** The key of a rate's history (THR-9). An `ident` that is long, such as one that a client chose, is replaced by its hash. */
export function throttleKey(scope: string, ident: string): string {
  return `throttle_${scope}_${ident.length > LONGEST_IDENT ? createHash('sha256').update(ident).digest('base64url') : ident}`;
}
