import { describe, expect, it } from 'vitest';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import { throttleStorageConformance } from '../../../src/framework/testing/throttle-storage-conformance.js';
import { MemoryThrottleStorage, type MemoryThrottleStorageOptions } from '../../../src/framework/throttling/memory-throttle-storage.js';

function open(options: MemoryThrottleStorageOptions = {}) {
  const clock = new FrozenClock('2026-01-01T00:00:00Z');
  return { clock, storage: new MemoryThrottleStorage({ clock, ...options }), advance: (milliseconds: number) => clock.advance({ milliseconds }) };
}

describe('the storage in memory', () => {
  it.each(throttleStorageConformance(open))('$title', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  const rate = (key: string, limit = 10, duration = 60) => ({ key, limit, duration });

  it('says the time of a frozen clock to the millisecond', async () => {
    const { storage, advance } = open();
    await storage.consume([rate('a', 1, 10)], 1);
    advance(2500);
    const { rates, at } = await storage.consume([rate('a', 1, 10)], 1);
    expect(rates).toEqual([{ rate: rate('a', 1, 10), accepted: false, used: 1, wait: 7.5, reset: 7.5 }]);
    expect(at).toBe(Date.parse('2026-01-01T00:00:02.500Z'));
  });

  it('accepts at the very end of a window', async () => {
    const { storage, advance } = open();
    await storage.consume([rate('a', 1, 10)], 1);
    advance(9999);
    expect((await storage.consume([rate('a', 1, 10)], 1)).rates[0]).toMatchObject({ accepted: false, wait: 0.001 });
    advance(1);
    expect((await storage.consume([rate('a', 1, 10)], 1)).accepted).toBe(true);
  });

  it('keeps nothing of what is looked at only, refused or taken back', async () => {
    const { storage } = open();
    await storage.peek([rate('a')], 1);
    await storage.consume([rate('b', 0)], 1);
    await storage.refund(await storage.consume([rate('c')], 3));
    expect(storage.size).toBe(0);
  });

  it('forgets what has expired and is not asked for again, while others ask', async () => {
    const { storage, advance } = open();
    for (let client = 0; client < 1000; client++) await storage.consume([rate(`client-${client}`)], 1);
    await storage.consume([rate('long', 10, 86_400)], 1);
    expect(storage.size).toBe(1001);
    advance(60_000);
    for (let asked = 0; asked < 1010; asked++) await storage.consume([rate('burst', 1e6, 1), rate('sustained', 1e6)], 1);
    expect(storage.size).toBe(3);
  });

  it('forgets those that were asked for longest ago when it has too many', async () => {
    const { storage } = open({ maxKeys: 3 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) await storage.consume([rate(key)], 1);
    expect(storage.size).toBe(3);
    expect((await storage.peek([rate('a'), rate('c'), rate('d')], 1)).rates.map(({ used }) => used)).toEqual([2, 1, 1]);
    expect((await storage.peek([rate('b')], 1)).rates[0]?.used).toBe(0);
  });

  it('forgets those when they count too much, but never the one that counts', async () => {
    const { storage } = open({ maxHits: 10 });
    for (const key of ['a', 'b']) await storage.consume([rate(key)], 4);
    await storage.consume([rate('c')], 4);
    expect((await storage.peek([rate('a'), rate('b'), rate('c')], 1)).rates.map(({ used }) => used)).toEqual([0, 4, 4]);
    await storage.consume([rate('d', 20)], 20);
    expect(storage.size).toBe(1);
    expect((await storage.peek([rate('d', 20)], 1)).rates[0]?.used).toBe(20);
  });

  it('counts to the same number after much coming and going', async () => {
    const { storage, advance } = open({ maxHits: 50 });
    for (let round = 0; round < 200; round++) {
      await storage.consume([rate(`k${round % 7}`, 5, 1)], (round % 3) + 1);
      if (round % 5 === 0) advance(400);
    }
    advance(2000);
    for (let round = 0; round < 20; round++) await storage.peek([rate('other')], 1);
    expect(storage.size).toBe(0);
    // All of the room is there again.
    for (const key of ['x', 'y', 'z']) await storage.consume([rate(key, 20)], 16);
    expect(storage.size).toBe(3);
  });

  it('has no timers', async () => {
    const { storage } = open();
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    for (let hit = 0; hit < 100; hit++) await storage.consume([rate(`t${hit}`)], 1);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(before);
  });

  it('forgets everything when it is told to', async () => {
    const { storage } = open();
    await storage.consume([rate('a', 1)], 1);
    storage.clear();
    expect((await storage.consume([rate('a', 1)], 1)).accepted).toBe(true);
  });
});
