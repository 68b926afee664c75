import { Inject, Injectable } from '@nestjs/common';
import type { Model } from '../models/model.js';
import type { RequestUser } from '../requests/request-user.js';
import type { RestRequest } from '../requests/rest-request.js';
import { KnownPermissions } from './known-permissions.js';
import { PermissionChecker } from './permission-checker.js';
import { PermissionReader } from './permission-reader.js';

/**
 * What users may do, by the permissions that they and their groups have: Django's `user.has_perm`.
 *
 * @example
 * @Injectable()
 * class Desk {
 *   constructor(private readonly userPermissions: UserPermissions) {}
 *
 *   mayLend(request: RestRequest, book: Book) {
 *     return this.userPermissions.of(request).hasPerm('change_book', book);
 *   }
 * }
 */
@Injectable()
export class UserPermissions {
  readonly #checkers = new WeakMap<RestRequest, PermissionChecker>();

  constructor(
    @Inject(PermissionReader) private readonly reader: PermissionReader,
    @Inject(KnownPermissions) readonly known: KnownPermissions,
  ) {}

  /** What the user of a request may: each thing is read once for the request, whoever asks. */
  of(request: RestRequest): PermissionChecker {
    const kept = this.#checkers.get(request);
    if (kept && kept.user === request.user) return kept;
    const checker = this.for(request.user);
    this.#checkers.set(request, checker);
    return checker;
  }

  /** What a user may, read anew. */
  for(user: RequestUser | null): PermissionChecker {
    return new PermissionChecker(user, this.reader, this.known);
  }

  /** Whether a user has a permission for a model: `hasPerm(user, 'add_book')`; or for an object. */
  hasPerm(user: RequestUser | null, perm: string, object?: object): Promise<boolean> {
    return this.for(user).hasPerm(perm, object);
  }

  hasPerms(user: RequestUser | null, perms: readonly string[], object?: object): Promise<boolean> {
    return this.for(user).hasPerms(perms, object);
  }

  getAllPermissions(user: RequestUser | null, object?: object, model?: Model): Promise<ReadonlySet<string>> {
    return this.for(user).getAllPermissions(object, model);
  }

  /** @throws ConfigurationError where the schema lacks the tables: asked at boot by whatever needs them. */
  assertReady(): void {
    void this.reader.models;
  }

  /** Whether the application says who is a superuser: the mapping of its user model has an `isSuperuserField`. */
  get knowsSuperusers(): boolean {
    return this.reader.models.users.isSuperuserField !== null;
  }
}
