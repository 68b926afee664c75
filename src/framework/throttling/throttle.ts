import { Inject, type CanActivate, type ExecutionContext, type OnModuleInit } from '@nestjs/common';
import type { RestRequest } from '../requests/rest-request.js';
import type { MaybePromise } from '../permissions/permission.js';
import type { Rate } from './rate.js';
import type { StorageFailure } from './throttle-counter.js';
import { Throttling } from './throttling.js';

/** What a throttle says by itself: whether it lets a request pass, and if not, in how many seconds it would; null where it cannot know. */
export type ThrottleVerdict = boolean | { readonly wait: number | null };

/**
 * How often a client may ask (THR-9): asked after the permissions, and before the method is looked up.
 *
 * Derive from it and override `getRates`, which names what is counted; or `allowRequest`, which decides by itself. Keep nothing of a request in it. It works
 * in the `throttles` of a view, and alone with `@UseGuards(AnonRateThrottle)` on a hand-written controller.
 */
export abstract class Throttle implements CanActivate, OnModuleInit {
  /** Whether it is asked before the client is authenticated: `request.user` is null then, and wrong credentials are counted too. */
  readonly beforeAuthentication: boolean = false;
  /** What becomes of a request while the storage is away. `refuse` is for what keeps secrets from being guessed. */
  readonly whenStorageFails: StorageFailure = 'local';
  /** Its name: in `throttleRates`, and in `@SkipThrottle({ name: true })` of `@nestjs/throttler`. */
  readonly scope?: string;
  @Inject(Throttling)
  protected readonly throttling!: Throttling;

  /** The rates that count the request, each with its key: all in one step of the storage. None lets it pass uncounted. */
  getRates(_request: RestRequest): MaybePromise<readonly Rate[]> {
    return [];
  }

  /** Whether the request may pass, beside what the rates say. Called once for each request. */
  allowRequest(_request: RestRequest): MaybePromise<ThrottleVerdict> {
    return true;
  }

  /**
   * Called at boot for each place that it stands in: `scope` is the view's `throttleScope`. Override where something may be missing.
   * @throws ConfigurationError
   */
  assertUsable(_scope: string | null): void {}

  onModuleInit(): void {
    this.assertUsable(null);
  }

  /**
   * The throttle as a guard of Nest.
   * @throws Throttled
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    return this.throttling.guard(context, [this]);
  }
}

export type ThrottleClass = new (...args: any[]) => Throttle;
