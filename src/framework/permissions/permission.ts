import { Inject, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { DefaultAuthentication } from '../authentication/default-authentication.js';
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

export type PermissionClass = new (...args: any[]) => Permission;
