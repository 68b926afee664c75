import type { Model, RelatedModel, RelationsOf, RowOf } from '../models/model.js';

/** A scalar that a filter compares with: parsed, of the column's type. */
export type Comparable = string | number | bigint | boolean | object | null;

export interface ScalarFilter<T> {
  readonly equals?: T | null;
  readonly not?: T | ScalarFilter<T> | null;
  readonly in?: readonly T[];
  readonly lt?: T;
  readonly lte?: T;
  readonly gt?: T;
  readonly gte?: T;
  /** Text alone; `%` and `_` mean themselves. */
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly mode?: 'insensitive';
}

type RelationFilter<R> = R extends readonly unknown[]
  ? { readonly some?: Where<RelatedModel<R>>; readonly none?: Where<RelatedModel<R>>; readonly every?: Where<RelatedModel<R>> }
  : Where<RelatedModel<R>> | { readonly is?: Where<RelatedModel<R>> | null; readonly isNot?: Where<RelatedModel<R>> | null } | null;

/**
 * The condition on a model's rows, in a checked subset of Prisma's grammar: the public language of filters and scopes.
 *
 * @example
 * const mine: Where<BookModel> = { favouritedBy: { some: { id: 3 } }, NOT: { language: 'en' } };
 */
export type Where<M extends Model = Model> = {
  readonly AND?: readonly Where<M>[];
  readonly OR?: readonly Where<M>[];
  readonly NOT?: Where<M>;
} & { readonly [K in keyof RowOf<M>]?: RowOf<M>[K] | ScalarFilter<NonNullable<RowOf<M>[K]>> } & {
  readonly [K in keyof RelationsOf<M>]?: RelationFilter<NonNullable<RelationsOf<M>[K]>>;
};
