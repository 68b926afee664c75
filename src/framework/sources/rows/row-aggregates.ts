import { Decimal } from 'decimal.js';
import type { Aggregate } from '../../plan/read-plan.js';
import type { ObjectRow } from './row-condition.js';

/** Aggregates of rows, by the name that they are asked under: of numbers that are not null, null where there are none. */
export function aggregateRows(rows: readonly ObjectRow[], aggregates: Readonly<Record<string, Aggregate>>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(aggregates).map(([name, aggregate]) => [name, aggregateOf(rows, aggregate)]));
}

/** Exact, whatever the digits: a sum of decimals is no sum of doubles. */
function aggregateOf(rows: readonly ObjectRow[], { operation, field }: Aggregate): number | null {
  if (field === undefined) return rows.length;
  const values = rows.map((row) => row[field] ?? null).filter((value) => value !== null);
  if (operation === 'count') return values.length;
  if (values.length === 0) return null;
  const numbers = values.map((value) => new Decimal(String(value)));
  switch (operation) {
    case 'min':
      return Decimal.min(...numbers).toNumber();
    case 'max':
      return Decimal.max(...numbers).toNumber();
    default: {
      const sum = numbers.reduce((total, number) => total.plus(number));
      return (operation === 'sum' ? sum : sum.dividedBy(numbers.length)).toNumber();
    }
  }
}
