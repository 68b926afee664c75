/** How a filter compares, by Django's names (DF-6). Those of text: */
export type TextLookup = 'iexact' | 'contains' | 'icontains' | 'startswith' | 'istartswith' | 'endswith' | 'iendswith';
/** Those of everything that has an order. */
export type OrderLookup = 'exact' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'range';
/** Those of a part of a date or moment: `year`, which is `year__exact`, `year__gte`, `date__lt` … */
export type PeriodLookup<P extends Period = Period> = P | `${P}__${Exclude<OrderLookup, 'exact'>}`;
export type Period = 'year' | 'date';
export type LookupName = TextLookup | OrderLookup | PeriodLookup | 'isnull';

const TEXT = ['iexact', 'contains', 'icontains', 'startswith', 'istartswith', 'endswith', 'iendswith'] as const satisfies readonly TextLookup[];
export const ORDER = ['exact', 'gt', 'gte', 'lt', 'lte', 'in', 'range'] as const satisfies readonly OrderLookup[];

const NAMES: ReadonlySet<string> = new Set([
  ...TEXT,
  ...ORDER,
  'isnull',
  ...['year', 'date'].flatMap((period) => ORDER.map((order) => (order === 'exact' ? period : `${period}__${order}`))),
]);

export const isLookupName = (name: string): name is LookupName => NAMES.has(name);
export const isTextLookup = (name: LookupName): name is TextLookup => (TEXT as readonly string[]).includes(name);

/** How many values a lookup takes from one parameter: one, a list of them, or exactly two. */
export function arityOf(lookup: LookupName): 'one' | 'many' | 'two' {
  return lookup === 'in' || lookup.endsWith('__in') ? 'many' : lookup === 'range' || lookup.endsWith('__range') ? 'two' : 'one';
}

/** `year` and `gte` of `year__gte`; undefined where there is no period. */
export function periodOf(lookup: LookupName): { readonly period: Period; readonly order: OrderLookup } | undefined {
  const [period, order = 'exact'] = lookup.split('__');
  return period === 'year' || period === 'date' ? { period, order: order as OrderLookup } : undefined;
}

const REFUSED: Readonly<Record<string, string>> = {
  month: 'Prisma cannot ask for a month; use year, or a range of dates',
  day: 'Prisma cannot ask for a day of the month; use date, or a range of dates',
  week: 'Prisma cannot ask for a week; use a range of dates',
  week_day: 'Prisma cannot ask for a day of the week; use a range of dates',
  quarter: 'Prisma cannot ask for a quarter; use a range of dates',
  hour: 'Prisma cannot ask for an hour; use a range of moments',
  minute: 'Prisma cannot ask for a minute; use a range of moments',
  second: 'Prisma cannot ask for a second; use a range of moments',
  regex: 'Prisma cannot match a regular expression; use contains or startswith',
  iregex: 'Prisma cannot match a regular expression; use icontains or istartswith',
  search: 'Prisma cannot search full text; use icontains',
};

/** Why a name is no lookup, and what to use instead. */
export function whyNoLookup(name: string): string {
  const refused = REFUSED[Object.hasOwn(REFUSED, name) ? name : name.split('__')[0]!];
  return typeof refused === 'string' ? refused : `there is no such lookup; use one of ${[...NAMES].join(', ')}`;
}
