import type { Field } from '../../fields/field.js';
import type { KeyOf, Model, RelatedModel, RelationsOf, RowOf, TraitsOf, UploadOf } from '../../models/model.js';

/** How related rows are shown: by their keys, or by their addresses, the row's own among them. */
export type Style = 'key' | 'url';

/** The fields that a model's serializer has, by its options: their types in and out. */
export type ModelFields<M extends Model, O, S extends Style> = { [K in ChosenName<M, O, S>]: FieldAt<M, O, S, K> } & OwnAddress<S>;

type OwnName<S extends Style> = S extends 'url' ? 'url' : never;
type OwnAddress<S extends Style> = S extends 'url' ? { url: Field<string, never, true> } : {};

/** What `fields: 'all'` stands for: the row's own address takes the place of its key. */
export type DefaultName<M extends Model, S extends Style> = S extends 'url' ? Exclude<TraitsOf<M>['all'], TraitsOf<M>['id']> : TraitsOf<M>['all'];

/** What `fields` names, or all but what `exclude` does. */
export type ChosenName<M extends Model, O, S extends Style> = O extends { readonly fields: readonly (infer Name extends string)[] }
  ? Exclude<Name, OwnName<S>>
  : O extends { readonly exclude: readonly (infer Name extends string)[] }
    ? Exclude<DefaultName<M, S>, Name>
    : DefaultName<M, S>;

type FieldAt<M extends Model, O, S extends Style, K> = K extends keyof RelationsOf<M>
  ? DepthOf<O> extends 0
    ? FieldOf<M, O, K, S extends 'url' ? AddressOf<RelationsOf<M>[K]> : KeysOf<RelationsOf<M>[K]>>
    : Field<NestedRows<RelationsOf<M>[K], S, Less<DepthOf<O>>>, never, true>
  : FieldOf<M, O, K, ValueOf<M, K>>;

type FieldOf<M extends Model, O, K, Shown> = Field<
  IsWriteOnly<M, K, ExtraOf<O, K>> extends true ? never : Shown | NullBy<ExtraOf<O, K>>,
  IsReadOnly<M, O, K, ExtraOf<O, K>> extends true ? never : WrittenValue<InputOf<M, K>, ExtraOf<O, K>>,
  IsOptional<M, K, ExtraOf<O, K>>
>;

/** The value in validated data: a column's, a relation's key or keys. */
type ValueOf<M extends Model, K> = K extends keyof RowOf<M> ? RowOf<M>[K] : K extends keyof RelationsOf<M> ? KeysOf<RelationsOf<M>[K]> : never;
/** Of a file it is what was uploaded, not the name that the column holds. */
type InputOf<M extends Model, K> = [UploadOf<M, K>] extends [never] ? ValueOf<M, K> : UploadOf<M, K> | Extract<ValueOf<M, K>, null>;
type WrittenValue<V, X> = X extends { readonly allowNull: false } ? NonNullable<V> : V | NullBy<X>;
type KeysOf<R> = R extends readonly unknown[] ? KeyOf<RelatedModel<R>>[] : R extends null ? null : KeyOf<RelatedModel<R>>;
type AddressOf<R> = R extends readonly unknown[] ? string[] : R extends null ? null : string;

type ExtraOf<O, K> = O extends { readonly extra: { readonly [Name in K & string]: infer X } } ? X : {};
type NullBy<X> = X extends { readonly allowNull: true } ? null : never;
type IsReadOnly<M extends Model, O, K, X> = O extends { readonly readOnly: readonly (infer Name)[] }
  ? K extends Name
    ? true
    : IsReadOnlyBy<M, K, X>
  : IsReadOnlyBy<M, K, X>;
type IsReadOnlyBy<M extends Model, K, X> = X extends { readonly readOnly: infer Said }
  ? Said
  : X extends { readonly writeOnly: true }
    ? false
    : K extends TraitsOf<M>['readOnly']
      ? true
      : false;
type IsWriteOnly<M extends Model, K, X> = X extends { readonly writeOnly: infer Said }
  ? Said
  : X extends { readonly readOnly: true }
    ? false
    : K extends TraitsOf<M>['hidden']
      ? true
      : false;
type IsOptional<M extends Model, K, X> = X extends { readonly required: infer Said }
  ? Said extends true
    ? false
    : true
  : X extends { readonly default: {} | null }
    ? true
    : K extends TraitsOf<M>['optional']
      ? true
      : false;

type DepthOf<O> = O extends { readonly depth: infer D extends number } ? D : 0;
type Less<D> = D extends number ? [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9][D] : 0;
type NestedRows<R, S extends Style, D> = R extends readonly unknown[]
  ? NestedRow<RelatedModel<R>, S, D>[]
  : R extends null
    ? null
    : NestedRow<RelatedModel<R>, S, D>;
/** A related row with all its fields; its own relations are nested as deep as is left. */
type NestedRow<M extends Model, S extends Style, D> = {
  [K in DefaultName<M, S> | OwnName<S>]: K extends keyof RelationsOf<M>
    ? D extends 0
      ? S extends 'url'
        ? AddressOf<RelationsOf<M>[K]>
        : KeysOf<RelationsOf<M>[K]>
      : NestedRows<RelationsOf<M>[K], S, Less<D>>
    : K extends keyof RowOf<M>
      ? RowOf<M>[K]
      : string;
};
