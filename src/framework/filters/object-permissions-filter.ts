import { codenameOf } from '../authorization/known-permissions.js';
import type { Where } from '../plan/where.js';
import type { QuerySet } from '../plan/query-set.js';
import type { RestRequest } from '../requests/rest-request.js';
import { sampleValue } from '../sources/sample-value.js';
import { FilterBackend, type FilterParameter, type FilterRead } from './filter-backend.js';
import type { FilterContext } from './filter-context.js';

/**
 * Leaves the rows that the user has a permission for: djangorestframework-guardian's ObjectPermissionsFilter. Put it first among the `filterBackends`.
 *
 * Where `AuthObjectPermission` has a foreign key of the model's, it is part of the statement that reads the rows. Else the keys are read before them, in
 * one statement more.
 */
export class ObjectPermissionsFilter extends FilterBackend {
  /** The permission's template. */
  readonly perm: string = 'view_{model}';
  /** Whether who has the permission for the model sees every row. */
  readonly acceptGlobalPerms: boolean = false;
  /** The most keys that are read for a user, where there is no foreign key. */
  readonly maxObjects: number = 10_000;
  readonly #view: FilterContext;

  constructor(view: FilterContext) {
    super();
    this.#view = view;
  }

  async filterQueryset(request: RestRequest, queryset: QuerySet): Promise<QuerySet> {
    const { acceptGlobalPerms, maxObjects } = this;
    const { model, userPermissions } = this.#view;
    const checker = userPermissions.of(request);
    return queryset.filter(await checker.objectsWith(model, codenameOf(this.perm, model), { acceptGlobalPerms, maxObjects }));
  }

  parameters(): readonly FilterParameter[] {
    return [];
  }

  /** @throws ConfigurationError for a permission that the model lacks, and where the schema lacks the tables. */
  override reads(): readonly FilterRead[] {
    const { owner, model, userPermissions } = this.#view;
    const asker = `${owner}: ${this.constructor.name}.perm`;
    userPermissions.assertReady();
    userPermissions.known.get(codenameOf(this.perm, model), asker);
    const [key] = model.primaryKey as [string];
    return [{ asker, where: { [key]: { in: [sampleValue(model.fields[key]!)] } } as Where }];
  }
}
