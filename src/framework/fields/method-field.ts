import type { Model, RowOf, ScalarName } from '../models/model.js';
import { Field, type FieldDescription, type FieldOptions } from './field.js';

interface MethodOptions<Name extends string> extends Pick<FieldOptions, 'label' | 'helpText'> {
  /** The model's fields that the function looks at: they are read with every row. */
  readonly reads: readonly Name[];
  /** The JSON schema of the answer. Default: anything. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** A computed value: SerializerMethodField (FLD-28), which says what it reads so that it never costs a statement. */
export class MethodField<Out> extends Field<Out, never, true> {
  readonly #schema: Readonly<Record<string, unknown>>;
  readonly #compute: (row: never) => unknown;

  constructor({ schema = {}, ...options }: MethodOptions<string>, compute: (row: never) => unknown) {
    super({ ...options, source: '*', readOnly: true });
    this.#schema = schema;
    this.#compute = compute;
  }

  /** Never called: the serializer reads no input for it. */
  override toInternalValue(value: unknown): never {
    return value as never;
  }

  override toRepresentation(row: Out): unknown {
    return this.#compute(row as never);
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
