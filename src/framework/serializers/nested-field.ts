import { ConfigurationError } from '../exceptions/configuration-error.js';
import { EMPTY, type Field, type FieldDescription, type FieldOf, type FieldOptions } from '../fields/field.js';
import { access, type ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';
import type { FormValues } from '../requests/form-values.js';
import type { CompileEnvironment } from './compile-environment.js';
import type { CompiledSerializer } from './compiled-serializer.js';
import type { InputOf, OutputOf } from './serializer-values.js';
import type { SerializerClass } from './serializer.js';

export interface NestedOptions extends FieldOptions {
  readonly many?: boolean;
  /** Whether a list may be empty. Default: true. */
  readonly allowEmpty?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /**
   * What a write does with the related rows: `create` makes them beside those that are there, `replace` in their place. Without it a nested
   * serializer that is not read-only is refused at boot: whoever may write related rows is to be said.
   */
  readonly write?: 'create' | 'replace';
}

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

/**
 * @example
 * author = nested(() => AuthorSummarySerializer, { readOnly: true });
 * items = nested(() => ReadingListItemSerializer, { many: true, write: 'replace' });
 */
export function nested<S extends SerializerClass, const O extends NestedOptions = {}>(
  serializer: () => S,
  options?: O,
): FieldOf<Many<OutputOf<S>, O>, Many<InputOf<S>, O>, O> {
  return new NestedField(serializer, options) as Field as FieldOf<Many<OutputOf<S>, O>, Many<InputOf<S>, O>, O>;
}
