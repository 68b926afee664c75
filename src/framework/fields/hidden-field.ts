import { ConfigurationError } from '../exceptions/configuration-error.js';
import { Field, type FieldContext, type FieldDescription } from './field.js';

/**
 * A value that is never shown and never read: always its default (FLD-27). A partial update leaves it as it is.
 * @throws ConfigurationError without a default.
 */
export class HiddenField<In = any> extends Field<never, In, true> {
  constructor(options: { readonly default: unknown; readonly source?: string }) {
    if (options?.default === undefined)
      throw new ConfigurationError('HiddenField: default is undefined; a hidden field needs one, a value or a function.');
    super({ ...options, writeOnly: true });
  }

  /** Never called: the serializer reads no input for it. */
  override toInternalValue(value: unknown): In {
    return value as In;
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: {} };
  }
}

/**
 * @example
 * user = hidden({ default: currentUser() });
 */
export function hidden<T>(options: { readonly default: T | ((context: FieldContext) => T); readonly source?: string }): Field<never, T, true> {
  return new HiddenField(options);
}
