import type { RestRequest } from '../requests/rest-request.js';
import { throttleKey } from './rate.js';
import { SimpleRateThrottle } from './simple-rate-throttle.js';

/** Limits clients that are not signed in, each by its address (THR-6). */
export class AnonRateThrottle extends SimpleRateThrottle {
  override readonly scope: string = 'anon';

  override getCacheKey(request: RestRequest, scope: string): string | null {
    return request.user ? null : throttleKey(scope, this.getIdent(request));
  }
}
