import type { ThrottlerStorage } from '@nestjs/throttler';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Rate } from './rate.js';
import { countedOf, ThrottleStorage, type Counted, type RateCount } from './throttle-storage.js';

/**
 * A storage that was made for `@nestjs/throttler`, asked as its own guard asks it: one request by one rate, each rate in a step of its own, and who goes
 * over a limit is blocked for the rate's period. What else is asked of it is a mistake of the developer's.
 */
export class ForeignThrottleStorage extends ThrottleStorage {
  constructor(private readonly storage: ThrottlerStorage) {
    super();
  }

  /** One after the other: rates with one key see each other's count. */
  async consume(rates: readonly Rate[], cost: number): Promise<Counted> {
    if (cost !== 1) throw this.#lacks(`counts no cost of ${cost}`);
    const counts: RateCount[] = [];
    for (const rate of rates) counts.push(await this.#increment(rate));
    return countedOf(counts, cost, Date.now());
  }

  async peek(): Promise<never> {
    throw this.#lacks('says nothing without counting');
  }

  async record(): Promise<never> {
    throw this.#lacks('counts nothing past a limit');
  }

  async refund(): Promise<never> {
    throw this.#lacks('takes nothing back');
  }

  override increment(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string) {
    return this.storage.increment(key, ttl, limit, blockDuration, throttlerName);
  }

  async #increment(rate: Rate): Promise<RateCount> {
    const period = rate.duration * 1000;
    const record = await this.storage.increment(rate.key, period, rate.limit, period, rate.name ?? 'default');
    const refused = record.isBlocked || record.totalHits > rate.limit;
    const wait = record.timeToBlockExpire > 0 ? record.timeToBlockExpire : record.timeToExpire;
    return {
      rate,
      accepted: !refused,
      used: Math.min(record.totalHits, rate.limit),
      wait: refused ? Math.max(wait, 0) : null,
      reset: Math.max(record.timeToExpire, 0),
    };
  }

  #lacks(what: string): ConfigurationError {
    return new ConfigurationError(
      `throttleStorage: ${this.storage.constructor.name} ${what}. Use MemoryThrottleStorage, RedisThrottleStorage, or a class that extends ThrottleStorage.`,
    );
  }
}
