import type { RedisClient } from '../internal/redis-client.js';
import { RedisCommands, type RedisCommandsOptions } from '../internal/redis-commands.js';
import type { Rate } from './rate.js';
import { SCRIPT, SCRIPT_SHA1 } from './redis-throttle-script.js';
import { countedOf, ThrottleStorage, type Counted } from './throttle-storage.js';

export interface RedisThrottleStorageOptions extends RedisCommandsOptions {
  /** What every key begins with. Default: `throttle:`. On a cluster, give it a hash tag, such as `{throttle}:`: the rates of a request are one step. */
  readonly prefix?: string;
}

/** Numbers that the script answers for each rate. */
const ANSWERS = 4;

/** Counts in Redis 6.2 or later, for all processes of an application together: one script, one round trip, by Redis' own clock. */
export class RedisThrottleStorage extends ThrottleStorage {
  readonly #commands: RedisCommands;
  readonly #prefix: string;

  constructor(client: RedisClient, { prefix = 'throttle:', ...options }: RedisThrottleStorageOptions = {}) {
    super();
    this.#commands = new RedisCommands(client, options);
    this.#prefix = prefix;
  }

  consume(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count('consume', rates, cost);
  }

  peek(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count('peek', rates, cost);
  }

  record(rates: readonly Rate[], cost: number): Promise<Counted> {
    return this.#count('record', rates, cost);
  }

  async refund({ rates, cost, at }: Counted): Promise<void> {
    const counted = rates.filter(({ accepted }) => accepted).map(({ rate }) => rate);
    if (counted.length > 0) await this.#run('refund', counted, cost, at);
  }

  /** Milliseconds to add to Redis' clock: for tests that must not wait. */
  protected clockOffset(): number {
    return 0;
  }

  async #count(mode: string, rates: readonly Rate[], cost: number): Promise<Counted> {
    const [at, ...said] = await this.#run(mode, rates, cost, this.clockOffset());
    const counts = rates.map((rate, index) => {
      const [accepted, used, wait, reset] = said.slice(index * ANSWERS, (index + 1) * ANSWERS) as [number, number, number, number];
      return { rate, accepted: accepted === 1, used, wait: seconds(wait), reset: seconds(reset) };
    });
    return countedOf(counts, cost, at as number);
  }

  async #run(mode: string, rates: readonly Rate[], cost: number, moment: number): Promise<number[]> {
    const keys = rates.map(({ key }) => this.#prefix + key);
    const limits = rates.flatMap(({ limit, duration }) => [limit, duration * 1000]);
    const args = [String(rates.length), ...keys, mode, ...[cost, moment, ...limits].map(String)];
    try {
      return (await this.#commands.send(['EVALSHA', SCRIPT_SHA1, ...args])) as number[];
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return (await this.#commands.send(['EVAL', SCRIPT, ...args])) as number[];
    }
  }
}

const seconds = (milliseconds: number) => (milliseconds < 0 ? null : milliseconds / 1000);
