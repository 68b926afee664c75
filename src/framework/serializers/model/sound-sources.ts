import type { Model, RelatedModel, RelationName, RelationsOf, ScalarName } from '../../models/model.js';
import type { SerializerClass } from '../serializer.js';
import type { MODEL } from '../model-serializer.js';

/** Whether a source leads to a column or a relation of a model: by name, or down a path of relations. */
type Leads<M extends Model, Source extends string> = Source extends '*'
  ? true
  : Source extends `${infer Relation}.${infer Rest}`
    ? Relation extends RelationName<M>
      ? Leads<RelatedModel<NonNullable<RelationsOf<M>[Relation & keyof RelationsOf<M>]>>, Rest>
      : false
    : Source extends ScalarName<M> | RelationName<M>
      ? true
      : false;

/** The fields of a serializer whose sources lead nowhere. A source that is no literal is checked at boot alone. */
type Astray<I, M extends Model> = {
  [K in keyof I]: I[K] extends { readonly $source: infer Source extends string }
    ? string extends Source
      ? never
      : Leads<M, Source> extends true
        ? never
        : K
    : never;
}[keyof I];

/** A serializer's own model, else the model of the rows that it shows. */
type ModelOf<S, M extends Model> = S extends { readonly [MODEL]: infer Own extends Model } ? Own : M;

/** Refuses a serializer that has a field whose source its model lacks: nothing else is asked of it. */
export type SoundSources<S extends SerializerClass, M extends Model = Model> = [Astray<InstanceType<S>, ModelOf<S, M>>] extends [never]
  ? unknown
  : { readonly 'its source leads nowhere': Astray<InstanceType<S>, ModelOf<S, M>> };
