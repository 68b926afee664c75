import type { APIException } from '../exceptions/api-exception.js';
import { noMatch } from '../exceptions/no-match.js';
import type { Model } from '../models/model.js';
import type { RestRequest } from '../requests/rest-request.js';
import { ModelPermissions } from './model-permissions.js';
import type { MaybePromise } from './permission.js';
import type { Verdict } from './verdict.js';

/**
 * Who has the permissions for the model, and for the very object too: DRF's DjangoObjectPermissions with django-guardian (PERM-5).
 *
 * A client that may not read an object is answered as if it were not there; one that may, and not change it, gets a 403. With the map as it is everybody
 * may read; narrow lists with `ObjectPermissionsFilter`. It composes: `or(IsOwner, ObjectPermissions)` lets owners pass, where DRF's raises its 404.
 *
 * @example
 * class StrictObjectPermissions extends ObjectPermissions {
 *   override readonly permsMap = { ...ModelPermissions.permsMap, GET: ['view_{model}'] };
 * }
 */
export class ObjectPermissions extends ModelPermissions {
  /** The permissions for the object that a method needs. Override where they are others than those for the model. */
  getRequiredObjectPermissions(method: string, model: Model): readonly string[] | undefined {
    return this.getRequiredPermissions(method, model);
  }

  override hasObjectPermission(request: RestRequest, object: unknown): MaybePromise<Verdict> {
    const perms = this.getRequiredObjectPermissions(request.method, this.modelFor(request));
    if (!perms || perms.length === 0) return perms !== undefined;
    return this.userPermissions.of(request).hasPerms(perms, object as object);
  }

  override denial(request: RestRequest, object?: unknown): MaybePromise<APIException | undefined> {
    return object === undefined ? super.denial(request) : this.#hidden(request, object as object);
  }

  override prefetch(request: RestRequest, objects: readonly object[]): Promise<void> {
    return this.userPermissions.of(request).prefetch(objects, this.modelFor(request));
  }

  async #hidden(request: RestRequest, object: object): Promise<APIException | undefined> {
    const model = this.modelFor(request);
    const reading = this.getRequiredObjectPermissions('GET', model);
    const mayRead = !request.isSafe && reading !== undefined && (await this.userPermissions.of(request).hasPerms(reading, object));
    return mayRead ? undefined : noMatch(model);
  }
}
