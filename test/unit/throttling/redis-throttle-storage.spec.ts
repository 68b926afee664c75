import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisClientOptions, type RedisClient } from '../../../src/framework/internal/redis-client.js';
import { throttleStorageConformance } from '../../../src/framework/testing/throttle-storage-conformance.js';
import { RedisThrottleStorage } from '../../../src/framework/throttling/redis-throttle-storage.js';

const url = process.env['TEST_REDIS_URL'];

/** A storage whose clock can be moved. */
class MovedStorage extends RedisThrottleStorage {
  offset = 0;

  protected override clockOffset(): number {
    return this.offset;
  }
}

describe.skipIf(!url)(`the storage in Redis${url ? '' : ' (skipped: TEST_REDIS_URL is not set)'}`, () => {
  const client = createClient(redisClientOptions(url));
  const prefix = `test-${process.pid}-${Date.now()}:`;
  const keys = () => client.keys(`${prefix}*`);

  beforeAll(async () => {
    await client.connect();
  });
  afterAll(async () => {
    const left = await keys();
    if (left.length > 0) await client.del(left);
    client.destroy();
  });

  const open = () => {
    const storage = new MovedStorage(client, { prefix });
    return { storage, advance: (milliseconds: number) => void (storage.offset += milliseconds) };
  };

  it.each(throttleStorageConformance(open))('$title', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('keeps a history no longer than its window', async () => {
    const storage = new RedisThrottleStorage(client, { prefix });
    await storage.consume([{ key: 'expires', limit: 5, duration: 90 }], 2);
    const left = await client.pTTL(`${prefix}expires`);
    expect(left).toBeGreaterThan(85_000);
    expect(left).toBeLessThanOrEqual(90_000);
  });

  it('keeps nothing of what is looked at only, refused or taken back', async () => {
    const storage = new RedisThrottleStorage(client, { prefix: `${prefix}none-` });
    await storage.peek([{ key: 'a', limit: 1, duration: 60 }], 1);
    await storage.consume([{ key: 'b', limit: 0, duration: 60 }], 1);
    await storage.refund(await storage.consume([{ key: 'c', limit: 3, duration: 60 }], 3));
    expect(await client.keys(`${prefix}none-*`)).toEqual([]);
  });

  it('keeps no more moments than the limit, however often it is told to count', async () => {
    const storage = new RedisThrottleStorage(client, { prefix });
    for (let times = 0; times < 5; times++) await storage.record([{ key: 'recorded', limit: 3, duration: 60 }], 2);
    expect(await client.lLen(`${prefix}recorded`)).toBe(3);
  });

  it('brings its script again when Redis has forgotten it', async () => {
    const storage = new RedisThrottleStorage(client, { prefix });
    const rate = { key: 'forgotten', limit: 2, duration: 60 };
    await storage.consume([rate], 1);
    await client.scriptFlush();
    expect((await storage.consume([rate], 1)).rates[0]?.used).toBe(2);
  });

  it('sends one command for all rates of a request', async () => {
    const sent: string[][] = [];
    const spy: RedisClient = {
      sendCommand: (command) => {
        sent.push(command);
        return client.sendCommand(command);
      },
    };
    const rates = ['x', 'y', 'z'].map((key) => ({ key, limit: 5, duration: 60 }));
    const storage = new RedisThrottleStorage(spy, { prefix });
    await storage.consume(rates, 1);
    sent.length = 0;
    await storage.consume(rates, 3);
    expect(sent.map(([name]) => name)).toEqual(['EVALSHA']);
  });

  it('counts together what several clients count', async () => {
    const second = await createClient(redisClientOptions(url)).connect();
    const storages = [client, second].map((one) => new RedisThrottleStorage(one, { prefix }));
    const rate = { key: 'together', limit: 50, duration: 60 };
    const answers = await Promise.all(Array.from({ length: 300 }, (_, at) => (storages[at % 2] as RedisThrottleStorage).consume([rate], 1)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(50);
    second.destroy();
  });
});
