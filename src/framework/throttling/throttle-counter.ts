import { Inject, Injectable, Logger, type OnModuleInit, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ServiceUnavailable } from '../exceptions/exceptions.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { ForeignThrottleStorage } from './foreign-throttle-storage.js';
import { MemoryThrottleStorage } from './memory-throttle-storage.js';
import type { Rate } from './rate.js';
import { ThrottleStorage, type Counted } from './throttle-storage.js';

/** What becomes of a request while the storage does not answer: it is counted in this process alone, or refused with 503. */
export type StorageFailure = 'local' | 'refuse';

export interface CountOptions {
  /** Default: 1. */
  readonly cost?: number;
  /** Default: `local`. */
  readonly whenStorageFails?: StorageFailure;
}

/**
 * Counts in the storage of the application, and knows what to do while it is away. What keeps passwords, codes or tokens from being guessed says
 * `whenStorageFails: 'refuse'`: the limits of single processes add up.
 */
@Injectable()
export class ThrottleCounter implements OnModuleInit {
  readonly #logger = new Logger('Throttling');
  readonly #local: MemoryThrottleStorage;
  readonly #countedLocally = new WeakSet<Counted>();
  #storage: ThrottleStorage;
  #away = false;

  constructor(
    @Inject(RestSettingsHolder) private readonly holder: RestSettingsHolder,
    @Inject(Clock) clock: Clock,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {
    this.#local = new MemoryThrottleStorage({ clock });
    this.#storage = this.#local;
  }

  /** Where it counts. */
  get storage(): ThrottleStorage {
    return this.#storage;
  }

  /** Whether it counts in a storage that was made for `@nestjs/throttler`, which knows `consume` alone, at a cost of 1. */
  get isForeign(): boolean {
    return this.#storage instanceof ForeignThrottleStorage;
  }

  onModuleInit(): void {
    const { throttleStorage: said } = this.holder.settings;
    if (said === undefined) return;
    const storage = typeof said === 'object' ? said : this.#provided(said);
    if (typeof (storage as Partial<ThrottlerStorage> | null)?.increment !== 'function')
      throw new ConfigurationError(
        `RestModule.forRoot: throttleStorage is ${typeof said === 'function' ? said.name : String(said)}, which is no storage. Give a RedisThrottleStorage, a MemoryThrottleStorage, another ThrottlerStorage, or the token of a provider of one.`,
      );
    this.#storage = storage instanceof ThrottleStorage ? storage : new ForeignThrottleStorage(storage as ThrottlerStorage);
  }

  /** Counts `cost` by each rate that has room for it. @throws ServiceUnavailable */
  consume(rates: readonly Rate[], { cost = 1, whenStorageFails }: CountOptions = {}): Promise<Counted> {
    return this.#ask((storage) => storage.consume(rates, cost), whenStorageFails);
  }

  /** What `consume` would say. @throws ServiceUnavailable */
  peek(rates: readonly Rate[], { cost = 1, whenStorageFails }: CountOptions = {}): Promise<Counted> {
    return this.#ask((storage) => storage.peek(rates, cost), whenStorageFails);
  }

  /** Counts `cost` by every rate, room or none. @throws ServiceUnavailable */
  record(rates: readonly Rate[], { cost = 1, whenStorageFails }: CountOptions = {}): Promise<Counted> {
    return this.#ask((storage) => storage.record(rates, cost), whenStorageFails);
  }

  /** Takes back what `consume` counted. Where the storage does not answer, it stays counted. */
  async refund(counted: Counted): Promise<void> {
    const storage = this.#countedLocally.has(counted) ? this.#local : this.#storage;
    try {
      await storage.refund(counted);
    } catch (error) {
      this.#failed(error);
    }
  }

  async #ask(run: (storage: ThrottleStorage) => Promise<Counted>, whenStorageFails: StorageFailure = 'local'): Promise<Counted> {
    try {
      const counted = await run(this.#storage);
      this.#answered();
      return counted;
    } catch (error) {
      this.#failed(error);
    }
    if (whenStorageFails === 'refuse') throw new ServiceUnavailable();
    const counted = await run(this.#local);
    this.#countedLocally.add(counted);
    return counted;
  }

  /** What a provider of any module has made. */
  #provided(token: Type<ThrottlerStorage> | symbol): ThrottlerStorage | undefined {
    try {
      return this.moduleRef.get<ThrottlerStorage>(token, { strict: false });
    } catch {
      return undefined;
    }
  }

  #answered(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#logger.log('The throttle storage answers again.');
  }

  /** Said once for each time that the storage is away. */
  #failed(error: unknown): void {
    if (error instanceof ConfigurationError) throw error;
    if (this.#away) return;
    this.#away = true;
    this.#logger.error(
      `The throttle storage does not answer (${error instanceof Error ? error.message : String(error)}). Requests are counted in this process alone, and refused where a throttle says so.`,
    );
  }
}
