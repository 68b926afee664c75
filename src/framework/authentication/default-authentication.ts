import type { Authentication } from './authentication.js';

/** The application's authentication schemes, in order: for guards that stand on hand-written controllers, which no view gives schemes. */
export class DefaultAuthentication {
  constructor(readonly schemes: readonly Authentication[]) {}
}
