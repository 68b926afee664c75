import type { UserPermissions } from '../authorization/user-permissions.js';
import type { Model } from '../models/model.js';
import type { Lookup, LookupAnswer } from '../plan/lookup.js';
import type { Naming } from '../settings/naming.js';
import type { FilterBackend } from './filter-backend.js';
import type { FilterFields } from './filter-paths.js';

/** What a filter backend is made with, once for each viewset: the view's declarations. */
export interface FilterContext {
  /** The viewset's class name, for messages. */
  readonly owner: string;
  readonly model: Model;
  /** A filter set, or the fields of one: `['country']`, `{ returnedAt: ['isnull'] }`. */
  readonly filters?: FilterDeclaration;
  /** `['title', '^isbn', 'author__name']` */
  readonly searchFields?: readonly string[];
  /** What a client may order by, resolved: the declared names, or those of the serializer's fields. */
  readonly orderingFields?: readonly OrderingField[];
  readonly naming: Naming;
  readonly settings: {
    readonly searchParam: string;
    readonly orderingParam: string;
  };
  /** What users may do, for backends that narrow rows by it. */
  readonly userPermissions: UserPermissions;
  /** Answers all of a request's questions in one statement. */
  readonly lookups: (lookups: readonly Lookup[]) => Promise<readonly LookupAnswer[]>;
}

export interface OrderingField {
  /** The name on the wire, without a sign. */
  readonly name: string;
  /** The key in `orderBy`'s language: `author__name`, `books__count`. */
  readonly key: string;
}

/** A class that extends what `FilterSet` answers. */
export interface FilterSetClass<M extends Model = Model> {
  new (): object;
  readonly model: M;
  readonly fields: Readonly<Record<string, readonly string[] | undefined>>;
}

export type FilterDeclaration<M extends Model = Model> = FilterSetClass<M> | FilterFields<M>;
export type FilterBackendClass = new (view: FilterContext) => FilterBackend;
