import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { isEmailAddress } from '../validators/email-address.js';
import { CharField, type CharOptions } from './char-field.js';
import type { FieldDescription, FieldOf } from './field.js';

const MESSAGE = 'Enter a valid email address.';

/** An email address, by Django's rules (FLD-3). It is kept as it is written: neither lower-cased nor converted to ASCII. */
export class EmailField<Out = string, In = string, Optional extends boolean = boolean> extends CharField<Out, In, Optional> {
  constructor(options: CharOptions = {}) {
    const error = errorDetail(options.errorMessages?.['invalid'] ?? MESSAGE, 'invalid');
    super(options, { invalid: MESSAGE }, [
      (value) => {
        if (!isEmailAddress(value)) throw new ValidationError([error]);
      },
    ]);
  }

  override describe(): FieldDescription {
    return { ...super.describe(), type: 'email', schema: this.textSchema({ format: 'email' }) };
  }
}

/**
 * @example
 * contact = email({ required: false });
 */
export function email<const O extends CharOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new EmailField(options) as never;
}
