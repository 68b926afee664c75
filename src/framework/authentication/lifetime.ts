import { Temporal } from 'temporal-polyfill';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/** How long something is good: `{ days: 30 }`; null for ever. */
export type Lifetime = Temporal.DurationLike | null;

/** When a credential ends; one of the two. */
export interface Expiry {
  /** From now: `{ days: 30 }`; null for never. */
  readonly expiresIn?: Lifetime;
  /** The moment itself; null for never. */
  readonly expiresAt?: Temporal.Instant | null;
}

/** The moment that an expiry says, or else a lifetime; null for never. @throws RangeError for one that is not in the future. */
export function momentOf({ expiresIn, expiresAt }: Expiry, lifetime: Lifetime, now: Temporal.Instant): Temporal.Instant | null {
  const length = expiresIn === undefined ? lifetime : expiresIn;
  const moment = expiresAt !== undefined ? expiresAt : length === null ? null : later(now, length);
  if (moment && Temporal.Instant.compare(moment, now) <= 0) throw new RangeError(`${moment.toString()} is not in the future.`);
  return moment;
}

/** @throws ConfigurationError for what is no length of time, or none at all. */
export function checkLifetime(lifetime: Lifetime, owner: string): void {
  if (lifetime === null) return;
  const start = Temporal.Instant.fromEpochMilliseconds(0);
  try {
    if (Temporal.Instant.compare(later(start, lifetime), start) > 0) return;
  } catch {
    // Said below.
  }
  throw new ConfigurationError(
    `${owner} is ${JSON.stringify(lifetime)}, which is no time to live. Write { days: 30 } or { hours: 12 }, or null for ever.`,
  );
}

const later = (now: Temporal.Instant, length: Temporal.DurationLike) => now.toZonedDateTimeISO('UTC').add(length).toInstant();
