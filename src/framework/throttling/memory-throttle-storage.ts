import { Clock } from '../settings/clock.js';
import type { Rate } from './rate.js';
import { countedOf, ThrottleStorage, type Counted, type RateCount } from './throttle-storage.js';

export interface MemoryThrottleStorageOptions {
  readonly clock?: Clock;
  /** The most histories that are kept. Past them, and past `maxHits`, those that were asked for longest ago are forgotten. Default: 100,000. */
  readonly maxKeys?: number;
  /** The most moments that all histories hold together, of 8 bytes each. Default: 4,000,000. */
  readonly maxHits?: number;
}

/** The moments that a rate has counted, oldest first, in milliseconds. */
interface History {
  readonly hits: number[];
  /** Milliseconds. */
  readonly duration: number;
}

type Mode = 'consume' | 'peek' | 'record';

/** Counts in the memory of one process. It is bounded, and forgets what has expired without a timer. */
export class MemoryThrottleStorage extends ThrottleStorage {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #maxHits: number;
  /** In the order that they were asked for: the first is the one to forget. */
  readonly #histories = new Map<string, History>();
  #hits = 0;
  #sweep = this.#histories.entries();

  constructor({ clock = new Clock(), maxKeys = 100_000, maxHits = 4_000_000 }: MemoryThrottleStorageOptions = {}) {
    super();
    this.#clock = clock;
    this.#maxKeys = maxKeys;
    this.#maxHits = maxHits;
  }

  /** How many histories there are. */
  get size(): number {
    return this.#histories.size;
  }

  async consume(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count(rates, cost, 'consume');
  }

  async peek(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count(rates, cost, 'peek');
  }

  async record(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count(rates, cost, 'record');
  }

  async refund({ rates, cost, at }: Counted): Promise<void> {
    for (const { rate, accepted } of rates) {
      const hits = this.#histories.get(rate.key)?.hits;
      if (!accepted || !hits) continue;
      const last = hits.lastIndexOf(at);
      const first = Math.max(hits.indexOf(at), last - cost + 1);
      if (last >= 0) this.#hits -= hits.splice(first, last - first + 1).length;
      if (hits.length === 0) this.#histories.delete(rate.key);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#histories.clear();
    this.#hits = 0;
  }

  #count(rates: readonly Rate[], cost: number, mode: Mode): Counted {
    const now = this.#clock.now().epochMilliseconds;
    // One more than this call moves to the end: so the sweep gets round, and what nobody asks for again is found.
    this.#forgetExpired(now, rates.length + 1);
    return countedOf(
      rates.map((rate) => this.#countBy(rate, cost, mode, now)),
      cost,
      now,
    );
  }

  #countBy(rate: Rate, cost: number, mode: Mode, now: number): RateCount {
    const { hits } = this.#historyOf(rate, now);
    const used = hits.length;
    const accepted = used + cost <= rate.limit;
    const wait = accepted ? null : waitFor(rate, cost, hits, now);
    if (mode === 'record' || (mode === 'consume' && accepted)) {
      for (let added = Math.min(cost, rate.limit); added > 0; added--) hits.push(now);
      if (hits.length > rate.limit) hits.splice(0, hits.length - rate.limit);
    }
    this.#hits += hits.length - used;
    if (hits.length === 0) this.#histories.delete(rate.key);
    this.#forgetOldest(rate.key);
    return { rate, accepted, used: hits.length, wait, reset: hits.length === 0 ? null : expiry(hits, 0, rate, now) };
  }

  /** The history of what is in the rate's window, moved to the end of the map. */
  #historyOf({ key, duration }: Rate, now: number): History {
    const found = this.#histories.get(key);
    const history: History = { hits: found?.hits ?? [], duration: duration * 1000 };
    if (found) this.#histories.delete(key);
    this.#histories.set(key, history);
    const { hits } = history;
    // A clock that was set back must shut nobody out for longer than the window.
    for (let at = hits.length - 1; at >= 0 && (hits[at] as number) > now; at--) hits[at] = now;
    let expired = 0;
    while (expired < hits.length && (hits[expired] as number) <= now - history.duration) expired++;
    if (expired > 0) hits.splice(0, expired);
    this.#hits -= expired;
    return history;
  }

  #forget(key: string, { hits }: History): void {
    this.#hits -= hits.length;
    this.#histories.delete(key);
  }

  #forgetExpired(now: number, looks: number): void {
    for (let looked = 0; looked < looks; looked++) {
      const { value, done } = this.#sweep.next();
      if (done) return void (this.#sweep = this.#histories.entries());
      const [key, history] = value;
      if ((history.hits.at(-1) ?? 0) <= now - history.duration) this.#forget(key, history);
    }
  }

  #forgetOldest(except: string): void {
    while (this.#histories.size > this.#maxKeys || this.#hits > this.#maxHits) {
      const [key, history] = this.#histories.entries().next().value as [string, History];
      if (key === except) return;
      this.#forget(key, history);
    }
  }
}

/** Seconds until one of the moments leaves the window. */
function expiry(hits: readonly number[], at: number, { duration }: Rate, now: number): number {
  return ((hits[at] as number) + duration * 1000 - now) / 1000;
}

/** Seconds until enough has left the window (THR-3). A limit of 0 is told as DRF does: come back in a window's time. */
function waitFor(rate: Rate, cost: number, hits: readonly number[], now: number): number | null {
  if (rate.limit === 0) return rate.duration;
  if (cost > rate.limit) return null;
  return expiry(hits, hits.length + cost - rate.limit - 1, rate, now);
}
