import { ConfigurationError } from '../exceptions/configuration-error.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';

export interface BytesOptions extends FieldOptions {
  /** The most bytes, not characters of the text. Default: 1 MiB. */
  readonly maxLength?: number;
}

const MAX_LENGTH = 1024 * 1024;

/**
 * Bytes as text in base64 (RFC 4648, section 4), with its padding: `"aGk="`. In the application a Uint8Array. DRF shows a BinaryField so.
 *
 * Codes: `invalid`, `max_length`. A text that is too long is refused by its length, before it is decoded.
 * @throws ConfigurationError for a maximum that is no whole number from 0.
 */
export class BytesField extends Field<Uint8Array, Uint8Array> {
  declare readonly options: BytesOptions;
  readonly #maxLength: number;

  constructor(options: BytesOptions = {}) {
    const { maxLength = MAX_LENGTH } = options;
    if (!Number.isSafeInteger(maxLength) || maxLength < 0)
      throw new ConfigurationError(`BytesField: maxLength is ${maxLength}; give a whole number of bytes.`);
    super(options, { invalid: 'Value must be valid base64.', max_length: 'Ensure this value has at most {max_length} bytes (it has {length}).' });
    this.#maxLength = maxLength;
  }

  toInternalValue(value: unknown): Uint8Array {
    if (typeof value !== 'string') this.fail('invalid');
    const digits = value.replace(/={1,2}$/, '');
    const length = Math.floor((digits.length * 3) / 4);
    if (length > this.#maxLength) this.fail('max_length', { max_length: this.#maxLength, length });
    if (value.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(digits)) this.fail('invalid');
    return new Uint8Array(Buffer.from(value, 'base64'));
  }

  override toRepresentation(value: Uint8Array): string {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }

  describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string', format: 'byte', maxLength: 4 * Math.ceil(this.#maxLength / 3) } };
  }
}

/**
 * @example
 * thumbnail = bytes({ maxLength: 65_536 });
 */
export function bytes<const O extends BytesOptions = {}>(options?: O): FieldOf<Uint8Array, Uint8Array, O> {
  return new BytesField(options) as never;
}
