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
 * @throws PermissionDenied else, or what the permission's `denial` says instead of both.
 */
export function checkPermissions(request: RestRequest, permissions: readonly Permission[], schemes: readonly Authentication[]): MaybePromise<void> {
  return check({ request, schemes, ask: (permission) => permission.hasPermission(request) }, permissions);
}

/**
 * Asks each permission about an object, for a request that `checkPermissions` let pass.
 * @throws NotAuthenticated, PermissionDenied, or what the permission's `denial` says.
 */
export function checkObjectPermissions(
  request: RestRequest,
  permissions: readonly Permission[],
  object: unknown,
  schemes: readonly Authentication[],
): MaybePromise<void> {
  return check({ request, schemes, object, ask: (permission) => permission.hasObjectPermission(request, object) }, permissions);
}

interface Question {
  readonly request: RestRequest;
  readonly schemes: readonly Authentication[];
  /** Undefined where the request itself is asked about. */
  readonly object?: unknown;
  ask(permission: Permission): MaybePromise<Verdict>;
}

function check(question: Question, permissions: readonly Permission[]): MaybePromise<void> {
  let asked = 0;
  for (const permission of permissions) {
    asked++;
    const answer = question.ask(permission);
    if (answer instanceof Promise) {
      const others = permissions.slice(asked);
      return answer.then((found) => (verdictOf(found) === false ? refuse(question, permission) : check(question, others)));
    }
    if (verdictOf(answer) === false) return refuse(question, permission);
  }
}

function refuse(question: Question, permission: Permission): MaybePromise<never> {
  const instead = permission.denial(question.request, question.object);
  if (instead instanceof Promise) {
    return instead.then((error) => {
      throw error ?? usualDenial(question, permission);
    });
  }
  throw instead ?? usualDenial(question, permission);
}

/** The view's own word, else the error for a request that a permission denies (VIEW-8). */
function usualDenial({ request, schemes }: Question, { message, code }: Permission): NotAuthenticated | PermissionDenied {
  request.handler?.view?.permissionDenied(request, message, code);
  return schemes.length > 0 && request.authenticator === null ? new NotAuthenticated() : new PermissionDenied(message, code);
}
