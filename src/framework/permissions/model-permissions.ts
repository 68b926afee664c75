import { Inject } from '@nestjs/common';
import { codenameOf } from '../authorization/known-permissions.js';
import { UserPermissions } from '../authorization/user-permissions.js';
import type { APIException } from '../exceptions/api-exception.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { MethodNotAllowed } from '../exceptions/exceptions.js';
import type { Model } from '../models/model.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Permission, type MaybePromise, type PermissionClass, type PermissionContext } from './permission.js';
import type { Verdict } from './verdict.js';

/** Templates of the permissions that a method needs: `add_{model}` is `add_book` for books. */
export type PermsMap = Readonly<Record<string, readonly string[]>>;

/**
 * Who has the permissions for the view's model that the method needs, given to users and groups in the database: DRF's DjangoModelPermissions (PERM-3).
 * Whoever is signed in may read. A method that the map lacks is a 405.
 *
 * @example
 * class StrictModelPermissions extends ModelPermissions {
 *   override readonly permsMap = { ...ModelPermissions.permsMap, GET: ['view_{model}'] };
 * }
 */
export class ModelPermissions extends Permission {
  /** DRF's `perms_map`. A HEAD needs what a GET needs. */
  static readonly permsMap: PermsMap = Object.freeze({
    GET: [],
    OPTIONS: [],
    POST: ['add_{model}'],
    PUT: ['change_{model}'],
    PATCH: ['change_{model}'],
    DELETE: ['delete_{model}'],
  });

  /** Override to ask for others, or to leave methods out. */
  readonly permsMap: PermsMap = ModelPermissions.permsMap;
  /** Whether an anonymous client is denied before any permission is looked at. */
  readonly authenticatedUsersOnly: boolean = true;
  /** The model, where it is not that of the view. */
  readonly model: Model | undefined = undefined;
  @Inject(UserPermissions) protected readonly userPermissions!: UserPermissions;

  /** For another model than the view's, or none: `@UseGuards(ModelPermissions.of(models.book))` on a hand-written controller. */
  static of(model: Model): PermissionClass {
    class OfModel extends this {
      override readonly model = model;
    }
    return Object.defineProperty(OfModel, 'name', { value: `${this.name}.of(${model.name})` });
  }

  /** The permissions that a request of a method needs; undefined for a method that there is none for. Override where the map cannot say it. */
  getRequiredPermissions(method: string, model: Model): readonly string[] | undefined {
    const at = method === 'HEAD' ? 'GET' : method;
    return Object.hasOwn(this.permsMap, at) ? this.permsMap[at]!.map((template) => codenameOf(template, model)) : undefined;
  }

  override hasPermission(request: RestRequest): MaybePromise<Verdict> {
    if (request.user === null && this.authenticatedUsersOnly) return false;
    if (request.handler?.view.ignoresModelPermissions) return true;
    const perms = this.getRequiredPermissions(request.method, this.modelFor(request));
    if (!perms || perms.length === 0) return perms !== undefined;
    return this.userPermissions.of(request).hasPerms(perms);
  }

  override denial(request: RestRequest, object?: unknown): MaybePromise<APIException | undefined> {
    if (object !== undefined || (request.user === null && this.authenticatedUsersOnly)) return undefined;
    return this.getRequiredPermissions(request.method, this.modelFor(request)) ? undefined : new MethodNotAllowed(request.method);
  }

  override assertUsable({ owner, model, ignoresModelPermissions }: PermissionContext): void {
    if (ignoresModelPermissions) return;
    const decided = this.model ?? model;
    if (!decided) throw new ConfigurationError(this.#without(owner));
    this.userPermissions.assertReady();
    for (const [method, templates] of Object.entries(this.permsMap)) {
      for (const template of templates)
        this.userPermissions.known.get(codenameOf(template, decided), `${owner}: ${this.constructor.name}.permsMap.${method}`);
    }
  }

  /** The model whose permissions count. @throws ConfigurationError for a hand-written controller's, where none is named. */
  protected modelFor(request: RestRequest): Model {
    const model = this.model ?? request.handler?.model;
    if (!model) throw new ConfigurationError(this.#without('a hand-written controller'));
    return model;
  }

  #without(owner: string): string {
    const { name } = this.constructor;
    return `${owner}: ${name} decides by the model of the view, and there is none. Name it in the view's options, { model: models.book }, or use ${name}.of(models.book).`;
  }
}
