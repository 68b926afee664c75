import type { Authentication } from '../authentication/authentication.js';
import { NotAuthenticated, PermissionDenied } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { MaybePromise, Permission } from './permission.js';
import { verdictOf, type Verdict } from './verdict.js';

/**
 * Asks each permission about the request: the first that denies decides (PERM-1). No promise where none answers with one.
 *
 * `schemes` are those that the request was authenticated with.
 * @throws NotAuthenticated where there are schemes and none succeeded; the permission's own message is dropped then (VIEW-8).
 * @throws PermissionDenied else.
 */
export function checkPermissions(request: RestRequest, permissions: readonly Permission[], schemes: readonly Authentication[]): MaybePromise<void> {
  return check(request, permissions, schemes, (permission) => permission.hasPermission(request));
}

/**
 * Asks each permission about an object, for a request that `checkPermissions` let pass.
 * @throws NotAuthenticated, PermissionDenied
 */
export function checkObjectPermissions(
  request: RestRequest,
  permissions: readonly Permission[],
  object: unknown,
  schemes: readonly Authentication[],
): MaybePromise<void> {
  return check(request, permissions, schemes, (permission) => permission.hasObjectPermission(request, object));
}

/** The error for a request that a permission denies (VIEW-8). */
export function denial(
  request: RestRequest,
  schemes: readonly Authentication[],
  message?: string,
  code?: string,
): NotAuthenticated | PermissionDenied {
  return schemes.length > 0 && request.authenticator === null ? new NotAuthenticated() : new PermissionDenied(message, code);
}

function check(
  request: RestRequest,
  permissions: readonly Permission[],
  schemes: readonly Authentication[],
  ask: (permission: Permission) => MaybePromise<Verdict>,
): MaybePromise<void> {
  let asked = 0;
  for (const permission of permissions) {
    asked++;
    const answer = ask(permission);
    if (answer instanceof Promise) {
      const others = permissions.slice(asked);
      return answer.then((found) => {
        if (verdictOf(found) === false) throw denial(request, schemes, permission.message, permission.code);
        return check(request, others, schemes, ask);
      });
    }
    if (verdictOf(answer) === false) throw denial(request, schemes, permission.message, permission.code);
  }
}
