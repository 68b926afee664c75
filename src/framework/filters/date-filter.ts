import { Temporal } from 'temporal-polyfill';
import { Filter, type FilterOptions } from './filter.js';
import type { OrderLookup, PeriodLookup } from './lookup-names.js';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const [Y, M, D] = ['(?<year>\\d{4})', '(?<month>1[0-2]|0?[1-9])', '(?<day>3[01]|[12]\\d|0?[1-9]| [1-9])'];
const NAME = `(?<name>${MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join('|')})`;

/** Django's DATE_INPUT_FORMATS as Python's `strptime` reads them: 2006-10-25, 10/25/2006, 10/25/06, Oct 25 2006, October 25, 2006, 25 Oct 2006 … */
const FORMATS = [`${Y}-${M}-${D}`, `${M}/${D}/${Y}`, `${M}/${D}/(?<short>\\d{2})`, `${NAME}\\s+${D},?\\s+${Y}`, `${D}\\s+${NAME},?\\s+${Y}`].map(
  (format) => new RegExp(`^${format}$`, 'i'),
);

/** A date. */
export class DateFilter<Path extends string = never> extends Filter<Temporal.PlainDate, Path> {
  override readonly kind = 'date';

  clean(text: string): Temporal.PlainDate | null {
    const stripped = text.trim();
    if (stripped === '') return null;
    return parseDate(stripped) ?? this.fail('Enter a valid date.');
  }

  schema() {
    return { type: 'string', format: 'date' };
  }
}

/**
 * @example
 * publishedAfter = dateFilter({ field: 'published', lookup: 'gt' });
 */
export function dateFilter<const Path extends string = never>(
  options: FilterOptions<Temporal.PlainDate, Path, OrderLookup | PeriodLookup<'date'>> = {},
): DateFilter<Path> {
  return new DateFilter<Path>(options as FilterOptions);
}

function parseDate(text: string): Temporal.PlainDate | undefined {
  if (text.length > 40) return undefined;
  const groups = FORMATS.map((format) => format.exec(text)?.groups).find((found) => found);
  if (!groups) return undefined;
  const month = groups['name'] ? MONTHS.findIndex((name) => name.startsWith(groups['name']!.slice(0, 3).toLowerCase())) + 1 : Number(groups['month']);
  const short = Number(groups['short']);
  const year = groups['short'] ? short + (short < 69 ? 2000 : 1900) : Number(groups['year']);
  if (year === 0) return undefined;
  try {
    return Temporal.PlainDate.from({ year, month, day: Number(groups['day']) }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
