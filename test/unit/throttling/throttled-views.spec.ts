import { Controller, Get, Inject, Injectable, Module, UseGuards, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SkipThrottle, ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import {
  Action,
  AllowAny,
  AnonRateThrottle,
  APIView,
  Authentication,
  AuthenticationFailed,
  Clock,
  CurrentRequest,
  elementCount,
  IsAuthenticated,
  JSONRenderer,
  Permission,
  Response,
  restAdapter,
  RestModule,
  ScopedRateThrottle,
  Throttle,
  Throttled,
  throttleGuard,
  UserRateThrottle,
  View,
  ViewSet,
  type Credentials,
  type RestOptions,
  type RestRequest,
  type ThrottleClass,
} from 'nest-rest-framework';
import { FrozenClock } from 'nest-rest-framework/testing';
import { afterEach, describe, expect, it } from 'vitest';

/** `X-User: 7` is user 7, `X-User: wrong` is wrong. */
class NamedUser extends Authentication {
  override authenticate({ headers }: RestRequest): Credentials | null {
    const name = headers['x-user'];
    if (name === 'wrong') throw new AuthenticationFailed();
    return name === undefined ? null : [{ id: Number(name), isActive: true, isStaff: false } as never, name];
  }
}

class Forbidden extends Permission {
  override hasPermission() {
    return false;
  }
}

class EarlyThrottle extends AnonRateThrottle {
  override readonly scope = 'early';
  override readonly beforeAuthentication = true;
}

let app: NestFastifyApplication | undefined;
const clock = new FrozenClock('2026-01-01T00:00:00Z');
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const RATES = { anon: '2/minute', user: '3/minute', uploads: '1/minute', early: '2/minute', other: '1/s' };

async function serve(controllers: Type[], settings: Partial<RestOptions> = {}, providers: Type[] = []): Promise<void> {
  const options: RestOptions = {
    authentication: [NamedUser],
    permissions: [AllowAny],
    renderers: [JSONRenderer],
    throttleRates: RATES,
    ...settings,
  };
  @Module({
    imports: [RestModule.forRoot(options)],
    controllers,
    providers: [...providers, { provide: ThrottlerStorage, useClass: ThrottlerStorageService }],
  })
  class Root {}
  const module = await Test.createTestingModule({ imports: [Root] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(restAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

type Sent = { url: string; method?: 'GET' | 'POST' | 'OPTIONS' | 'HEAD' | 'DELETE'; as?: string; json?: unknown; times?: number };

/** The statuses of requests, one after the other. */
async function statuses(...requests: Sent[]): Promise<number[]> {
  const found: number[] = [];
  for (const { times = 1, ...one } of requests) for (let sent = 0; sent < times; sent++) found.push((await send(one)).statusCode);
  return found;
}

function send({ url, method = 'GET', as, json }: Sent) {
  const payload = json === undefined ? {} : { payload: json as object };
  return app!.inject({ method, url, headers: { ...(as && { 'x-user': as }) }, ...payload });
}

function viewOf(throttles: readonly ThrottleClass[], more: object = {}) {
  @View('ping', { throttles, ...more })
  class Ping extends APIView {
    get() {
      return { ping: 'pong' };
    }

    post() {
      return new Response({ ping: 'pong' });
    }
  }
  return Ping;
}

describe('a throttled view', () => {
  it('answers 429 with DRF’s body and when to come back, to the one who asks too often', async () => {
    await serve([viewOf([AnonRateThrottle])]);
    expect(await statuses({ url: '/ping/', times: 2 }, { url: '/ping/', as: '7', times: 4 })).toEqual([200, 200, 200, 200, 200, 200]);
    const refused = await send({ url: '/ping/' });
    expect([refused.statusCode, refused.json()]).toEqual([429, { detail: 'Request was throttled. Expected available in 60 seconds.' }]);
    expect(refused.headers).toMatchObject({ 'retry-after': '60', 'cache-control': 'no-store', allow: 'GET, POST, HEAD, OPTIONS' });
    clock.advance({ seconds: 59 });
    expect((await send({ url: '/ping/' })).json()).toEqual({ detail: 'Request was throttled. Expected available in 1 second.' });
    clock.advance({ seconds: 1 });
    expect(await statuses({ url: '/ping/' })).toEqual([200]);
  });

  it.each([
    ['HEAD', 200],
    ['OPTIONS', 200],
    ['POST', 200],
    ['DELETE', 405],
  ] as const)('counts %s too', async (method, status) => {
    await serve([viewOf([AnonRateThrottle])]);
    expect(await statuses({ url: '/ping/', method, times: 3 }, { url: '/ping/' })).toEqual([status, status, 429, 429]);
  });

  it('does not count what authentication or permissions refuse', async () => {
    await serve([viewOf([UserRateThrottle], { permissions: [Forbidden] })]);
    expect(await statuses({ url: '/ping/', as: '7', times: 5 }, { url: '/ping/', as: 'wrong', times: 5 })).toEqual(Array(10).fill(403));
  });

  it('counts before authentication where a throttle says so: wrong credentials too, whoever they are of', async () => {
    await serve([viewOf([EarlyThrottle, UserRateThrottle], { permissions: [IsAuthenticated] })]);
    expect(
      await statuses({ url: '/ping/', as: 'wrong' }, { url: '/ping/', as: '7' }, { url: '/ping/', as: '8' }, { url: '/ping/', as: 'wrong' }),
    ).toEqual([403, 200, 429, 429]);
  });

  it('has one count for all its addresses, however they are written', async () => {
    @ViewSet('boxes', { basename: 'box', throttles: [AnonRateThrottle] })
    class Boxes extends APIView {
      list() {
        return [];
      }
      retrieve() {
        return {};
      }
    }
    await serve([Boxes]);
    expect(await statuses({ url: '/boxes/' }, { url: '/boxes/1/?x=1' }, { url: '/boxes/%32/' }, { url: '/boxes/', method: 'HEAD' })).toEqual([
      200, 200, 429, 429,
    ]);
  });

  it('is throttled as the nearest level says', async () => {
    @ViewSet('boxes', { basename: 'box', throttles: [ScopedRateThrottle], throttleScope: 'uploads' })
    class Boxes extends APIView {
      list() {
        return [];
      }
      @Action({ detail: false, throttles: [] })
      free() {
        return [];
      }
      @Action({ detail: false, throttleScope: 'other' })
      other() {
        return [];
      }
    }
    @View('default')
    class Default extends APIView {
      get() {
        return {};
      }
    }
    await serve([Boxes, Default], { throttles: [AnonRateThrottle] });
    expect(await statuses({ url: '/boxes/', times: 2 }, { url: '/boxes/other/', times: 2 }, { url: '/boxes/free/', times: 5 })).toEqual([
      200, 429, 200, 429, 200, 200, 200, 200, 200,
    ]);
    expect(await statuses({ url: '/default/', times: 3 })).toEqual([200, 200, 429]);
  });

  it('may choose its throttles for each request, and its own words', async () => {
    @View('ping', { throttles: [AnonRateThrottle] })
    class Ping extends APIView {
      get() {
        return {};
      }
      override getThrottles(request: RestRequest) {
        return request.query.has('free') ? [] : super.getThrottles(request);
      }
      override throttled(_request: RestRequest, wait?: number): never {
        throw new Throttled(wait, 'Slow down.');
      }
    }
    await serve([Ping]);
    expect(await statuses({ url: '/ping/?free', times: 3 }, { url: '/ping/', times: 3 }, { url: '/ping/?free' })).toEqual([
      200, 200, 200, 200, 200, 429, 200,
    ]);
    expect((await send({ url: '/ping/' })).json()).toEqual({ detail: 'Slow down. Expected available in 60 seconds.' });
  });

  it('may not take away for a request what is asked before authentication, and does not ask it twice', async () => {
    class Ping extends viewOf([EarlyThrottle]) {
      override getThrottles(request: RestRequest) {
        return request.query.has('none') ? [] : super.getThrottles(request);
      }
    }
    View('ping', { throttles: [EarlyThrottle] })(Ping);
    await serve([Ping]);
    expect(await statuses({ url: '/ping/?none' }, { url: '/ping/' }, { url: '/ping/?none' })).toEqual([200, 200, 429]);
  });

  it('counts the elements of a bulk write, and still answers what is wrong with a body', async () => {
    @View('bulk', { throttles: [UserRateThrottle], throttleCost: elementCount })
    class Bulk extends APIView {
      async post(@CurrentRequest() request: RestRequest) {
        return new Response(await request.data());
      }
    }
    await serve([Bulk]);
    const post = (json: unknown) => ({ url: '/bulk/', method: 'POST', as: '7', json }) as const;
    expect(await statuses(post([1, 2]), post([3, 4]), post([5]), post([6]))).toEqual([200, 429, 200, 429]);
    const malformed = await app!.inject({
      method: 'POST',
      url: '/bulk/',
      headers: { 'x-user': '8', 'content-type': 'application/json' },
      payload: '[1, 2, 3',
    });
    expect([malformed.statusCode, ...(await statuses({ ...post([1]), as: '8', times: 3 }))]).toEqual([400, 200, 200, 429]);
  });

  it('uses a throttle with providers of its own, made once', async () => {
    @Injectable()
    class Holidays {
      isOne = false;
    }
    let made = 0;
    @Injectable()
    class NotOnHolidays extends Throttle {
      constructor(@Inject(Holidays) private readonly holidays: Holidays) {
        super();
        made++;
      }
      override allowRequest() {
        return !this.holidays.isOne || { wait: 3600 };
      }
    }
    await serve([viewOf([NotOnHolidays])], {}, [Holidays]);
    expect(await statuses({ url: '/ping/', times: 3 })).toEqual([200, 200, 200]);
    app!.get(Holidays).isOne = true;
    expect((await send({ url: '/ping/' })).headers['retry-after']).toBe('3600');
    expect(made).toBe(1);
  });

  it('tells what is left where the setting says so, on refusals too', async () => {
    await serve([viewOf([EarlyThrottle, AnonRateThrottle])], { rateLimitHeaders: true });
    const first = await send({ url: '/ping/' });
    expect(first.headers['ratelimit-policy']).toBe('"early";q=2;w=60, "anon";q=2;w=60');
    expect(first.headers['ratelimit']).toBe('"early";r=1;t=60, "anon";r=1;t=60');
    await send({ url: '/ping/' });
    expect((await send({ url: '/ping/' })).headers['ratelimit']).toBe('"early";r=0;t=60');
  });
});

describe('@SkipThrottle() of @nestjs/throttler', () => {
  it('takes throttles away, by a method before its class, and by scope', async () => {
    @SkipThrottle()
    @ViewSet('boxes', { basename: 'box', throttles: [AnonRateThrottle, ScopedRateThrottle], throttleScope: 'uploads' })
    class Boxes extends APIView {
      list() {
        return [];
      }
      @Action({ detail: false })
      @SkipThrottle({ default: false })
      counted() {
        return [];
      }
      @Action({ detail: false })
      @SkipThrottle({ default: false, uploads: true })
      anon() {
        return [];
      }
    }
    await serve([Boxes]);
    expect(await statuses({ url: '/boxes/', times: 5 }, { url: '/boxes/', method: 'OPTIONS', times: 5 })).toEqual(Array(10).fill(200));
    expect(await statuses({ url: '/boxes/counted/', times: 2 })).toEqual([200, 429]);
    clock.advance({ minutes: 1 });
    expect(await statuses({ url: '/boxes/anon/', times: 3 })).toEqual([200, 200, 429]);
  });

  it('takes away what getThrottles names, too', async () => {
    @SkipThrottle({ anon: true })
    @View('ping')
    class Ping extends APIView {
      get() {
        return {};
      }
      override getThrottles() {
        return [AnonRateThrottle];
      }
    }
    await serve([Ping]);
    expect(await statuses({ url: '/ping/', times: 5 })).toEqual(Array(5).fill(200));
  });
});

describe('a hand-written controller', () => {
  class Burst extends UserRateThrottle {
    override readonly scope = 'other';
  }

  @Controller()
  class Plain {
    @Get('anon')
    @UseGuards(AnonRateThrottle)
    anon() {
      return {};
    }
    @Get('both')
    @UseGuards(throttleGuard(EarlyThrottle, Burst, UserRateThrottle))
    both() {
      return {};
    }
    @Get('free')
    free() {
      return {};
    }
  }

  it('is throttled by a throttle as its guard, which finds the user', async () => {
    await serve([Plain], { rateLimitHeaders: true });
    expect(await statuses({ url: '/anon', as: '7', times: 3 }, { url: '/anon', times: 3 }, { url: '/free', times: 5 })).toEqual([
      200, 200, 200, 200, 200, 429, 200, 200, 200, 200, 200,
    ]);
    expect((await send({ url: '/anon' })).headers).toMatchObject({ 'retry-after': '60', ratelimit: '"anon";r=0;t=60' });
  });

  it('is throttled by several in one guard, before and after authentication', async () => {
    await serve([Plain]);
    expect(await statuses({ url: '/both', as: '7' }, { url: '/both', as: '7' }, { url: '/both', as: '8' })).toEqual([200, 429, 429]);
    clock.advance({ seconds: 60 });
    expect(await statuses({ url: '/both', as: 'wrong', times: 2 }, { url: '/both', as: '7' })).toEqual([403, 403, 429]);
  });

  it('stops the boot with a throttle that has no rate', async () => {
    @Controller()
    class Wrong {
      @Get('wrong')
      @UseGuards(UserRateThrottle)
      wrong() {
        return {};
      }
    }
    await expect(serve([Wrong], { throttleRates: {} })).rejects.toThrow(/^UserRateThrottle: throttleRates has no rate for its scope user/);
    @Controller()
    class AlsoWrong {
      @Get('wrong')
      @UseGuards(throttleGuard(UserRateThrottle))
      wrong() {
        return {};
      }
    }
    await expect(serve([AlsoWrong], { throttleRates: {} })).rejects.toThrow(/^UserRateThrottle: throttleRates has no rate for its scope user/);
  });
});

describe('boot', () => {
  it.each<[string, Type[], Partial<RestOptions>, RegExp]>([
    [
      'a rate that is missing',
      [viewOf([UserRateThrottle])],
      { throttleRates: { anon: '1/s' } },
      /^UserRateThrottle: throttleRates has no rate for its scope user/,
    ],
    [
      'a view’s scope without a rate',
      [viewOf([ScopedRateThrottle], { throttleScope: 'downloads' })],
      {},
      /^ScopedRateThrottle: throttleRates has no rate for its scope downloads/,
    ],
    [
      'a malformed rate, used or not',
      [],
      { throttleRates: { unused: '10/month' } },
      /^RestModule\.forRoot: throttleRates\.unused is "10\/month", which is no rate/,
    ],
    ['proxies that cannot be counted', [], { numProxies: null as never }, /^RestModule\.forRoot: numProxies is null\. Count the proxies/],
    ['a throttle that is none', [viewOf([AllowAny as never])], {}, /^throttles: AllowAny is no throttle\. Name classes that extend Throttle/],
    ['a cost that is no number of requests', [viewOf([], { throttleCost: 0 })], {}, /^Ping: throttleCost is 0\. It must be a whole number from 1/],
    [
      'a cost that a foreign storage cannot count',
      [viewOf([], { throttleCost: 2 })],
      { throttleStorage: ThrottlerStorage },
      /^Ping: throttleCost is set, and the throttleStorage of the application counts requests alone/,
    ],
  ])('stops at %s', async (_what, controllers, settings, message) => {
    await expect(serve(controllers, settings)).rejects.toThrow(message);
  });

  it('takes the storage that a provider of the application has', async () => {
    await serve([viewOf([AnonRateThrottle])], { throttleStorage: ThrottlerStorage });
    expect(await statuses({ url: '/ping/', times: 3 })).toEqual([200, 200, 429]);
    const storage = app!.get<ThrottlerStorageService>(ThrottlerStorage);
    expect([...storage.storage.keys()]).toEqual(['throttle_anon_127.0.0.1_60']);
  });
});
