import { Inject, Injectable, type CanActivate, type ExecutionContext, type OnModuleInit, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Throttle, ThrottleClass } from './throttle.js';
import { Throttling } from './throttling.js';

/**
 * A guard class of several throttles, for hand-written controllers: they count in one step. A single throttle class needs none: it is a guard itself.
 *
 * @example
 * @UseGuards(throttleGuard(AnonRateThrottle, UserRateThrottle))
 */
export function throttleGuard(...throttles: ThrottleClass[]): Type<CanActivate> {
  @Injectable()
  class ThrottleGuard implements CanActivate, OnModuleInit {
    #throttles?: Promise<readonly Throttle[]>;

    constructor(
      @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
      @Inject(Throttling) private readonly throttling: Throttling,
    ) {}

    async onModuleInit(): Promise<void> {
      for (const throttle of await this.#resolve()) throttle.assertUsable(null);
    }

    async canActivate(context: ExecutionContext): Promise<boolean> {
      return this.throttling.guard(context, await this.#resolve());
    }

    #resolve(): Promise<readonly Throttle[]> {
      return (this.#throttles ??= Promise.all(throttles.map((throttle) => this.moduleRef.create(throttle))));
    }
  }
  return ThrottleGuard;
}
