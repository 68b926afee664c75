import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field, FieldOptions } from '../fields/field.js';
import type { KeyOf, Model, RelatedModel, RelationName, RelationsOf, RowOf, ScalarName } from '../models/model.js';
import { fieldOfModel } from './model-fields.js';
import { Serializer, type SerializerConstructor } from './serializer.js';

export interface ModelSerializerOptions<Name extends string> {
  /** The model's fields and relations, in the order in which they are shown. Fields declared as properties come after them. */
  readonly fields: readonly Name[];
  /** Those of them that are shown and never written. */
  readonly readOnly?: readonly NoInfer<Name>[];
  /** Options over those that the model gives a field. */
  readonly extra?: Readonly<Partial<Record<NoInfer<Name>, FieldOptions>>>;
}

type FieldNames<M extends Model> = ScalarName<M> | RelationName<M>;
type ValueOf<M extends Model, Name> = Name extends keyof RowOf<M>
  ? RowOf<M>[Name]
  : Name extends keyof RelationsOf<M>
    ? RelationsOf<M>[Name] extends readonly unknown[]
      ? KeyOf<RelatedModel<RelationsOf<M>[Name]>>[]
      : KeyOf<RelatedModel<RelationsOf<M>[Name]>> | NullKey<RowOf<M>, Name>
    : never;
/** A relation may be null where its column may: `publisherId` tells of `publisher`. */
type NullKey<Row, Name> = Name extends string ? (`${Name}Id` extends keyof Row ? Extract<Row[`${Name}Id`], null> : never) : never;
type ModelFields<M extends Model, Name extends string, ReadOnly extends string> = {
  [K in Name]: Field<ValueOf<M, K>, K extends ReadOnly ? never : ValueOf<M, K>>;
};

export const MODEL = Symbol('rest.model');
export const MODEL_OPTIONS = Symbol('rest.modelOptions');

/** A class of serializers that belongs to a model. */
export interface ModelSerializerClass<M extends Model = Model, Fields extends object = object> extends SerializerConstructor<Serializer & Fields> {
  readonly [MODEL]: M;
  readonly [MODEL_OPTIONS]: ModelSerializerOptions<string>;
}

/**
 * The base of a model's serializers: its fields come from the model's columns, relations and annotations (SER-19).
 *
 * @example
 * class AuthorSummarySerializer extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
 */
export function ModelSerializer<M extends Model, const Name extends FieldNames<M>, const ReadOnly extends Name = never>(
  model: M,
  options: Omit<ModelSerializerOptions<Name>, 'readOnly'> & { readonly readOnly?: readonly ReadOnly[] },
): ModelSerializerClass<M, ModelFields<M, Name, ReadOnly>> {
  checkOptions(model, options as ModelSerializerOptions<string>);
  class ModelSerializerBase extends Serializer {
    static readonly [MODEL] = model;
    static readonly [MODEL_OPTIONS] = options as ModelSerializerOptions<string>;

    constructor(..._args: unknown[]) {
      super();
      for (const name of options.fields) {
        const readOnly = options.readOnly?.includes(name as never) ?? false;
        Object.assign(this, { [name]: this.buildField(name, { ...options.extra?.[name], ...(readOnly && { readOnly }) }) });
      }
    }

    /** Makes the field of a model's column or relation. Override for another kind of field everywhere, such as hyperlinks for relations. */
    protected buildField(name: string, extra: FieldOptions): Field {
      return fieldOfModel(model, name, extra);
    }
  }
  return ModelSerializerBase as never;
}

function checkOptions(model: Model, { fields, readOnly = [], extra = {} }: ModelSerializerOptions<string>): void {
  for (const name of fields) {
    if (!Object.hasOwn(model.fields, name) && !Object.hasOwn(model.relations, name)) {
      throw new ConfigurationError(
        `ModelSerializer(${model.name}): fields names ${name}, which the model lacks. It has ${[...Object.keys(model.fields), ...Object.keys(model.relations)].join(', ')}.`,
      );
    }
  }
  for (const name of [...readOnly, ...Object.keys(extra)]) {
    if (!fields.includes(name))
      throw new ConfigurationError(`ModelSerializer(${model.name}): ${name} has options but is not in fields; add it there.`);
  }
}
