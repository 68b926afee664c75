import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DefaultAuthentication } from '../../../src/framework/authentication/default-authentication.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { ServiceUnavailable, Throttled } from '../../../src/framework/exceptions/exceptions.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { RestSettingsHolder } from '../../../src/framework/settings/rest-settings-holder.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import type { Rate } from '../../../src/framework/throttling/rate.js';
import { elementCount, type ThrottleCost } from '../../../src/framework/throttling/throttle-cost.js';
import { ThrottleCounter } from '../../../src/framework/throttling/throttle-counter.js';
import type { ThrottleStorage } from '../../../src/framework/throttling/throttle-storage.js';
import { Throttle, type ThrottleVerdict } from '../../../src/framework/throttling/throttle.js';
import { Throttling } from '../../../src/framework/throttling/throttling.js';
import { replyOf, requestOf } from './requests.js';

class Counts extends Throttle {
  constructor(
    readonly rates: readonly Rate[],
    readonly verdict: ThrottleVerdict = true,
    override readonly whenStorageFails: 'local' | 'refuse' = 'local',
  ) {
    super();
  }

  override getRates(): readonly Rate[] {
    return this.rates;
  }

  override async allowRequest(): Promise<ThrottleVerdict> {
    return this.verdict;
  }
}

const rate = (name: string, limit: number, duration = 60): Rate => ({ key: name, name, limit, duration });

function throttlingOf(settings: { rateLimitHeaders?: boolean; throttleStorage?: ThrottleStorage } = {}) {
  const clock = new FrozenClock('2026-01-01T00:00:00Z');
  const holder = new RestSettingsHolder({ authentication: [], permissions: [], ...settings });
  const counter = new ThrottleCounter(holder, clock, {} as never);
  counter.onModuleInit();
  const throttling = new Throttling(counter, holder, new DefaultAuthentication([]));
  /** What a request is answered with: `passes`, or the seconds to wait. */
  const ask = async (throttles: readonly Throttle[], { request = requestOf(), reply = replyOf() } = {}) => {
    try {
      await throttling.check(request, reply, throttles);
      return 'passes';
    } catch (error) {
      if (error instanceof Throttled) return error.retryAfter ?? (error.body() as { detail: string }).detail;
      throw error;
    }
  };
  return { clock, counter, ask };
}

describe('throttles', () => {
  it('are all asked, and each that accepts counts: a refused burst still uses up the day', async () => {
    const { ask, counter } = throttlingOf();
    const [burst, sustained] = [rate('burst', 1), rate('sustained', 3, 3600)];
    const throttles = [new Counts([sustained]), new Counts([burst])];
    const answers = [];
    for (let sent = 0; sent < 5; sent++) {
      const answer = await ask(throttles);
      answers.push([answer, ...(await counter.peek([sustained, burst])).rates.map(({ used }) => used)]);
    }
    // DRF's own answers and counts.
    expect(answers).toEqual([
      ['passes', 1, 1],
      [60, 2, 1],
      [60, 3, 1],
      [3600, 3, 1],
      [3600, 3, 1],
    ]);
  });

  it('tell the longest wait, rounded up, and none where nobody knows one', async () => {
    const { ask, clock } = throttlingOf();
    await ask([new Counts([rate('a', 1, 10), rate('b', 1, 20)])]);
    clock.advance({ milliseconds: 500 });
    expect(await ask([new Counts([rate('a', 1, 10)]), new Counts([rate('b', 1, 20)])])).toBe(20);
    expect(await ask([new Counts([], { wait: 99.2 }), new Counts([rate('a', 1, 10)]), new Counts([], false)])).toBe(100);
    expect(await ask([new Counts([], false)])).toBe('Request was throttled.');
    expect(await ask([new Counts([], { wait: null })])).toBe('Request was throttled.');
    expect(await ask([new Counts([], { wait: 0 })])).toBe('Request was throttled. Expected available in 0 seconds.');
  });

  it('that decide by themselves keep no other from counting', async () => {
    const { ask, counter } = throttlingOf();
    expect(await ask([new Counts([rate('own', 5)], false), new Counts([rate('other', 5)])])).toBe('Request was throttled.');
    expect((await counter.peek([rate('own', 5), rate('other', 5)])).rates.map(({ used }) => used)).toEqual([1, 1]);
  });

  it('without rates ask no storage', async () => {
    const { ask, counter } = throttlingOf();
    const consume = vi.spyOn(counter, 'consume');
    expect(await ask([new Counts([]), new (class extends Throttle {})()])).toBe('passes');
    expect(consume).not.toHaveBeenCalled();
  });

  it('count in one step of the storage', async () => {
    const { ask, counter } = throttlingOf();
    const consume = vi.spyOn(counter, 'consume');
    await ask([new Counts([rate('a', 5), rate('b', 5)]), new Counts([rate('c', 5)])]);
    expect(consume).toHaveBeenCalledOnce();
  });

  it('call the view’s own hook', async () => {
    const { ask } = throttlingOf();
    const view = {
      throttled: (_request: RestRequest, wait?: number) => {
        throw new Throttled(wait, 'Slow down.');
      },
    };
    expect(await ask([new Counts([], false)], { request: requestOf(null, { view }) })).toBe('Slow down.');
  });
});

describe('the cost of a request', () => {
  const asked = (throttleCost: ThrottleCost, data?: unknown) => {
    const request = requestOf(null, { throttleCost });
    const read = vi.fn<() => Promise<unknown>>(async () => {
      if (data instanceof Error) throw data;
      return data;
    });
    Object.assign(request, { data: read });
    return { request, read };
  };

  it('is counted by every rate', async () => {
    const { ask, counter } = throttlingOf();
    await ask([new Counts([rate('a', 10), rate('b', 4)])], asked(4));
    expect((await counter.peek([rate('a', 10), rate('b', 4)])).rates.map(({ used }) => used)).toEqual([4, 4]);
  });

  it.each([
    ['a list', [1, 2, 3], 3],
    ['an empty list', [], 1],
    ['an object', { a: 1 }, 1],
    ['nothing', {}, 1],
    ['a body that cannot be read', new Error('malformed'), 1],
  ])('of %s by its elements', async (_what, data, used) => {
    const { ask, counter } = throttlingOf();
    await ask([new Counts([rate('a', 10)])], asked(elementCount, data));
    expect((await counter.peek([rate('a', 10)])).rates[0]?.used).toBe(used);
  });

  it('is not asked for, and so no body read, for a client who is shut out', async () => {
    const { ask, counter } = throttlingOf();
    const throttles = [new Counts([rate('a', 1)]), new Counts([rate('b', 9)])];
    await ask(throttles);
    const { request, read } = asked(elementCount, [1, 2, 3]);
    expect(await ask(throttles, { request })).toBe(60);
    expect(read).not.toHaveBeenCalled();
    expect((await counter.peek([rate('b', 9)])).rates[0]?.used).toBe(2);
  });

  it('is not asked for before the client is known', async () => {
    const { ask, counter } = throttlingOf();
    const { request, read } = asked(elementCount, [1, 2, 3]);
    const early = Object.assign(new Counts([rate('a', 9)]), { beforeAuthentication: true });
    expect(await ask([early], { request })).toBe('passes');
    expect(read).not.toHaveBeenCalled();
    expect((await counter.peek([rate('a', 9)])).rates[0]?.used).toBe(1);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is never %d', async (cost) => {
    const { ask } = throttlingOf();
    await expect(
      ask(
        [new Counts([rate('a', 9)])],
        asked(() => cost),
      ),
    ).rejects.toThrow(ConfigurationError);
  });

  it('past a limit is refused without a time to come back', async () => {
    const { ask } = throttlingOf();
    expect(await ask([new Counts([rate('a', 3)])], asked(4))).toBe('Request was throttled.');
  });
});

describe('the RateLimit headers', () => {
  const throttles = [new Counts([rate('burst', 2, 10), rate('sustained', 100, 3600)]), new Counts([{ key: 'x', limit: 5, duration: 0.5 }])];

  it('tell what is left of each rate, and when there is more', async () => {
    const { ask, clock } = throttlingOf({ rateLimitHeaders: true });
    const told = async () => {
      const reply = replyOf();
      await ask(throttles, { reply });
      return reply.sent;
    };
    expect(await told()).toEqual({
      'RateLimit-Policy': '"burst";q=2;w=10, "sustained";q=100;w=3600, "default";q=5',
      RateLimit: '"burst";r=1;t=10, "sustained";r=99;t=3600, "default";r=4;t=1',
    });
    clock.advance({ seconds: 4 });
    await told();
    expect((await told())['RateLimit']).toBe('"burst";r=0;t=6, "sustained";r=97;t=3596, "default";r=3;t=1');
  });

  it('tell the rates of before and after authentication together', async () => {
    const { ask } = throttlingOf({ rateLimitHeaders: true });
    const reply = replyOf();
    await ask([new Counts([rate('early', 2)])], { reply });
    await ask([new Counts([rate('late', 3)])], { reply });
    expect(reply.sent).toEqual({ 'RateLimit-Policy': '"early";q=2;w=60, "late";q=3;w=60', RateLimit: '"early";r=1;t=60, "late";r=2;t=60' });
  });

  it('are not there unless they are asked for, nor for a request that nothing counts', async () => {
    const reply = replyOf();
    await throttlingOf().ask(throttles, { reply });
    await throttlingOf({ rateLimitHeaders: true }).ask([new Counts([])], { reply });
    expect(reply.sent).toEqual({});
  });

  it('quote a name so that it cannot break out', async () => {
    const { ask } = throttlingOf({ rateLimitHeaders: true });
    const reply = replyOf();
    await ask([new Counts([{ ...rate('a', 5), name: 'a"b\\c\r\nX: 1ä' }])], { reply });
    expect(reply.sent['RateLimit-Policy']).toBe('"a\\"b\\\\cX: 1";q=5;w=60');
  });
});

describe('while the storage is away', () => {
  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const away = { consume: () => Promise.reject(new Error('gone')), increment: () => Promise.reject(new Error('gone')) };
  const storage = () => Object.assign(Object.create(Object.getPrototypeOf(throttlingOf().counter.storage)), away) as ThrottleStorage;

  it('throttles go on with the count of this process', async () => {
    const { ask } = throttlingOf({ throttleStorage: storage() });
    const throttles = [new Counts([rate('a', 2)])];
    expect([await ask(throttles), await ask(throttles), await ask(throttles)]).toEqual(['passes', 'passes', 60]);
  });

  it('one that says so refuses, and with it the request', async () => {
    const { ask } = throttlingOf({ throttleStorage: storage() });
    const login = new Counts([rate('login', 2)], true, 'refuse');
    await expect(ask([login])).rejects.toThrow(ServiceUnavailable);
    await expect(ask([new Counts([rate('a', 2)]), login])).rejects.toMatchObject({ status: 503, retryAfter: 1 });
  });
});
