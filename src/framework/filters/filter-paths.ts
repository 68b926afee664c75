import type { Model, RelatedModel, RelationName, RelationsOf, RowOf, ScalarName } from '../models/model.js';
import type { LookupName, OrderLookup, PeriodLookup, TextLookup } from './lookup-names.js';

type AnyModel<M extends Model> = string extends ScalarName<M> ? true : false;
type Related<M extends Model, R> = R extends RelationName<M> ? RelatedModel<RelationsOf<M>[R]> : never;
type Hops = readonly 0[];
type Hop<H extends Hops> = H extends readonly [0, ...infer Rest extends Hops] ? Rest : never;

/** The paths of a model's fields and relations: `title`, `author`, `author__name`, `author__publisher__name`; two relations deep before the last name. */
export type FilterPath<M extends Model, H extends Hops = readonly [0, 0]> =
  AnyModel<M> extends true
    ? string
    : | ScalarName<M>
      | RelationName<M>
      | (H extends readonly [] ? never : { [R in RelationName<M>]: `${R}__${FilterPath<Related<M, R>, Hop<H>>}` }[RelationName<M>]);

/** The lookups that make sense at the end of a path. */
export type LookupAt<M extends Model, P extends string> =
  AnyModel<M> extends true
    ? string
    : P extends ScalarName<M>
      ? ScalarLookup<NonNullable<RowOf<M>[P]>>
      : P extends RelationName<M>
        ? RelationsOf<M>[P] extends readonly unknown[]
          ? 'exact' | 'isnull'
          : 'exact' | 'in' | 'isnull'
        : P extends `${infer R}__${infer Rest}`
          ? LookupAt<Related<M, R>, Rest>
          : never;

/** By the column's type as its instances have it; JSON and lists can only be asked whether they are null. */
type ScalarLookup<T> = 0 extends 1 & T
  ? LookupName
  : [T] extends [string]
    ? string extends T
      ? TextLookup | OrderLookup | 'isnull'
      : 'exact' | 'in' | 'isnull'
    : [T] extends [boolean]
      ? 'exact' | 'isnull'
      : [T] extends [number | bigint | { toDecimalPlaces(): unknown }]
        ? OrderLookup | 'isnull'
        : [T] extends [{ readonly epochNanoseconds: bigint }]
          ? OrderLookup | PeriodLookup | 'isnull'
          : [T] extends [{ readonly year: number }]
            ? OrderLookup | PeriodLookup<'year'> | 'isnull'
            : [T] extends [{ readonly hour: number }]
              ? OrderLookup | 'isnull'
              : 'isnull';

/** The fields of a filter set: their paths, to compare exactly, or the lookups of each. */
export type FilterFields<M extends Model = Model> = readonly FilterPath<M>[] | LookupsByPath<M>;
export type LookupsByPath<M extends Model> = { readonly [P in FilterPath<M>]?: readonly LookupAt<M, P>[] };
