import { RawNumber } from '../parsers/raw-number.js';
import { BOUND_MESSAGES, bounds, compareNumbers } from '../validators/bounds.js';
import { Field, type FieldDescription, type FieldOf } from './field.js';
import type { NumberOptions } from './integer-field.js';
import { isTooLong, readFloat } from './text/numbers.js';

/**
 * A double (FLD-12). Texts are read as Python's `float` does, true and false are 1 and 0.
 *
 * Unlike DRF it refuses NaN and infinities, which JSON cannot show. Codes: `invalid`, `overflow`, `max_value`, `min_value`, `max_string_length`.
 */
export class FloatField extends Field<number, number> {
  declare readonly options: NumberOptions;

  constructor(options: NumberOptions = {}) {
    super(
      options,
      {
        invalid: 'A valid number is required.',
        overflow: 'Integer value too large to convert to float',
        max_string_length: 'String value too large.',
        ...BOUND_MESSAGES,
      },
      bounds('FloatField', options, compareNumbers),
    );
  }

  toInternalValue(value: unknown): number {
    if (value instanceof RawNumber && value.isInteger && !Number.isFinite(Number(value.text))) this.fail('overflow');
    const number = this.#numberOf(value);
    if (Number.isFinite(number)) return number;
    // An infinity is beyond any bound.
    const { min, max } = this.options;
    if (max !== undefined && number > max) this.fail('max_value', { max_value: max });
    if (min !== undefined && number < min) this.fail('min_value', { min_value: min });
    return this.fail('invalid');
  }

  #numberOf(value: unknown): number {
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    if (value instanceof RawNumber) return Number(value.text);
    if (typeof value !== 'string') this.fail('invalid');
    if (isTooLong(value)) this.fail('max_string_length');
    return readFloat(value) ?? this.fail('invalid');
  }

  describe(): FieldDescription {
    const { min, max } = this.options;
    return { type: 'float', schema: { type: 'number' }, ...(min !== undefined && { minValue: min }), ...(max !== undefined && { maxValue: max }) };
  }
}

/**
 * @example
 * latitude = float({ min: -90, max: 90 });
 */
export function float<const O extends NumberOptions = {}>(options?: O): FieldOf<number, number, O> {
  return new FloatField(options) as never;
}
