import type { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { PolicyInstances } from '../settings/policy-instances.js';
import type { RestSettings } from '../settings/settings.js';
import { isSkipped } from '../throttling/skipped-throttles.js';
import type { ThrottleCounter } from '../throttling/throttle-counter.js';
import type { Throttle } from '../throttling/throttle.js';
import { partition } from '../throttling/throttling.js';
import type { Handler } from './handler.js';
import type { RegisteredRoute } from './registered-views.js';

type HandlerThrottles = Pick<Handler, 'throttles' | 'earlyThrottles' | 'lateThrottles' | 'throttleScope' | 'throttleCost' | 'skips'>;

/** What a handler needs to be throttled. @throws ConfigurationError where a rate is missing, or a cost that cannot be counted is set. */
export async function handlerThrottles(
  view: object,
  { metadata, route }: RegisteredRoute,
  settings: RestSettings,
  moduleRef: ModuleRef,
  policies: PolicyInstances,
  counter: ThrottleCounter,
): Promise<HandlerThrottles> {
  const owner = view.constructor.name;
  const throttleScope = route.policies.throttleScope ?? metadata.options.throttleScope ?? null;
  const throttleCost = route.policies.throttleCost ?? metadata.options.throttleCost ?? 1;
  if (typeof throttleCost === 'number' && !(Number.isSafeInteger(throttleCost) && throttleCost > 0))
    throw new ConfigurationError(
      `${owner}: throttleCost is ${throttleCost}. It must be a whole number from 1, or a function of the request that answers one.`,
    );
  if (throttleCost !== 1 && counter.isForeign)
    throw new ConfigurationError(
      `${owner}: throttleCost is set, and the throttleStorage of the application counts requests alone. Use MemoryThrottleStorage, RedisThrottleStorage, or leave throttleCost out.`,
    );
  const method = (view as Record<string, object>)[route.property] as object;
  const skips = (throttle: Throttle) => isSkipped(throttle, throttleScope, method, view.constructor);
  const throttles = (await policies.throttles(settings.throttles, moduleRef)).filter((throttle) => !skips(throttle));
  for (const throttle of throttles) throttle.assertUsable(throttleScope);
  const [earlyThrottles, lateThrottles] = partition(throttles);
  return { throttles, earlyThrottles, lateThrottles, throttleScope, throttleCost, skips };
}
