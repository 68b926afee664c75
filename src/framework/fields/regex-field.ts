import { pattern } from '../validators/pattern.js';
import { CharField, type CharOptions } from './char-field.js';
import type { FieldDescription, FieldOf } from './field.js';

const MESSAGE = 'This value does not match the required pattern.';

/**
 * A text that an expression matches (FLD-4); anchor it for the whole text.
 * @throws ConfigurationError for the flags `g` and `y`.
 */
export class RegexField<Out = string, In = string, Optional extends boolean = boolean> extends CharField<Out, In, Optional> {
  constructor(
    readonly expression: RegExp,
    options: CharOptions = {},
  ) {
    super(options, { invalid: MESSAGE }, [pattern(expression, options.errorMessages?.['invalid'] ?? MESSAGE)]);
  }

  override describe(): FieldDescription {
    // JSON schema has no flags: an expression that ignores case would promise less than is taken.
    const exact = /^[uv]?$/.test(this.expression.flags);
    return { ...super.describe(), type: 'regex', schema: this.textSchema(exact ? { pattern: this.expression.source } : {}) };
  }
}

/**
 * @example
 * plate = regex(/^[a-z]{2}\d{3}$/);
 */
export function regex<const O extends CharOptions = {}>(expression: RegExp, options?: O): FieldOf<string, string, O> {
  return new RegexField(expression, options) as never;
}
