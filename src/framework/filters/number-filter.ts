import { Decimal } from 'decimal.js';
import { BOUND_MESSAGES } from '../validators/bounds.js';
import { Filter, type FilterOptions } from './filter.js';
import type { OrderLookup, PeriodLookup } from './lookup-names.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,18})?$/i;
const GREATEST = new Decimal('1e50');

/** A number, exact whatever its digits; its range is compared with the column's, so that no number harms the database. */
export class NumberFilter<Path extends string = never> extends Filter<Decimal, Path> {
  override readonly kind = 'number';

  clean(text: string): Decimal | null {
    const stripped = text.trim().replaceAll('_', '');
    if (stripped === '') return text.trim() === '' ? null : this.fail('Enter a number.');
    const number = NUMBER.test(stripped) ? new Decimal(stripped) : this.fail('Enter a number.');
    if (number.greaterThan(GREATEST)) this.fail(BOUND_MESSAGES.max_value, 'max_value', { max_value: '1e+50' });
    return number.isFinite() ? number : this.fail('Enter a number.');
  }

  schema() {
    return { type: 'number' };
  }
}

/**
 * @example
 * minPrice = numberFilter({ field: 'price', lookup: 'gte' });
 */
export function numberFilter<const Path extends string = never>(
  options: FilterOptions<Decimal, Path, OrderLookup | PeriodLookup<'year'>> = {},
): NumberFilter<Path> {
  return new NumberFilter<Path>(options as FilterOptions);
}
