import { Inject, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { DefaultAuthentication } from '../authentication/default-authentication.js';
import type { APIException } from '../exceptions/api-exception.js';
import type { Model } from '../models/model.js';
import { RestRequest } from '../requests/rest-request.js';
import { checkPermissions } from './check-permissions.js';
import type { Verdict } from './verdict.js';

export type MaybePromise<T> = T | Promise<T>;

/**
 * Who may do what: asked before a handler runs, and again with each object that a handler fetches (PERM-1).
 *
 * Derive from it and override one of the two methods or both. A verdict is `true`, `false`, or `undefined` for no opinion, which denies nothing:
 * write `request.user?.isStaff === true`, not `request.user?.isStaff`. Whatever else an untyped method answers, `null` or `1`, denies.
 * It works in the `permissions` of a view, and alone with `@UseGuards(IsAuthenticated)` on a hand-written controller.
 */
export abstract class Permission implements CanActivate {
  /** The text of the 403 where this permission denies; the default one where it is not set. */
  readonly message?: string;
  readonly code?: string;
  /** The schemes of the application: who the client is where the permission stands alone, as a guard. */
  @Inject(DefaultAuthentication)
  protected readonly defaultAuthentication?: DefaultAuthentication;

  /** Whether the request may go on. */
  hasPermission(_request: RestRequest): MaybePromise<Verdict> {
    return undefined;
  }

  /** Whether it may go on with this object. Never asked for lists and creates (PERM-7). */
  hasObjectPermission(_request: RestRequest, _object: unknown): MaybePromise<Verdict> {
    return undefined;
  }

  /**
   * The error of a denial where it is another than the usual 401 or 403, such as a 404 that hides an object. Asked after this permission has denied: of an
   * object, where it denied one. Override for an error of your own; undefined is the usual one.
   */
  denial(_request: RestRequest, _object?: unknown): MaybePromise<APIException | undefined> {
    return undefined;
  }

  /**
   * Called with all objects of a bulk write, before `hasObjectPermission` is asked about each. Override to read what it needs of them at once, so that the
   * number of statements does not grow with them.
   */
  prefetch(_request: RestRequest, _objects: readonly object[]): MaybePromise<void> {}

  /**
   * Called at boot for each view whose permissions it is among.
   * @throws ConfigurationError where it cannot decide there.
   */
  assertUsable(_view: PermissionContext): void {}

  /**
   * The permission as a guard of Nest: finds the user unless somebody has, then asks `hasPermission`.
   * @throws AuthenticationFailed, NotAuthenticated, PermissionDenied
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = RestRequest.of(context.switchToHttp().getRequest());
    const schemes = request.handler?.authentication ?? this.defaultAuthentication?.schemes ?? [];
    await request.authenticate(schemes);
    await checkPermissions(request, [this], schemes);
    return true;
  }
}

/** What a permission is told at boot of a view. */
export interface PermissionContext {
  /** The view's class name, for messages. */
  readonly owner: string;
  /** The model of its rows; undefined for a view without one. */
  readonly model: Model | undefined;
  /** The names of its actions: `list`, `borrow`; of a plain view the methods that it answers, `get`. */
  readonly actions: readonly string[];
  /** Whether it has no rows to be asked about: the root of the API. */
  readonly ignoresModelPermissions: boolean;
}

export type PermissionClass = new (...args: any[]) => Permission;
