import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { RestSettingsHolder } from '../../../src/framework/settings/rest-settings-holder.js';
import type { RestOptions } from '../../../src/framework/settings/rest-options.js';
import { AnonRateThrottle } from '../../../src/framework/throttling/anon-rate-throttle.js';
import { ScopedRateThrottle } from '../../../src/framework/throttling/scoped-rate-throttle.js';
import { SimpleRateThrottle } from '../../../src/framework/throttling/simple-rate-throttle.js';
import type { ThrottleClass } from '../../../src/framework/throttling/throttle.js';
import { UserRateThrottle } from '../../../src/framework/throttling/user-rate-throttle.js';
import { requestOf } from './requests.js';

const RATES = { anon: '3/minute', user: ['5/s', '100/day'], uploads: '2/minute', free: null } as const;

/** A throttle as the injector makes it. */
function made<T extends SimpleRateThrottle>(throttle: new () => T, settings: Partial<RestOptions> = {}): T {
  const holder = new RestSettingsHolder({ authentication: [], permissions: [], throttleRates: RATES, ...settings });
  return Object.assign(new throttle(), { settings: holder });
}

class Burst extends UserRateThrottle {
  override readonly scope = 'burst';
}
class Own extends UserRateThrottle {
  override readonly rate = '7/10s';
}
class Nameless extends SimpleRateThrottle {
  override readonly rate = '1/h';
  override async getCacheKey(request: RestRequest, scope: string): Promise<string | null> {
    return request.user ? `${scope}!` : null;
  }
}
class Empty extends SimpleRateThrottle {
  override getCacheKey() {
    return '';
  }
}

describe('the ready throttles', () => {
  it.each([
    ['AnonRateThrottle, a client', AnonRateThrottle, requestOf(), [['throttle_anon_192.0.2.1_60', 3, 60, 'anon']]],
    ['AnonRateThrottle, a user', AnonRateThrottle, requestOf(1), []],
    ['AnonRateThrottle, an IPv6 network', AnonRateThrottle, requestOf(null, {}, '2001:db8::5'), [['throttle_anon_2001:db8::/64_60', 3, 60, 'anon']]],
    [
      'UserRateThrottle, a user',
      UserRateThrottle,
      requestOf(7),
      [
        ['throttle_user_user-7_1', 5, 1, 'user-1'],
        ['throttle_user_user-7_86400', 100, 86_400, 'user-86400'],
      ],
    ],
    ['UserRateThrottle, a client', Own, requestOf(), [['throttle_user_192.0.2.1_10', 7, 10, 'user']]],
    ['UserRateThrottle, a user whose key is an address', Own, requestOf('192.0.2.1'), [['throttle_user_user-192.0.2.1_10', 7, 10, 'user']]],
    ['ScopedRateThrottle, no scope', ScopedRateThrottle, requestOf(7), []],
    [
      'ScopedRateThrottle, a user',
      ScopedRateThrottle,
      requestOf(7, { throttleScope: 'uploads' }),
      [['throttle_uploads_user-7_60', 2, 60, 'uploads']],
    ],
    [
      'ScopedRateThrottle, a client',
      ScopedRateThrottle,
      requestOf(null, { throttleScope: 'uploads' }),
      [['throttle_uploads_192.0.2.1_60', 2, 60, 'uploads']],
    ],
    ['ScopedRateThrottle, a scope without a limit', ScopedRateThrottle, requestOf(7, { throttleScope: 'free' }), []],
    ['one with a rate and no scope', Nameless, requestOf(7), [['Nameless!_3600', 1, 3600, 'Nameless']]],
    ['one that does not count the request', Nameless, requestOf(), []],
  ])('%s', async (_title, throttle, request, expected) => {
    const rates = await made(throttle as new () => SimpleRateThrottle).getRates(request);
    expect(rates.map(({ key, limit, duration, name }) => [key, limit, duration, name])).toEqual(expected);
  });

  it('find the client as numProxies says', () => {
    const request = requestOf();
    request.raw.headers['x-forwarded-for'] = '203.0.113.7';
    expect(made(AnonRateThrottle).getIdent(request)).toBe('192.0.2.1');
    expect(made(AnonRateThrottle, { numProxies: 1 }).getIdent(request)).toBe('203.0.113.7');
  });

  it.each<[string, ThrottleClass, RegExp]>([
    [
      'a scope without a rate',
      Burst,
      /^Burst: throttleRates has no rate for its scope burst\. Set it, RestModule\.forRoot\(\{ throttleRates: \{ burst: '60\/minute' \} \}\), or null/,
    ],
    ['neither a scope nor a rate', Empty, /^Empty: neither scope nor rate is set\. Set scope .* or rate/],
    [
      'a malformed rate',
      class Wrong extends UserRateThrottle {
        override readonly rate = '5/month';
      },
      /^Wrong\.rate is "5\/month", which is no rate/,
    ],
    [
      'a name that every object has',
      class Tricky extends UserRateThrottle {
        override readonly scope = 'constructor';
      },
      /^Tricky: throttleRates has no rate for its scope constructor/,
    ],
  ])('with %s stop the application at boot', (_what, throttle, message) => {
    const one = made(throttle as new () => SimpleRateThrottle);
    expect(() => one.assertUsable(null)).toThrow(ConfigurationError);
    expect(() => one.assertUsable(null)).toThrow(message);
  });

  it('by scope are asked at boot for the rate of a view’s scope', () => {
    const throttle = made(ScopedRateThrottle);
    expect(() => throttle.assertUsable('downloads')).toThrow(/^ScopedRateThrottle: throttleRates has no rate for its scope downloads/);
    throttle.assertUsable('uploads');
    throttle.assertUsable(null);
  });

  it('by scope tell a hand-written controller that it has none', () => {
    const request = requestOf();
    Object.assign(request, { handler: undefined });
    expect(() => made(ScopedRateThrottle).getRates(request)).toThrow(
      /^ScopedRateThrottle: a hand-written controller has no throttleScope\. Extend UserRateThrottle/,
    );
  });
});
