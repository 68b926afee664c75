import { BOUND_MESSAGES, bounds, compareNumbers, type Bounds } from '../validators/bounds.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from './field-settings.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { integerOf } from './integer-field.js';

export interface BigIntegerOptions extends FieldOptions, Bounds<number | bigint> {
  /** Whether it is shown as a text, which JavaScript's own JSON reads exactly. Default: the setting `coerceBigIntToString`. */
  readonly coerceToString?: boolean;
}

/** The range of PostgreSQL's `bigint`. */
const [LEAST, GREATEST] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * An integer of 64 bits (FLD-11), a bigint in the application, in JSON a number with all its digits; read as IntegerField reads. The bounds are PostgreSQL's unless narrower ones are
 * given: DRF leaves an integer beyond them to the database, which answers with an error.
 *
 * Codes: `invalid`, `max_value`, `min_value`, `max_string_length`.
 */
export class BigIntegerField extends Field<bigint, bigint> {
  declare readonly options: BigIntegerOptions;
  readonly #bounds: Required<Bounds<number | bigint>>;
  #asText: boolean;

  constructor(options: BigIntegerOptions = {}) {
    const range = { min: options.min ?? LEAST, max: options.max ?? GREATEST };
    super(
      options,
      { invalid: 'A valid biginteger is required.', max_string_length: 'String value too large.', ...BOUND_MESSAGES },
      bounds('BigIntegerField', { ...options, ...range }, compareNumbers),
    );
    this.#bounds = range;
    this.#asText = options.coerceToString ?? DEFAULT_FIELD_SETTINGS.coerceBigIntToString;
  }

  override useSettings({ coerceBigIntToString }: FieldSettings): void {
    this.#asText = this.options.coerceToString ?? coerceBigIntToString;
  }

  toInternalValue(value: unknown): bigint {
    return integerOf(this, value);
  }

  override toRepresentation(value: bigint): unknown {
    return this.#asText ? String(value) : value;
  }

  describe(): FieldDescription {
    const { min, max } = this.#bounds;
    const schema = { type: this.#asText ? 'string' : 'integer', format: 'int64' };
    return { type: 'integer', schema, minValue: String(min), maxValue: String(max) };
  }
}

/**
 * @example
 * views = bigInteger({ min: 0 });
 */
export function bigInteger<const O extends BigIntegerOptions = {}>(options?: O): FieldOf<bigint, bigint, O> {
  return new BigIntegerField(options) as never;
}
