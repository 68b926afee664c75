import { MethodNotAllowed, NotAuthenticated, PermissionDenied, Throttled } from '../exceptions/exceptions.js';
import type { PermissionLike } from '../permissions/permission-expression.js';
import type { Permission } from '../permissions/permission.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { Throttle, ThrottleClass } from '../throttling/throttle.js';

/**
 * The base of every view (VIEW-1): what the pipeline asks of it, each a hook to override.
 *
 * DRF's plain `ViewSet` is `@ViewSet` on a class that extends this one; its `APIView` is `@View` on one.
 */
export abstract class APIView {
  /** Whether `ModelPermissions` lets whoever is signed in pass, for the view has no rows: the root of an API. Default: false. */
  readonly ignoresModelPermissions: boolean = false;

  /**
   * The permissions of a request. Override where they depend on more than the action, which `@ViewSet`'s `actions` can say as well.
   */
  getPermissions(request: RestRequest): readonly (Permission | PermissionLike)[] {
    return request.handler?.permissions ?? [];
  }

  /**
   * The throttles of a request. Override where they depend on more than the action. Asked after the permissions: those that the view declares to be asked
   * before authentication have been asked by then.
   */
  getThrottles(request: RestRequest): readonly (Throttle | ThrottleClass)[] {
    return request.handler?.throttles ?? [];
  }

  /** What OPTIONS answers. Override to describe the view otherwise than its metadata class does. */
  async options(request: RestRequest): Promise<unknown> {
    const metadata = request.handler?.metadata;
    if (!metadata) throw new MethodNotAllowed('OPTIONS');
    return metadata.determineMetadata(request);
  }

  /** What of a handler's answer is rendered. Override to wrap every answer of the view. */
  finalizeData(_request: RestRequest, data: unknown): unknown {
    return data;
  }

  /** Refuses a request that comes too often; `wait` is in seconds, undefined where nobody knows. Override for another message. */
  throttled(_request: RestRequest, wait?: number): never {
    throw new Throttled(wait);
  }

  /** Refuses a request: as one without credentials where the view has schemes and none succeeded, else as one that may not (VIEW-8). */
  permissionDenied(request: RestRequest, message?: string, code?: string): never {
    if (request.handler?.authentication.length && !request.authenticator) throw new NotAuthenticated();
    throw new PermissionDenied(message, code);
  }
}
