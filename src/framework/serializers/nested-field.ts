import { ConfigurationError } from '../exceptions/configuration-error.js';
import { EMPTY, type Field, type FieldDescription, type FieldOf, type FieldOptions, type Nullable } from '../fields/field.js';
import { access, type ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';
import type { FormValues } from '../requests/form-values.js';
import type { KeyOf, Model, RowOf, TraitsOf } from '../models/model.js';
import type { Where } from '../plan/where.js';
import type { CompileEnvironment } from './compiled/compile-environment.js';
import type { CompiledSerializer } from './compiled/compiled-serializer.js';
import type { MODEL } from './model-serializer.js';
import type { InputOf, OutputOf, PatchOf } from './serializer-values.js';
import type { SerializerClass } from './serializer.js';

export interface NestedOptions extends FieldOptions {
  readonly many?: boolean;
  /** Whether a list may be empty. Default: true. */
  readonly allowEmpty?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /**
   * What a write does with the related rows. Without it a nested serializer that is not read-only is refused at boot: whoever may write related rows is
   * to be said.
   */
  readonly write?: WritePolicy;
  /** With `write: 'connect'`: the rows that a client may name; every row where it is left out. */
  readonly queryset?: Where;
}

/**
 * What a write does with related rows (SER-15):
 *
 * - `connect`: rows are named by their key, and nothing of them is changed; those that are not named are let go.
 * - `create`: every object is a new row, beside those that are there.
 * - `update`: every object is a row of the parent, found by its key, and changed; the others stay.
 * - `replace`: objects with a key are changed, those without are new rows, and the parent's other rows go: they are deleted, or unlinked from a
 *   many-to-many relation.
 * - `append`: as `replace`, and the others stay.
 *
 * To a to-one relation the row that is there is found without a key.
 */
export type WritePolicy = 'connect' | 'create' | 'update' | 'replace' | 'append';

/** A serializer in another one: a related row, or many, shown and read as an object of its own (SER-15). */
export class NestedField extends ReadingField {
  declare readonly options: NestedOptions;
  readonly #serializer: () => SerializerClass;
  #compiled?: CompiledSerializer;

  constructor(serializer: () => SerializerClass, options: NestedOptions = {}) {
    if (options.source === '*' && options.many)
      throw new ConfigurationError("NestedField: the source '*' is the object itself, which is no list; leave many out.");
    super(options, {
      invalid: 'Invalid data. Expected a dictionary, but got {datatype}.',
      does_not_exist: 'Invalid pk "{pk_value}" - object does not exist.',
      duplicate: 'This row is named more than once.',
      nothing: 'There is no {model_name} to change.',
      not_a_list: 'Expected a list of items but got type "{input_type}".',
      empty: 'This list may not be empty.',
      min_length: 'Ensure this field has at least {min_length} elements.',
      max_length: 'Ensure this field has no more than {max_length} elements.',
    });
    this.#serializer = serializer;
  }

  /** The nested class: asked for when every module has been loaded. */
  get serializer(): SerializerClass {
    return this.#serializer();
  }

  get compiled(): CompiledSerializer {
    return this.#compiled as CompiledSerializer;
  }

  get many(): boolean {
    return this.options.many ?? false;
  }

  emit(builder: ReadBuilder, source: string, environment: CompileEnvironment): Emission {
    const compiled = (this.#compiled = environment.compiled(this.serializer));
    if (source === '*') return { expression: compiled.emitObject(builder) };
    const { builder: at, last, absent } = follow(builder, source);
    if (this.many) {
      const list = at.many(last, (row) => compiled.emitObject(row), compiled.model);
      return { expression: at.model ? list : `(${access(at.row, last)} == null ? null : ${list})`, absent };
    }
    const row = at.one(last, compiled.model);
    return { expression: `(${row.row} == null ? null : ${compiled.emitObject(row)})`, absent };
  }

  /** A form says the nested object as `name.key`, a list of them as `name[0]key` (PARS-7). */
  override getFormValue(form: FormValues, name: string): unknown {
    return (this.many ? form.list(name) : form.dictionary(name)) ?? EMPTY;
  }

  describe(): FieldDescription {
    return { type: this.many ? 'field' : 'nested object', schema: {} };
  }
}

type Many<T, O> = O extends { many: true } ? T[] : T;

/** The key of a row that is there: columns that the nested serializer itself does not read. */
type RowKey<S> = S extends { readonly [MODEL]: infer M extends Model } ? { readonly [K in TraitsOf<M>['id'] & keyof RowOf<M>]?: RowOf<M>[K] } : {};
type ConnectedKey<S> = S extends { readonly [MODEL]: infer M extends Model } ? KeyOf<M> : string | number | bigint;

/** What validation gives of a nested object, by the policy: a connected row is its key, one that is changed has it. */
type NestedInput<S extends SerializerClass, O> = O extends { write: 'connect' }
  ? ConnectedKey<S>
  : O extends { write: 'update' | 'replace' | 'append' }
    ? InputOf<S> & RowKey<S>
    : InputOf<S>;
type NestedPatch<S extends SerializerClass, O> = O extends { write: 'connect' | 'create' } ? NestedInput<S, O> : PatchOf<S> & RowKey<S>;

type NestedFieldOf<S extends SerializerClass, O> = FieldOf<Many<OutputOf<S>, O>, Many<NestedInput<S, O>, O>, O> & {
  readonly $patch: Nullable<Many<NestedPatch<S, O>, O>, O>;
};

/**
 * @example
 * author = nested(() => AuthorSummarySerializer, { readOnly: true });
 * items = nested(() => ReadingListItemSerializer, { many: true, write: 'replace' });
 */
export function nested<S extends SerializerClass, const O extends NestedOptions = {}>(serializer: () => S, options?: O): NestedFieldOf<S, O> {
  return new NestedField(serializer, options) as Field as NestedFieldOf<S, O>;
}
