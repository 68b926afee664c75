import { RawNumber } from '../parsers/raw-number.js';
import { BOUND_MESSAGES, bounds, compareNumbers, type Bounds } from '../validators/bounds.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { isTooLong, readInteger } from './text/numbers.js';

/** Options of numbers: `min` and `max` are allowed values themselves. */
export interface NumberOptions extends FieldOptions, Bounds<number> {}

/**
 * An integer that a double holds exactly (FLD-10). Texts are read as Python's `int` does: `" 7 "`, `"1.0"`, `"1_000"`, digits of any script.
 *
 * Codes: `invalid`, `max_value`, `min_value`, `max_string_length`. An integer beyond 2^53 is `invalid` unless a bound says more about it;
 * use BigIntegerField for those.
 */
export class IntegerField extends Field<number, number> {
  declare readonly options: NumberOptions;

  constructor(options: NumberOptions = {}) {
    super(
      options,
      { invalid: 'A valid integer is required.', max_string_length: 'String value too large.', ...BOUND_MESSAGES },
      bounds('IntegerField', options, compareNumbers),
    );
  }

  toInternalValue(value: unknown): number {
    // Adding zero makes -0 the integer 0.
    if (Number.isSafeInteger(value)) return (value as number) + 0;
    const integer = integerOf(this, value);
    const number = Number(integer);
    if (Number.isSafeInteger(number)) return number;
    const { min, max } = this.options;
    if (max !== undefined && integer > max) this.fail('max_value', { max_value: max });
    if (min !== undefined && integer < min) this.fail('min_value', { min_value: min });
    return this.fail('invalid');
  }

  describe(): FieldDescription {
    const { min, max } = this.options;
    return { type: 'integer', schema: { type: 'integer' }, ...(min !== undefined && { minValue: min }), ...(max !== undefined && { maxValue: max }) };
  }
}

/** The integer that a JSON value is or writes. Fails as the field does: with `invalid` or `max_string_length`. */
export function integerOf(field: Field, value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : field.fail('invalid');
  if (value instanceof RawNumber) return readInteger(value.text) ?? field.fail('invalid');
  if (typeof value !== 'string') field.fail('invalid');
  if (isTooLong(value)) field.fail('max_string_length');
  return readInteger(value) ?? field.fail('invalid');
}

/**
 * @example
 * pages = integer({ min: 1 });
 */
export function integer<const O extends NumberOptions = {}>(options?: O): FieldOf<number, number, O> {
  return new IntegerField(options) as never;
}
