import { ConfigurationError } from '../exceptions/configuration-error.js';
import { RawNumber } from '../parsers/raw-number.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';

const FORMATS = {
  hex_verbose: (value: string): unknown => value,
  hex: (value: string): unknown => value.replaceAll('-', ''),
  int: (value: string): unknown => BigInt(`0x${value.replaceAll('-', '')}`),
  urn: (value: string): unknown => `urn:uuid:${value}`,
} as const;

export interface UUIDOptions extends FieldOptions {
  /** How it is shown: `825d7aeb-05a9-…` (hex_verbose, the default), `825d7aeb05a9…` (hex), a whole number (int), or `urn:uuid:825d7aeb-…` (urn). */
  readonly format?: keyof typeof FORMATS;
}

/**
 * A UUID (FLD-7): 32 hexadecimal digits with or without hyphens, braces or `urn:uuid:` before them, or its 128 bits as a whole number.
 * The value is always the text in small letters with hyphens, as PostgreSQL's `uuid` is.
 * @throws ConfigurationError for an unknown format.
 */
export class UUIDField<Out = string, In = string, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  declare readonly options: UUIDOptions;

  constructor(options: UUIDOptions = {}) {
    const { format = 'hex_verbose' } = options;
    if (!Object.hasOwn(FORMATS, format))
      throw new ConfigurationError(`UUIDField: format is '${format}'; use one of ${Object.keys(FORMATS).join(', ')}.`);
    super(options, { invalid: 'Must be a valid UUID.' });
    // Rows hold the canonical text: the base's identity costs no call for a row. A derived class may show it otherwise.
    if (format === 'hex_verbose' && this.toRepresentation === UUIDField.prototype.toRepresentation)
      this.toRepresentation = Field.prototype.toRepresentation;
  }

  override toInternalValue(value: unknown): In {
    const digits = typeof value === 'string' ? textDigits(value) : integerDigits(value);
    if (!/^[\da-f]{32}$/.test(digits)) this.fail('invalid');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') as In;
  }

  override toRepresentation(value: Out): unknown {
    return FORMATS[this.options.format ?? 'hex_verbose'](String(value));
  }

  override describe(): FieldDescription {
    const { format = 'hex_verbose' } = this.options;
    return {
      type: 'string',
      schema: format === 'int' ? { type: 'integer' } : { type: 'string', ...(format === 'hex_verbose' && { format: 'uuid' }) },
    };
  }
}

function textDigits(text: string): string {
  // The longest form has 47 characters, and no more than that is rewritten.
  if (text.length > 64) return '';
  return text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '')
    .toLowerCase();
}

function integerDigits(value: unknown): string {
  // 2^128 has 39 digits. True and false are integers in Python.
  const number = typeof value === 'boolean' ? Number(value) : value;
  const text = number instanceof RawNumber ? number.text : Number.isInteger(number) ? BigInt(number as number).toString() : '';
  return /^\d{1,39}$/.test(text) ? BigInt(text).toString(16).padStart(32, '0') : '';
}

/**
 * @example
 * id = uuid({ readOnly: true });
 */
export function uuid<const O extends UUIDOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new UUIDField(options) as never;
}
