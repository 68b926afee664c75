import type { APIException } from '../exceptions/api-exception.js';
import { NotFound } from '../exceptions/exceptions.js';
import { noMatch } from '../exceptions/no-match.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Permission, type MaybePromise, type PermissionContext } from './permission.js';
import type { PermissionOperator } from './permission-expression.js';
import { verdictOf, type Verdict } from './verdict.js';

/**
 * A composition of permissions, made at boot.
 *
 * The verdicts make a three-valued logic: "no opinion" is a question still open, which an object may settle.
 * So `or(IsAdminUser, IsOwner)` lets a user who is no admin through to the object, and there the owner alone passes.
 * The messages of the parts are lost, as in DRF.
 */
export class ComposedPermission extends Permission {
  constructor(
    readonly operator: PermissionOperator,
    readonly parts: readonly Permission[],
  ) {
    super();
  }

  override hasPermission(request: RestRequest): MaybePromise<Verdict> {
    return this.#compose((part) => part.hasPermission(request));
  }

  /** The combined verdict on the object: the parts are asked about the request too, for one that denies it denies every object. */
  override hasObjectPermission(request: RestRequest, object: unknown): MaybePromise<Verdict> {
    return this.#compose((part) => combinedVerdict(part, request, object));
  }

  /** Of `and` the error of the first part that denies, of `or` the first that any of its parts has: what one of them hides stays hidden. */
  override async denial(request: RestRequest, object?: unknown): Promise<APIException | undefined> {
    if (this.operator === 'not') return undefined;
    if (this.operator === 'or404') return notFound(request, object);
    for (const part of this.parts) {
      if (this.operator === 'and' && !(await denies(part, request, object))) continue;
      const error = await part.denial(request, object);
      if (error || this.operator === 'and') return error;
    }
    return undefined;
  }

  override async prefetch(request: RestRequest, objects: readonly object[]): Promise<void> {
    for (const part of this.parts) await part.prefetch(request, objects);
  }

  override assertUsable(view: PermissionContext): void {
    for (const part of this.parts) part.assertUsable(view);
  }

  #compose(ask: (part: Permission) => MaybePromise<Verdict>): MaybePromise<Verdict> {
    const verdict = decide(this.parts, this.operator === 'or', ask);
    if (this.operator !== 'not') return verdict;
    return verdict instanceof Promise ? verdict.then(negate) : negate(verdict);
  }
}

/** The same as for an object that is not there. A client who could sign in is told so, where there is no object whose existence that would tell. */
function notFound(request: RestRequest, object: unknown): APIException | undefined {
  if (object === undefined) return request.user === null ? undefined : new NotFound();
  const model = request.handler?.model;
  return model ? noMatch(model) : new NotFound();
}

async function denies(part: Permission, request: RestRequest, object: unknown): Promise<boolean> {
  return verdictOf(await (object === undefined ? part.hasPermission(request) : combinedVerdict(part, request, object))) === false;
}

/** What a permission says of a request and an object together: the object's verdict, or the request's where the object's is open; a denied request denies. */
export function combinedVerdict(permission: Permission, request: RestRequest, object: unknown): MaybePromise<Verdict> {
  if (permission instanceof ComposedPermission) return permission.hasObjectPermission(request, object);
  const ofRequest = permission.hasPermission(request);
  return ofRequest instanceof Promise
    ? ofRequest.then((found) => combine(found, permission, request, object))
    : combine(ofRequest, permission, request, object);
}

function combine(answer: Verdict, permission: Permission, request: RestRequest, object: unknown): MaybePromise<Verdict> {
  const ofRequest = verdictOf(answer);
  if (ofRequest === false) return false;
  const ofObject = permission.hasObjectPermission(request, object);
  return ofObject instanceof Promise
    ? ofObject.then((found) => (found === undefined ? ofRequest : found))
    : ofObject === undefined
      ? ofRequest
      : ofObject;
}

/** Asks in order until one says the decisive word: `true` for `or`, `false` for `and`. Promises only where a part answers with one. */
function decide(
  parts: readonly Permission[],
  decisive: boolean,
  ask: (part: Permission) => MaybePromise<Verdict>,
  wasOpen = false,
): MaybePromise<Verdict> {
  let asked = 0;
  let open = wasOpen;
  for (const part of parts) {
    asked++;
    const answer = ask(part);
    if (answer instanceof Promise) {
      const [others, stillOpen] = [parts.slice(asked), open];
      return answer.then((found) => {
        const verdict = verdictOf(found);
        return verdict === decisive ? decisive : decide(others, decisive, ask, stillOpen || verdict === undefined);
      });
    }
    const verdict = verdictOf(answer);
    if (verdict === decisive) return decisive;
    if (verdict === undefined) open = true;
  }
  return open ? undefined : !decisive;
}

function negate(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}
