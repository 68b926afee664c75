import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { redisClientOptions } from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  build,
  canStartRedis,
  OwnRedis,
  REDIS,
  startApplication,
  until,
  WITHOUT_REDIS,
  WITHOUT_REDIS_SERVER,
  type Application,
} from './processes.js';

const ask = async (application: Application, path: string, user = 'nobody') => {
  const answer = await fetch(`${application.url}${path}`, { headers: { 'x-user': user } });
  await answer.arrayBuffer();
  return answer;
};
const statusOf = async (...args: Parameters<typeof ask>) => (await ask(...args)).status;

describe.skipIf(!REDIS)(`two processes that count in one Redis${WITHOUT_REDIS}`, () => {
  const prefix = `e2e-${randomUUID()}:`;
  let applications: Application[] = [];
  beforeAll(async () => {
    build();
    applications = await Promise.all([startApplication(REDIS!, prefix), startApplication(REDIS!, prefix)]);
    // A connection each, so that nothing of the first round is counted in a process alone.
    for (const application of applications) await until(async () => (await statusOf(application, '/login/')) === 200 || undefined, 5000);
  }, 300_000);
  afterAll(async () => {
    await Promise.all(applications.map((application) => application.stop()));
    const client = await createClient(redisClientOptions(REDIS)).connect();
    const keys = await client.keys(`${prefix}*`);
    if (keys.length > 0) await client.del(keys);
    client.destroy();
  });

  it.each(Array.from({ length: 10 }, (_, round) => round + 1))(
    'let exactly 50 of 300 requests pass that come at the same time (round %i of 10)',
    async (round) => {
      const statuses = await Promise.all(
        Array.from({ length: 300 }, (_, at) => statusOf(applications[at % 2] as Application, '/ping/', `user-${round}`)),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(50);
      expect(statuses.filter((status) => status === 429)).toHaveLength(250);
      for (const application of applications) expect(application.output()).not.toContain('does not answer');
    },
  );
});

describe.skipIf(!canStartRedis)(`a process whose Redis goes away${WITHOUT_REDIS_SERVER}`, () => {
  let redis: OwnRedis;
  let application: Application;
  beforeAll(async () => {
    build();
    redis = await OwnRedis.make();
    application = await startApplication(redis.url, 'away:');
  }, 300_000);
  afterAll(async () => {
    await application.stop();
    await redis.remove();
  });

  const times = (text: string) => application.output().split(text).length - 1;
  /** The statuses of requests, and how long the slowest took. */
  async function measure(count: number, path: string, user?: string): Promise<[statuses: number[], slowest: number]> {
    let slowest = 0;
    const statuses: number[] = [];
    for (let sent = 0; sent < count; sent++) {
      const began = performance.now();
      statuses.push(await statusOf(application, path, user));
      slowest = Math.max(slowest, performance.now() - began);
    }
    return [statuses, slowest];
  }
  const shutOut = [...Array<number>(50).fill(200), ...Array<number>(10).fill(429)];

  it('starts without it, with a count of its own, and refuses logins', async () => {
    expect((await measure(60, '/ping/', 'early'))[0]).toEqual(shutOut);
    const refused = await ask(application, '/login/');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(times('The throttle storage does not answer')).toBe(1);
  });

  it('counts there within two seconds of its coming', async () => {
    await redis.start();
    await until(async () => (await statusOf(application, '/login/')) === 200 || undefined, 2000);
    expect(await statusOf(application, '/ping/', 'early')).toBe(200);
    expect(times('The throttle storage answers again')).toBe(1);
  });

  it('goes on with a count of its own when it is killed, without waiting, and says so once', async () => {
    expect((await measure(60, '/ping/', 'killed'))[0]).toEqual(shutOut);
    await redis.kill();
    const [statuses, slowest] = await measure(60, '/ping/', 'killed');
    expect(statuses).toEqual(shutOut);
    expect(slowest).toBeLessThan(500);
    expect(await statusOf(application, '/login/')).toBe(503);
    expect(times('The throttle storage does not answer')).toBe(2);
    await redis.start();
    await until(async () => (await statusOf(application, '/login/')) === 200 || undefined, 2000);
    expect(times('The throttle storage answers again')).toBe(2);
  });

  it('waits for a frozen one a few times and no longer, and finds it again', async () => {
    redis.freeze();
    const began = performance.now();
    expect((await measure(60, '/ping/', 'frozen'))[0]).toEqual(shutOut);
    // Three time limits of 500 ms, and one more for each second.
    expect(performance.now() - began).toBeLessThan(6000);
    expect(await statusOf(application, '/login/')).toBe(503);
    redis.thaw();
    await until(async () => (await statusOf(application, '/login/')) === 200 || undefined, 3000);
    expect(times('The throttle storage does not answer')).toBe(3);
  });
});
