import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import type { ScalarField } from '../models/model.js';
import { EVERYTHING, NOTHING } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { isOnGrid, nearestBelow, rangeSide } from './column-range.js';
import { ORDER, type LookupName, type OrderLookup, type Period, type PeriodLookup, type TextLookup } from './lookup-names.js';

/** Makes of a column and a parsed value the condition on the column. The value is a list for `in`, two of them for `range`. */
type Comparison<V = never> = (field: ScalarField, value: V) => Where;

const on = (field: ScalarField, filter: object): Where => ({ [field.name]: filter });
const text =
  (operator: 'contains' | 'startsWith' | 'endsWith', mode?: 'insensitive'): Comparison<string> =>
  (field, value) =>
    on(field, { [operator]: value, ...(mode && { mode }) });

const texts: Readonly<Record<TextLookup, Comparison<string>>> = {
  iexact: (field, value) => on(field, { equals: value, mode: 'insensitive' }),
  contains: text('contains'),
  icontains: text('contains', 'insensitive'),
  startswith: text('startsWith'),
  istartswith: text('startsWith', 'insensitive'),
  endswith: text('endsWith'),
  iendswith: text('endsWith', 'insensitive'),
};

type One = Exclude<OrderLookup, 'in' | 'range'>;

/** What compares with one value, with what compares with several by it. */
function withLists(one: Readonly<Record<One, Comparison<unknown>>>, isIn: Comparison<readonly unknown[]>): Record<OrderLookup, Comparison> {
  const range: Comparison<readonly unknown[]> = (field, [from, to]) =>
    from === null || to === null ? NOTHING : { AND: [one.gte(field, from), one.lte(field, to)] };
  return { ...one, in: isIn, range } as Record<OrderLookup, Comparison>;
}

const known = (field: ScalarField): Where => (field.nullable ? on(field, { not: null }) : EVERYTHING);

/** A value past the column's range is above, or below, every row's; one between two that the column can hold compares as what it is. */
const orders = withLists(
  {
    exact: (field, value) => (isOnGrid(field, value) && !rangeSide(field, value) ? on(field, { equals: value }) : NOTHING),
    gt: (field, value) => atLeast(field, value, { gt: nearestBelow(field, value) }),
    gte: (field, value) => atLeast(field, value, isOnGrid(field, value) ? { gte: value } : { gt: nearestBelow(field, value) }),
    lt: (field, value) => atMost(field, value, isOnGrid(field, value) ? { lt: value } : { lte: nearestBelow(field, value) }),
    lte: (field, value) => atMost(field, value, { lte: nearestBelow(field, value) }),
  },
  (field, values) => on(field, { in: values.filter((value) => value !== null && isOnGrid(field, value) && !rangeSide(field, value)) }),
);

function atLeast(field: ScalarField, value: unknown, filter: object): Where {
  const side = rangeSide(field, value);
  return side === 'above' ? NOTHING : side === 'below' ? known(field) : on(field, filter);
}

function atMost(field: ScalarField, value: unknown, filter: object): Where {
  const side = rangeSide(field, value);
  return side === 'below' ? NOTHING : side === 'above' ? known(field) : on(field, filter);
}

/** A day or a year: the moments from `start` up to `end`, which is no more of it. */
interface Interval {
  readonly start: object;
  readonly end: object;
  /** Whether the value lies between this period and the next: no row is of it. */
  readonly between: boolean;
}

function overPeriod(interval: (field: ScalarField, value: unknown) => Interval): Record<OrderLookup, Comparison> {
  const exact: Comparison<unknown> = (field, value) => {
    const { start, end, between } = interval(field, value);
    return between ? NOTHING : on(field, { gte: start, lt: end });
  };
  /** Where the period that a value is of, or that comes after it, begins. */
  const from = (field: ScalarField, value: unknown): object => {
    const { start, end, between } = interval(field, value);
    return between ? end : start;
  };
  return withLists(
    {
      exact,
      gt: (field, value) => on(field, { gte: interval(field, value).end }),
      gte: (field, value) => on(field, { gte: from(field, value) }),
      lt: (field, value) => on(field, { lt: from(field, value) }),
      lte: (field, value) => on(field, { lt: interval(field, value).end }),
    },
    (field, values) => ({ OR: values.filter((value) => value !== null).map((value) => exact(field, value)) }),
  );
}

function yearOf(field: ScalarField, value: unknown): Interval {
  const whole = (value as Decimal).floor();
  const year = Decimal.max(-1, Decimal.min(whole, 10_000)).toNumber();
  const between = !whole.equals(value as Decimal);
  return { start: atStart(field, new Temporal.PlainDate(year, 1, 1)), end: atStart(field, new Temporal.PlainDate(year + 1, 1, 1)), between };
}

function dateOf(field: ScalarField, value: unknown): Interval {
  const date = value as Temporal.PlainDate;
  return { start: atStart(field, date), end: atStart(field, date.add({ days: 1 })), between: false };
}

/** A day's first moment in UTC, as the column has it. */
const atStart = (field: ScalarField, date: Temporal.PlainDate): object =>
  field.nativeType?.[0] === 'Date' ? date : date.toZonedDateTime('UTC').toInstant();

function named<P extends Period>(period: P, comparisons: Record<OrderLookup, Comparison>): Record<PeriodLookup<P>, Comparison> {
  return Object.fromEntries(ORDER.map((order) => [order === 'exact' ? period : `${period}__${order}`, comparisons[order]])) as Record<
    PeriodLookup<P>,
    Comparison
  >;
}

/** The condition of every lookup but `isnull`, which is the path's. */
export const COMPARISONS: Readonly<Record<Exclude<LookupName, 'isnull'>, Comparison>> = {
  ...texts,
  ...orders,
  ...named('year', overPeriod(yearOf)),
  ...named('date', overPeriod(dateOf)),
};
