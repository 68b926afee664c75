import type { Throttle } from './throttle.js';

/** What `@SkipThrottle()` of `@nestjs/throttler` writes its metadata under, followed by a throttle's name: it exports the decorator alone. */
const SKIP = 'THROTTLER:SKIP';
/** Its name for a throttle without one. */
const DEFAULT = 'default';

/**
 * Whether `@SkipThrottle()` takes a throttle away from a handler: by its scope, else all of them. What a method says goes before what its class says.
 */
export function isSkipped(throttle: Throttle, scope: string | null, handler: object, view: object): boolean {
  const said = (name: string): unknown => Reflect.getMetadata(SKIP + name, handler) ?? Reflect.getMetadata(SKIP + name, view);
  return (said(throttle.scope || (scope ?? DEFAULT)) ?? said(DEFAULT)) === true;
}
