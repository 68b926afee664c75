import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model } from '../../models/model.js';
import type { OrderKey, Ordering } from '../../plan/ordering.js';
import { orderColumn } from '../../plan/read-tree.js';
import { compareRanks, rankOf, type Rank } from './column-order.js';
import type { ObjectRow } from './row-condition.js';

/**
 * Rows in an order, as PostgreSQL sorts them: nulls last when ascending, first when descending. Rows that tie stay as they were.
 * @throws ConfigurationError for a column that has no order.
 */
export function inOrder(model: Model, ordering: Ordering, rows: readonly ObjectRow[]): ObjectRow[] {
  const keys = ordering.map((key) => ({ rank: keyRank(model, key), sign: key.descending ? -1 : 1 }));
  const ranked = rows.map((row) => ({ row, ranks: keys.map(({ rank }) => rank(row)) }));
  ranked.sort((one, other) => {
    for (const [at, { sign }] of keys.entries()) {
      const side = compareKeys(one.ranks[at]!, other.ranks[at]!);
      if (side !== 0) return side * sign;
    }
    return 0;
  });
  return ranked.map(({ row }) => row);
}

function compareKeys(one: Rank | null, other: Rank | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return compareRanks(one, other);
}

function keyRank(model: Model, key: OrderKey): (row: ObjectRow) => Rank | null {
  if (key.count) {
    // No row on the way has no rows, as in SQL.
    return (row) => ((valueAt(row, key.path) ?? []) as readonly unknown[]).length;
  }
  const { field } = orderColumn(model, key);
  if (field.list || field.type === 'Json')
    throw new ConfigurationError(
      `${model.name}: ${key.path.join('__')} is ${field.list ? 'a list' : 'JSON'}, which has no order; order by another field.`,
    );
  const rank = rankOf(field);
  return (row) => {
    const value = valueAt(row, key.path);
    return value === null ? null : rank(value);
  };
}

function valueAt(row: ObjectRow, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of path) value = (value as ObjectRow | null)?.[name] ?? null;
  return value;
}
