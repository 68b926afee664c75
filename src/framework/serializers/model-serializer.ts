import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field, FieldOptions } from '../fields/field.js';
import type { Model } from '../models/model.js';
import { relationalField, standardField } from './model/model-fields.js';
import { chosenNames, type CheckedOptions, type ModelSerializerOptions } from './model/model-serializer-options.js';
import type { ModelFields, Style } from './model/model-values.js';
import { NestedField } from './nested-field.js';
import { Serializer, type SerializerClass, type SerializerConstructor } from './serializer.js';

export const MODEL = Symbol('rest.model');
export const MODEL_OPTIONS = Symbol('rest.modelOptions');

/** A class of serializers that belongs to a model. */
export interface ModelSerializerClass<M extends Model = Model, Fields extends object = object> extends SerializerConstructor<
  BaseModelSerializer & Fields
> {
  readonly [MODEL]: M;
  readonly [MODEL_OPTIONS]: ModelSerializerOptions<M>;
}

/** Makes the fields of a model's columns and relations, once, at boot. Override a hook for another kind of field everywhere (SER-23). */
export class BaseModelSerializer extends Serializer {
  protected readonly [MODEL]: Model;
  readonly #options: ModelSerializerOptions;
  readonly #made = new Set<Field>();

  constructor(model: Model, options: ModelSerializerOptions, style: Style) {
    super();
    this[MODEL] = model;
    this.#options = options;
    for (const name of chosenNames(model, options, style)) {
      if (name in this) throw new ConfigurationError(`${new.target.name}: ${name} is a method of every serializer; rename ${model.name}.${name}.`);
      const readOnly = options.readOnly?.includes(name) && { readOnly: true };
      const field = this.buildField(name, { ...options.extra?.[name], ...readOnly });
      this.#made.add(field);
      Object.assign(this, { [name]: field });
    }
  }

  /** The field of a name that `fields` chooses. */
  protected buildField(name: string, extra: FieldOptions): Field {
    const { depth = 0 } = this.#options;
    if (Object.hasOwn(this[MODEL].fields, name)) return this.buildStandardField(name, extra);
    return depth > 0 ? this.buildNestedField(name, extra, depth) : this.buildRelationalField(name, extra);
  }

  /** The field of a column. */
  protected buildStandardField(name: string, extra: FieldOptions): Field {
    return standardField(this[MODEL], name, extra);
  }

  /** The field of a relation that is not nested. */
  protected buildRelationalField(name: string, extra: FieldOptions): Field {
    return relationalField(this[MODEL], name, extra);
  }

  /** The field of a relation that `depth` nests, read-only. */
  protected buildNestedField(name: string, { label, helpText }: FieldOptions, depth: number): Field {
    const { model, many } = this[MODEL].relations[name]!;
    return new NestedField(() => this.nestedSerializer(model(), depth - 1), { readOnly: true, many, label, helpText });
  }

  /** The serializer of all of a related model's fields, with so much depth left. */
  protected nestedSerializer(model: Model, depth: number): SerializerClass {
    return nestedOnce(nestedByKey, model, depth, () => ModelSerializer(model, { fields: 'all', depth } as never));
  }

  /** Declared fields come after those of the model; where `fields` is not a list, between the key and the other columns (SER-20). */
  override getFields(): Record<string, Field> {
    const all = super.getFields();
    if (Array.isArray(this.#options.fields)) return all;
    const rank = (name: string, field: Field) => (!this.#made.has(field) ? 1 : name === 'url' || this[MODEL].primaryKey.includes(name) ? 0 : 2);
    return Object.fromEntries(Object.entries(all).sort(([one, a], [other, b]) => rank(one, a) - rank(other, b)));
  }
}

/**
 * The base of a model's serializers: its fields come from the model's columns, relations and annotations (SER-19).
 *
 * @example
 * class AuthorSummarySerializer extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
 * @throws ConfigurationError for names that the model lacks, and options that fit no field.
 */
export function ModelSerializer<M extends Model, const O extends ModelSerializerOptions<M>>(
  model: M,
  options: O & CheckedOptions<M, O, 'key'>,
): ModelSerializerClass<M, ModelFields<M, O, 'key'>> {
  return serializerOf(BaseModelSerializer, model, options, 'key') as never;
}

type Base = new (model: Model, options: ModelSerializerOptions, style: Style) => BaseModelSerializer;

/** The class of a model's serializers with some options, which are looked at here: a mistake is found where it is written. */
export function serializerOf(Base: Base, model: Model, options: ModelSerializerOptions, style: Style): ModelSerializerClass {
  chosenNames(model, options, style);
  return class extends Base {
    static readonly [MODEL] = model;
    static readonly [MODEL_OPTIONS] = options;

    constructor() {
      super(model, options, style);
    }
  };
}

type ByDepth = WeakMap<Model, Map<number, SerializerClass>>;
const nestedByKey: ByDepth = new WeakMap();

/** The nested serializer of a model, made once for each depth: documents tell of it once. */
export function nestedOnce(known: ByDepth, model: Model, depth: number, make: () => SerializerClass): SerializerClass {
  const depths = known.get(model) ?? new Map<number, SerializerClass>();
  known.set(model, depths);
  let made = depths.get(depth);
  if (!made) {
    made = make();
    Object.defineProperty(made, 'name', { value: `Nested${model.name}Serializer` });
    depths.set(depth, made);
  }
  return made;
}
