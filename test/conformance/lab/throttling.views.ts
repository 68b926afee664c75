import {
  AnonRateThrottle,
  APIView,
  ScopedRateThrottle,
  UserRateThrottle,
  View,
  type RestOptions,
  type ThrottleClass,
  type ViewOptions,
} from 'nest-rest-framework';

export const throttleRates: RestOptions['throttleRates'] = {
  anon: '3/minute',
  user: '5/minute',
  uploads: '2/minute',
  burst: '2/second',
  sustained: '4/minute',
};

class SustainedThrottle extends UserRateThrottle {
  override readonly scope = 'sustained';
}

/** A view that differs from the others by its throttles alone. */
function throttled(name: string, throttles: readonly ThrottleClass[], options: ViewOptions = {}) {
  @View(`throttling/${name}`, { ...options, throttles })
  class ThrottledView extends APIView {
    get() {
      return { ping: 'pong' };
    }

    post() {
      return { ping: 'pong' };
    }
  }
  return ThrottledView;
}

export const THROTTLED_VIEWS = [
  throttled('anon', [AnonRateThrottle]),
  throttled('user', [UserRateThrottle]),
  throttled('scope', [ScopedRateThrottle], { throttleScope: 'uploads' }),
  throttled('sustained-and-user', [SustainedThrottle, UserRateThrottle]),
];
