import type { Model, RowOf, ScalarName } from '../models/model.js';
import type { FieldDescription, FieldOptions } from './field.js';
import type { Field } from './field.js';
import { instanceReader } from '../prisma/instance-reader.js';
import type { ReadBuilder } from './read-builder.js';
import { ReadingField, type Emission } from './reading-field.js';

interface MethodOptions<Name extends string> extends Pick<FieldOptions, 'label' | 'helpText'> {
  /** The model's fields that the function looks at: they are read with every row. */
  readonly reads: readonly Name[];
  /** The JSON schema of the answer. Default: anything. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** A computed value: SerializerMethodField (FLD-28), which says what it reads so that it never costs a statement. */
export class MethodField<Out> extends ReadingField<Out, never, true> {
  readonly #reads: readonly string[];
  readonly #schema: Readonly<Record<string, unknown>>;
  readonly #compute: (row: never) => unknown;

  constructor(options: MethodOptions<string>, compute: (row: never) => unknown) {
    super({ readOnly: true, label: options.label, helpText: options.helpText });
    this.#reads = options.reads;
    this.#schema = options.schema ?? {};
    this.#compute = compute;
  }

  emit(builder: ReadBuilder): Emission {
    for (const name of this.#reads) builder.column(name);
    const compute = builder.bind(this.#compute);
    const convert = builder.model && instanceReader(builder.model, this.#reads);
    return { expression: `${compute}(${convert ? `${builder.bind(convert)}(${builder.row})` : builder.row})` };
  }

  describe(): FieldDescription {
    return { type: 'field', schema: this.#schema };
  }
}

/**
 * @example
 * isLong = method(models.book, { reads: ['pages'] }, ({ pages }) => pages >= 500);
 */
export function method<M extends Model, const Name extends ScalarName<M>, Out>(
  _model: M,
  options: MethodOptions<Name>,
  compute: (row: Pick<RowOf<M>, Name & keyof RowOf<M>>) => Out,
): Field<Out, never, true> {
  return new MethodField<Out>(options, compute as (row: never) => unknown);
}
