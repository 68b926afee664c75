import { Inject } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { MaybePromise } from '../permissions/permission.js';
import { clientAddress } from '../requests/client-address.js';
import type { RestRequest } from '../requests/rest-request.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { parseRates, ratesOf, type Rate, type RateLimit, type RateSetting } from './rate.js';
import { Throttle } from './throttle.js';

/**
 * A throttle whose rates stand in `throttleRates` under its scope, or in itself (THR-9). Derive from it and say by `getCacheKey` what is counted together.
 *
 * @example
 * export class BurstThrottle extends UserRateThrottle {
 *   override readonly scope = 'burst';
 * }
 */
export abstract class SimpleRateThrottle extends Throttle {
  /** Its rate, where it does not stand in `throttleRates`. */
  readonly rate?: RateSetting;
  @Inject(RestSettingsHolder)
  protected readonly settings!: RestSettingsHolder;
  readonly #limits = new Map<string, readonly RateLimit[]>();

  /** The key of what is counted together, such as `throttleKey(scope, address)`; null where the request is not counted. */
  abstract getCacheKey(request: RestRequest, scope: string): MaybePromise<string | null>;

  /** The scope of a request, null for none, which lets it pass. Override where it depends on the request. */
  getScope(_request: RestRequest): string | null {
    return this.#ownScope;
  }

  /** Who asks, as an address: an IPv4 address, or the network of an IPv6 one. */
  getIdent(request: RestRequest): string {
    return clientAddress(request, this.settings.settings.numProxies);
  }

  override getRates(request: RestRequest): MaybePromise<readonly Rate[]> {
    const scope = this.getScope(request);
    const limits = scope === null ? [] : this.limitsOf(scope);
    if (scope === null || limits.length === 0) return [];
    const key = this.getCacheKey(request, scope);
    return key instanceof Promise ? key.then((found) => ratesOf(found, scope, limits)) : ratesOf(key, scope, limits);
  }

  override assertUsable(_scope: string | null): void {
    this.limitsOf(this.#ownScope);
  }

  /** The rates of a scope, read once. @throws ConfigurationError where there is none, or one is malformed. */
  protected limitsOf(scope: string): readonly RateLimit[] {
    let limits = this.#limits.get(scope);
    if (!limits) this.#limits.set(scope, (limits = this.#readLimits(scope)));
    return limits;
  }

  #readLimits(scope: string): readonly RateLimit[] {
    const { name } = this.constructor;
    if (this.rate !== undefined) return parseRates(this.rate, `${name}.rate`);
    const { throttleRates } = this.settings.settings;
    if (Object.hasOwn(throttleRates, scope)) return parseRates(throttleRates[scope] as RateSetting, `throttleRates.${scope}`);
    throw new ConfigurationError(
      `${name}: throttleRates has no rate for its scope ${scope}. Set it, RestModule.forRoot({ throttleRates: { ${scope}: '60/minute' } }), or null for no limit.`,
    );
  }

  get #ownScope(): string {
    if (this.scope !== undefined) return this.scope;
    if (this.rate !== undefined) return this.constructor.name;
    throw new ConfigurationError(
      `${this.constructor.name}: neither scope nor rate is set. Set scope to a name in throttleRates, or rate to '60/minute'.`,
    );
  }
}
