import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AllowAny,
  APIView,
  BasicAuthentication,
  Clock,
  JSONRenderer,
  MemoryThrottleStorage,
  ObtainAuthTokenView,
  PasswordHasher,
  restAdapter,
  RestModule,
  View,
  type RestOptions,
} from 'nest-rest-framework';
import { FrozenClock } from 'nest-rest-framework/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ThrottlerStorageService } from '@nestjs/throttler';
import { models } from '../../../src/library/generated/models.js';
import { hasher, openLoginDatabase } from './login-database.js';

@View('ping', { permissions: [AllowAny] })
class PingView extends APIView {
  get() {
    return { ping: 'pong' };
  }
}

const clock = new FrozenClock('2026-01-01T00:00:00Z');
const verify = vi.spyOn(hasher, 'verify');
let db: Awaited<ReturnType<typeof openLoginDatabase>>;
let app: NestFastifyApplication | undefined;

beforeAll(async () => {
  db = await openLoginDatabase();
});
afterAll(() => db.close());
afterEach(async () => {
  await app?.close();
  app = undefined;
  await db.client.authToken.deleteMany();
});

async function serve(settings: Partial<RestOptions> = {}, trustProxy?: string[]): Promise<void> {
  @Module({
    imports: [
      RestModule.forRoot({
        prisma: db.client as never,
        models,
        users: { model: models.user },
        authentication: [BasicAuthentication],
        permissions: [AllowAny],
        renderers: [JSONRenderer],
        ...settings,
      }),
    ],
    controllers: [PingView, ObtainAuthTokenView],
  })
  class Root {}
  const module = await Test.createTestingModule({ imports: [Root] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(PasswordHasher)
    .useValue(hasher)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(restAdapter(trustProxy ? { trustProxy } : {}), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  verify.mockClear();
}

interface Attempt {
  readonly username?: string;
  readonly password?: string;
  readonly from?: string;
  readonly forwarded?: string;
}

/** With every request, by Basic authentication. */
const basic = ({ username = 'alice', password = 'wrong', from = '192.0.2.1', forwarded }: Attempt = {}) =>
  app!.inject({
    method: 'GET',
    url: '/ping/',
    remoteAddress: from,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      ...(forwarded && { 'x-forwarded-for': forwarded }),
    },
  });
/** Once, for a token. */
const obtain = ({ username = 'alice', password = 'wrong', from = '192.0.2.1' }: Attempt = {}) =>
  app!.inject({ method: 'POST', url: '/token/', remoteAddress: from, payload: { username, password } });

const RIGHT = 'alice-pass-1';
const STATUS = { basic: 401, obtain: 400 };

async function times(count: number, attempt: (at: number) => Promise<{ statusCode: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) statuses.push((await attempt(at)).statusCode);
  return statuses;
}

describe.each([
  ['basic', basic],
  ['obtain', obtain],
] as const)('wrong passwords by %s', (kind, attempt) => {
  const wrong = STATUS[kind];

  it('are verified ten times a minute for an account, whoever sends them and however the name is spelt', async () => {
    await serve();
    const spellings = ['alice', 'ALICE', ' alice', 'ａlice', 'Alice '];
    const statuses = await times(12, (at) => attempt({ from: `192.0.2.${at}`, username: spellings[at % 5]! }));
    expect(statuses).toEqual([...Array(10).fill(wrong), 429, 429]);
    expect(verify).toHaveBeenCalledTimes(10);
  });

  it('shut out the right one too, before any hash, until the clock has moved', async () => {
    await serve();
    await times(5, () => attempt());
    clock.advance({ seconds: 20 });
    await times(5, () => attempt());
    const refused = await attempt({ password: RIGHT, from: '198.51.100.7' });
    expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toEqual([
      429,
      '40',
      { detail: 'Request was throttled. Expected available in 40 seconds.' },
    ]);
    expect(verify).toHaveBeenCalledTimes(10);
    clock.advance({ seconds: 40 });
    expect(await times(6, () => attempt())).toEqual([...Array(5).fill(wrong), 429]);
    clock.advance({ seconds: 60 });
    expect((await attempt({ password: RIGHT })).statusCode).toBe(200);
  });

  it('tell nothing of who there is: an unknown user, one who may not sign in, and one who may are answered alike', async () => {
    await serve();
    const answers = await Promise.all(
      ['alice', 'carol', 'nobody'].map(async (username) => {
        const found: unknown[] = [];
        for (let at = 0; at < 11; at++) {
          const { statusCode, body, headers } = await attempt({ username, password: 'carol-pass-1' });
          found.push([statusCode, body, headers['retry-after']]);
        }
        return found;
      }),
    );
    expect(answers[0]!.map((answer) => (answer as [number])[0])).toEqual([...Array(10).fill(wrong), 429]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('are verified fifty times a minute for an address, of whatever accounts', async () => {
    await serve();
    const statuses = await times(52, (at) => attempt({ username: `user-${at}` }));
    expect(statuses).toEqual([...Array(50).fill(wrong), 429, 429]);
    expect((await attempt({ username: 'user-60', from: '192.0.2.2' })).statusCode).toBe(wrong);
  });

  it('of a hundred at once are verified ten times', async () => {
    await serve();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => attempt({ from: `192.0.2.${at}` })));
    expect(answers.filter(({ statusCode }) => statusCode === wrong)).toHaveLength(10);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(90);
    expect(verify).toHaveBeenCalledTimes(10);
  });

  it('of a hundred at once are verified fifty times for an address, each of an account of its own', async () => {
    await serve();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => attempt({ username: `user-${at}` })));
    expect(answers.filter(({ statusCode }) => statusCode === wrong)).toHaveLength(50);
    expect(verify).toHaveBeenCalledTimes(50);
  });
});

describe('right passwords', () => {
  it('are not counted, one after the other', async () => {
    await serve();
    expect(await times(30, () => basic({ password: RIGHT }))).toEqual(Array(30).fill(200));
    expect(await times(10, () => basic())).toEqual(Array(10).fill(401));
  });

  it('are not counted, a hundred at once: who finds no room waits for those before', async () => {
    await serve();
    const answers = await Promise.all(Array.from({ length: 100 }, () => basic({ password: RIGHT })));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(100);
  });

  it('clear nothing: an account of one’s own does not pay for guessing at others', async () => {
    await serve({ loginRates: { address: '5/minute' } });
    await times(5, (at) => basic({ username: `user-${at}` }));
    expect((await basic({ password: RIGHT })).statusCode).toBe(429);
    clock.advance({ minutes: 1 });
    await times(4, (at) => basic({ username: `user-${at}` }));
    expect(await times(2, (at) => basic({ password: at === 0 ? RIGHT : 'wrong' }))).toEqual([200, 401]);
    expect((await basic({ username: 'user-9' })).statusCode).toBe(429);
  });

  it('mixed with wrong ones at once leave no more than the limit of those', async () => {
    await serve();
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => basic({ password: at % 2 === 0 ? RIGHT : 'wrong' })));
    expect(answers.filter(({ statusCode }) => statusCode === 401).length).toBeLessThanOrEqual(10);
    expect((await basic({ password: RIGHT })).statusCode).toBe(429);
  });
});

describe('an attempt that is refused', () => {
  it('is not counted, so that a shut account shuts no address', async () => {
    await serve({ loginRates: { account: '2/minute', address: '4/minute' } });
    expect(await times(20, () => basic())).toEqual([401, 401, ...Array(18).fill(429)]);
    expect(await times(3, (at) => basic({ username: `user-${at}` }))).toEqual([401, 401, 429]);
  });

  it('comes from the address of the connection, whatever X-Forwarded-For says', async () => {
    await serve({ loginRates: { account: null, address: '3/minute' } });
    expect(await times(6, (at) => basic({ forwarded: `203.0.113.${at}` }))).toEqual([401, 401, 401, 429, 429, 429]);
  });

  it('comes from the address that a trusted proxy tells', async () => {
    await serve({ loginRates: { account: null, address: '1/minute' } }, ['192.0.2.1']);
    expect(await times(4, (at) => basic({ forwarded: `198.51.100.9, 203.0.113.${at % 2}` }))).toEqual([401, 401, 429, 429]);
  });
});

describe('loginRates', () => {
  it('may hold several rates, and none', async () => {
    await serve({ loginRates: { account: ['2/minute', '3/hour'], address: null } });
    expect(await times(3, () => basic())).toEqual([401, 401, 429]);
    clock.advance({ minutes: 1 });
    expect(await times(2, () => basic())).toEqual([401, 429]);
    await app!.close();
    await serve({ loginRates: { account: null, address: null } });
    expect(await times(60, () => basic())).toEqual(Array(60).fill(401));
  });

  it.each([
    [{ account: '10/month' }, /loginRates\.account is "10\/month", which is no rate/],
    [{ acount: '10/minute' }, /there is no rate loginRates\.acount\. Known are account and address\./],
  ])('%j stops the application at boot', async (loginRates, message) => {
    expect(() => RestModule.forRoot({ authentication: [], permissions: [], loginRates: loginRates as never })).not.toThrow();
    await expect(serve({ loginRates: loginRates as never })).rejects.toThrow(message);
  });
});

describe('while passwords cannot be counted', () => {
  class Away extends MemoryThrottleStorage {
    away = true;
    override consume(...args: Parameters<MemoryThrottleStorage['consume']>) {
      return this.away ? Promise.reject(new Error('away')) : super.consume(...args);
    }
  }

  it('nobody signs in with one: 503, before any hash; afterwards they do', async () => {
    const throttleStorage = new Away({ clock });
    await serve({ throttleStorage });
    for (const attempt of [basic, obtain]) {
      const refused = await attempt({ password: RIGHT });
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1']);
    }
    expect(verify).not.toHaveBeenCalled();
    throttleStorage.away = false;
    expect((await basic({ password: RIGHT })).statusCode).toBe(200);
  });

  it('an error of the database counts for no wrong password', async () => {
    await serve({ loginRates: { account: '1/minute' } });
    const find = vi.spyOn(db.client.user, 'findUnique').mockRejectedValue(new Error('away'));
    expect(await times(3, () => basic())).toEqual([500, 500, 500]);
    find.mockRestore();
    expect(await times(2, () => basic())).toEqual([401, 429]);
  });

  it('a storage of @nestjs/throttler, which takes nothing back, is not asked: they are counted in the process', async () => {
    const throttleStorage = new ThrottlerStorageService();
    const increment = vi.spyOn(throttleStorage, 'increment');
    await serve({ throttleStorage });
    expect(await times(20, () => basic({ password: RIGHT }))).toEqual(Array(20).fill(200));
    expect(await times(11, () => basic())).toEqual([...Array(10).fill(401), 429]);
    expect(increment).not.toHaveBeenCalled();
  });
});
