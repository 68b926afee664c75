import { errorDetail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Validator } from './validator.js';

/** The least and the greatest value, both allowed. */
export interface Bounds<B> {
  readonly min?: B;
  readonly max?: B;
}

/** The messages of a field that has bounds. */
export const BOUND_MESSAGES = {
  max_value: 'Ensure this value is less than or equal to {max_value}.',
  min_value: 'Ensure this value is greater than or equal to {min_value}.',
} as const;

/**
 * The validators of a field's bounds, in DRF's order: `max_value`, then `min_value`. Null passes.
 *
 * @param compare is below zero where the value is less than the bound, above zero where it is greater.
 * @param show writes a bound in the message.
 * @throws ConfigurationError where no value is within the bounds.
 */
export function bounds<T, B>(
  field: string,
  { min, max, errorMessages }: Bounds<B> & { readonly errorMessages?: Readonly<Record<string, string>> },
  compare: (value: T | B, bound: B) => number,
  show: (bound: B) => string = String,
): Validator<T | null>[] {
  for (const [name, bound] of Object.entries({ min, max })) {
    if (bound !== undefined && Number.isNaN(compare(bound, bound)))
      throw new ConfigurationError(`${field}: ${name} is not a number (${show(bound)}); leave it out or give one.`);
  }
  if (min !== undefined && max !== undefined && compare(min, max) > 0) {
    throw new ConfigurationError(`${field}: min (${show(min)}) is greater than max (${show(max)}), so no value is valid; exchange them.`);
  }
  const check = (code: 'max_value' | 'min_value', bound: B, sign: number): Validator<T | null> => {
    const error = errorDetail(errorMessages?.[code] ?? BOUND_MESSAGES[code], code, { [code]: show(bound) });
    return (value) => {
      if (value !== null && compare(value, bound) * sign > 0) throw new ValidationError([error]);
    };
  };
  return [...(max === undefined ? [] : [check('max_value', max, 1)]), ...(min === undefined ? [] : [check('min_value', min, -1)])];
}

/** The order of numbers and bigints, which may be mixed; NaN where one is NaN. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : a <= b ? 0 : NaN;
}
