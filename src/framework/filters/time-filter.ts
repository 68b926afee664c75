import { Temporal } from 'temporal-polyfill';
import { Filter, type FilterOptions } from './filter.js';
import type { OrderLookup } from './lookup-names.js';

const TIME = /^(2[0-3]|[01]?\d):([0-5]?\d)(?::([0-5]?\d)(?:\.(\d{1,6}))?)?$/;

/** A time of day: 14:30, 14:30:59, 14:30:59.000200. */
export class TimeFilter<Path extends string = never> extends Filter<Temporal.PlainTime, Path> {
  override readonly kind = 'time';

  clean(text: string): Temporal.PlainTime | null {
    const stripped = text.trim();
    if (stripped === '') return null;
    const found = TIME.exec(stripped);
    if (!found) this.fail('Enter a valid time.');
    const micro = (found[4] ?? '').padEnd(6, '0');
    return new Temporal.PlainTime(Number(found[1]), Number(found[2]), Number(found[3] ?? 0), Number(micro.slice(0, 3)), Number(micro.slice(3)));
  }

  schema() {
    return { type: 'string', format: 'time' };
  }
}

/**
 * @example
 * opensBefore = timeFilter({ field: 'opens', lookup: 'lt' });
 */
export function timeFilter<const Path extends string = never>(options: FilterOptions<Temporal.PlainTime, Path, OrderLookup> = {}): TimeFilter<Path> {
  return new TimeFilter<Path>(options as FilterOptions);
}
