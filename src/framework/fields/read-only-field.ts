import { Field, type FieldDescription, type FieldOptions } from './field.js';

/** A row's value as it is, never read from input (FLD-26). For a computed value use `method`. */
export class ReadOnlyField<Out = any, In = any, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  constructor(options: FieldOptions = {}) {
    super({ ...options, readOnly: true });
  }

  /** Never called: the serializer reads no input for it. */
  override toInternalValue(value: unknown): In {
    return value as In;
  }

  /** No schema of its own: documents take that of the column which `source` leads to. */
  override describe(): FieldDescription {
    return { type: 'field', schema: {} };
  }
}

/**
 * @example
 * username = readOnly({ source: 'user.username' });
 */
export function readOnly(options?: FieldOptions): Field<any, never, true> {
  return new ReadOnlyField(options);
}
