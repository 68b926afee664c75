import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { isWebAddress } from '../validators/web-address.js';
import { CharField, type CharOptions } from './char-field.js';
import type { FieldDescription, FieldOf } from './field.js';

const MESSAGE = 'Enter a valid URL.';

/** An absolute URL of http, https, ftp or ftps, by Django's rules (FLD-6), kept as it is written. */
export class URLField<Out = string, In = string, Optional extends boolean = boolean> extends CharField<Out, In, Optional> {
  constructor(options: CharOptions = {}) {
    const error = errorDetail(options.errorMessages?.['invalid'] ?? MESSAGE, 'invalid');
    super(options, { invalid: MESSAGE }, [
      (value) => {
        if (!isWebAddress(value)) throw new ValidationError([error]);
      },
    ]);
  }

  override describe(): FieldDescription {
    return { ...super.describe(), type: 'url', schema: this.textSchema({ format: 'uri' }) };
  }
}

/**
 * @example
 * homepage = url({ allowBlank: true });
 */
export function url<const O extends CharOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new URLField(options) as never;
}
