import type { RestRequest } from '../requests/rest-request.js';
import { throttleKey } from './rate.js';
import { SimpleRateThrottle } from './simple-rate-throttle.js';

/** Limits each user, wherever it asks from, and clients that are not signed in by their addresses (THR-7). */
export class UserRateThrottle extends SimpleRateThrottle {
  override readonly scope: string = 'user';

  override getCacheKey(request: RestRequest, scope: string): string {
    // An address is never taken for a user's key, nor the other way round.
    return throttleKey(scope, request.user ? `user-${request.user.id}` : this.getIdent(request));
  }
}
