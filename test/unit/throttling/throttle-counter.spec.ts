import { Logger } from '@nestjs/common';
import { ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ServiceUnavailable } from '../../../src/framework/exceptions/exceptions.js';
import { RestSettingsHolder } from '../../../src/framework/settings/rest-settings-holder.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import { MemoryThrottleStorage } from '../../../src/framework/throttling/memory-throttle-storage.js';
import { ThrottleCounter } from '../../../src/framework/throttling/throttle-counter.js';
import type { Counted } from '../../../src/framework/throttling/throttle-storage.js';

const RATE = { key: 'a', limit: 2, duration: 60 };

/** A storage that can be away. */
class Storage extends MemoryThrottleStorage {
  isAway = false;

  override async consume(...args: Parameters<MemoryThrottleStorage['consume']>): Promise<Counted> {
    if (this.isAway) throw new Error('Connection refused');
    return super.consume(...args);
  }

  override async refund(counted: Counted): Promise<void> {
    if (this.isAway) throw new Error('Connection refused');
    return super.refund(counted);
  }
}

function counterOn(throttleStorage?: unknown, providers = new Map<unknown, unknown>()): ThrottleCounter {
  const holder = new RestSettingsHolder({
    authentication: [],
    permissions: [],
    ...(throttleStorage !== undefined && { throttleStorage: throttleStorage as never }),
  });
  const counter = new ThrottleCounter(holder, new FrozenClock('2026-01-01T00:00:00Z'), { get: (token: unknown) => providers.get(token) } as never);
  counter.onModuleInit();
  return counter;
}

const used = ({ rates }: Counted) => rates.map((count) => count.used);

describe('the counter', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    for (const level of ['error', 'log'] as const)
      vi.spyOn(Logger.prototype, level).mockImplementation((text: string) => void said.push(`${level}: ${text}`));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('counts in the memory of the process unless it is told otherwise', async () => {
    const counter = counterOn();
    expect(counter.storage).toBeInstanceOf(MemoryThrottleStorage);
    expect(used(await counter.consume([RATE]))).toEqual([1]);
    expect(used(await counter.peek([RATE]))).toEqual([1]);
    expect(used(await counter.record([RATE], { cost: 9 }))).toEqual([2]);
  });

  it('counts in the storage of the settings, or in that of a provider', () => {
    const storage = new Storage();
    expect(counterOn(storage).storage).toBe(storage);
    expect(counterOn(ThrottlerStorage, new Map([[ThrottlerStorage, storage]])).storage).toBe(storage);
    expect(counterOn(Storage, new Map([[Storage, storage]])).storage).toBe(storage);
  });

  it.each([
    ['an object', {}, '[object Object]'],
    ['null', null, 'null'],
    ['a token that nobody provides', ThrottlerStorage, 'Symbol(ThrottlerStorage)'],
    ['a class that nobody provides', Storage, 'Storage'],
  ])('refuses %s at boot', (_what, said, shown) => {
    expect(() => counterOn(said)).toThrow(ConfigurationError);
    expect(() => counterOn(said)).toThrow(`RestModule.forRoot: throttleStorage is ${shown}, which is no storage. Give a RedisThrottleStorage, `);
  });

  it('says once that the storage is away, and once that it is back', async () => {
    const storage = new Storage();
    const counter = counterOn(storage);
    for (const isAway of [false, true, true, true, false, false, true]) {
      storage.isAway = isAway;
      await counter.consume([RATE]);
    }
    expect(said).toEqual([
      'error: The throttle storage does not answer (Connection refused). Requests are counted in this process alone, and refused where a throttle says so.',
      'log: The throttle storage answers again.',
      'error: The throttle storage does not answer (Connection refused). Requests are counted in this process alone, and refused where a throttle says so.',
    ]);
  });

  it('counts apart while the storage is away, and takes back where it has counted', async () => {
    const storage = new Storage();
    const counter = counterOn(storage);
    storage.isAway = true;
    const counted = await counter.consume([RATE]);
    storage.isAway = false;
    expect(used(await counter.consume([RATE]))).toEqual([1]);
    await counter.refund(counted);
    expect(used(await storage.peek([RATE], 1))).toEqual([1]);
    storage.isAway = true;
    expect(used(await counter.consume([RATE]))).toEqual([1]);
  });

  it('leaves counted what it cannot take back', async () => {
    const storage = new Storage();
    const counter = counterOn(storage);
    const counted = await counter.consume([RATE]);
    storage.isAway = true;
    await counter.refund(counted);
    expect(used(await storage.peek([RATE], 1))).toEqual([1]);
    expect(said).toHaveLength(1);
  });

  it('refuses with 503 while the storage is away where it is told to', async () => {
    const storage = new Storage();
    storage.isAway = true;
    await expect(counterOn(storage).consume([RATE], { whenStorageFails: 'refuse' })).rejects.toThrow(ServiceUnavailable);
  });
});

describe('a storage of @nestjs/throttler', () => {
  it('counts one request by each rate, and refuses past the limit', async () => {
    const storage = new ThrottlerStorageService();
    const counter = counterOn(storage);
    expect(counter.isForeign).toBe(true);
    const rates = [RATE, { key: 'b', limit: 1, duration: 10, name: 'burst' }];
    const answers = [];
    for (let sent = 0; sent < 3; sent++) answers.push((await counter.consume(rates)).rates.map(({ accepted, wait }) => [accepted, wait]));
    expect(answers).toEqual([
      [
        [true, null],
        [true, null],
      ],
      [
        [true, null],
        [false, 10],
      ],
      [
        [false, 60],
        [false, 10],
      ],
    ]);
    storage.onApplicationShutdown();
  });

  it('is asked as the guard of @nestjs/throttler asks', async () => {
    const increment = vi.fn<ThrottlerStorage['increment']>(async () => ({ totalHits: 3, timeToExpire: 40, isBlocked: false, timeToBlockExpire: 0 }));
    const { rates } = await counterOn({ increment }).consume([{ ...RATE, name: 'login' }]);
    expect(increment).toHaveBeenCalledExactlyOnceWith('a', 60_000, 2, 60_000, 'login');
    expect(rates).toEqual([{ rate: { ...RATE, name: 'login' }, accepted: false, used: 2, wait: 40, reset: 40 }]);
  });

  it('refuses one that it has blocked, whatever it has counted', async () => {
    const increment = async () => ({ totalHits: 1, timeToExpire: 5, isBlocked: true, timeToBlockExpire: 30 });
    expect((await counterOn({ increment }).consume([RATE])).rates[0]).toMatchObject({ accepted: false, wait: 30 });
  });

  it.each<[string, (counter: ThrottleCounter) => Promise<unknown>, string]>([
    ['a cost', (counter) => counter.consume([RATE], { cost: 2 }), 'counts no cost of 2'],
    ['a look', (counter) => counter.peek([RATE]), 'says nothing without counting'],
    ['a record', (counter) => counter.record([RATE]), 'counts nothing past a limit'],
    ['a refund', async (counter) => counter.refund(await counter.consume([RATE])), 'takes nothing back'],
  ])('knows nothing of %s', async (_what, ask, message) => {
    const storage = new ThrottlerStorageService();
    await expect(ask(counterOn(storage))).rejects.toThrow(ConfigurationError);
    await expect(ask(counterOn(storage))).rejects.toThrow(`throttleStorage: ThrottlerStorageService ${message}. Use MemoryThrottleStorage`);
    storage.onApplicationShutdown();
  });
});
