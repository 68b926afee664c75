import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import { UserRateThrottle } from './user-rate-throttle.js';

/** Limits the views and actions that have a `throttleScope`, all of one scope together (THR-8). Those without one pass. */
export class ScopedRateThrottle extends UserRateThrottle {
  override readonly scope = '';

  override getScope(request: RestRequest): string | null {
    if (request.handler) return request.handler.throttleScope;
    throw new ConfigurationError(
      `${this.constructor.name}: a hand-written controller has no throttleScope. Extend UserRateThrottle, and set its scope to a name in throttleRates.`,
    );
  }

  override assertUsable(scope: string | null): void {
    if (scope !== null) this.limitsOf(scope);
  }
}
