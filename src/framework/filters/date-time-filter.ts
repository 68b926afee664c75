import { Temporal } from 'temporal-polyfill';
import { Filter, type FilterOptions } from './filter.js';
import type { OrderLookup } from './lookup-names.js';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::([0-5]?\d)(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** A moment in ISO 8601; in UTC where no offset is given, at midnight where no time is. */
export class DateTimeFilter<Path extends string = never> extends Filter<Temporal.Instant, Path> {
  override readonly kind = 'moment';

  clean(text: string): Temporal.Instant | null {
    const stripped = text.trim();
    if (stripped === '') return null;
    return parseInstant(stripped) ?? this.fail('Enter a valid date/time.');
  }

  schema() {
    return { type: 'string', format: 'date-time' };
  }
}

/**
 * @example
 * since = dateTimeFilter({ field: 'createdAt', lookup: 'gte' });
 */
export function dateTimeFilter<const Path extends string = never>(
  options: FilterOptions<Temporal.Instant, Path, OrderLookup> = {},
): DateTimeFilter<Path> {
  return new DateTimeFilter<Path>(options as FilterOptions);
}

function parseInstant(text: string): Temporal.Instant | undefined {
  const found = text.length > 60 ? null : ISO.exec(text);
  if (!found || found[1] === '0000') return undefined;
  const [, year, month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', offset = 'Z'] = found;
  const two = (digits: string) => digits.padStart(2, '0');
  try {
    const local = Temporal.PlainDateTime.from(
      `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${fraction.padEnd(6, '0')}`,
      { overflow: 'reject' },
    );
    return local
      .toZonedDateTime('UTC')
      .toInstant()
      .subtract({ minutes: offsetMinutes(offset) });
  } catch {
    return undefined;
  }
}

function offsetMinutes(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || 0)];
  if (hours > 23 || minutes > 59) throw new RangeError(offset);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
