import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Rate } from './rate.js';

/** What one rate says of a request. */
export interface RateCount {
  readonly rate: Rate;
  readonly accepted: boolean;
  /** What is counted in the window now, this request with it where it was accepted. */
  readonly used: number;
  /** Of one that was not accepted: seconds until the same would be; null where it never would, for it costs more than the limit. */
  readonly wait: number | null;
  /** Seconds until the oldest of what is counted leaves the window; null where nothing is counted. */
  readonly reset: number | null;
}

/** What all rates together say of a request. */
export interface Counted {
  /** Whether every rate accepted it. */
  readonly accepted: boolean;
  readonly rates: readonly RateCount[];
  readonly cost: number;
  /** When it was counted, by the storage's clock, in milliseconds. */
  readonly at: number;
}

/**
 * Where requests are counted: exactly, in windows that slide, as DRF's throttles do (THR-1). Each method is one atomic step for all of its rates.
 *
 * It is a storage of `@nestjs/throttler` too. Derive from it for a storage of your own, and let it pass `throttleStorageConformance` of
 * `nest-rest-framework/testing`. A method rejects where the storage does not answer.
 */
export abstract class ThrottleStorage implements ThrottlerStorage {
  /** Counts `cost` by each rate that has room for it; one that has none counts nothing, and keeps no other from counting (THR-5). */
  abstract consume(rates: readonly Rate[], cost: number): Promise<Counted>;

  /** What `consume` would say. Counts nothing. */
  abstract peek(rates: readonly Rate[], cost: number): Promise<Counted>;

  /** Counts `cost` by every rate, room or none; never more than a rate's limit is kept. */
  abstract record(rates: readonly Rate[], cost: number): Promise<Counted>;

  /** Takes back what `consume` counted. */
  abstract refund(counted: Counted): Promise<void>;

  /** One request by one rate, for the guard of `@nestjs/throttler`: `ttl` and `blockDuration` are in milliseconds. Calls more than one step where it blocks. */
  async increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    throttlerName: string,
  ): Promise<{ totalHits: number; timeToExpire: number; isBlocked: boolean; timeToBlockExpire: number }> {
    const rate: Rate = { key: `${throttlerName}:${key}`, limit, duration: ttl / 1000 };
    const block: Rate = { key: `${throttlerName}:${key}:blocked`, limit: 1, duration: blockDuration / 1000 };
    const answer = (totalHits: number, reset: number | null, wait: number | null) => ({
      totalHits,
      timeToExpire: Math.ceil(reset ?? rate.duration),
      isBlocked: wait !== null,
      timeToBlockExpire: Math.ceil(wait ?? 0),
    });
    if (blockDuration > 0) {
      const [blocked] = (await this.peek([block], 1)).rates as [RateCount];
      if (!blocked.accepted) return answer(limit + 1, blocked.wait, blocked.wait);
    }
    const [counted] = (await this.consume([rate], 1)).rates as [RateCount];
    if (counted.accepted) return answer(counted.used, counted.reset, null);
    if (blockDuration > 0) await this.record([block], 1);
    return answer(limit + 1, counted.reset, blockDuration > 0 ? block.duration : (counted.wait ?? rate.duration));
  }
}

/** The answer of a storage, from what each rate said. */
export function countedOf(rates: readonly RateCount[], cost: number, at: number): Counted {
  return { accepted: rates.every(({ accepted }) => accepted), rates, cost, at };
}
