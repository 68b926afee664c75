import { InvalidPosition, type Keyset, type ListSource, type Position } from '../../../src/framework/sources/list-source.js';
import type { Ordering } from '../../../src/framework/plan/ordering.js';

export type Row = Record<string, string | number> & { readonly id: number };

/** Rows in memory, read by keyset as a database does it. */
export function rowsSource(rows: readonly Row[], keys: readonly string[] = ['id'], orderedByClient = false): ListSource<Row> {
  return { count: async () => rows.length, slice: async () => [...rows], keyset: keysetOf(rows, keys), orderedByClient };
}

function keysetOf(rows: readonly Row[], keys: readonly string[]): Keyset<Row> {
  const ordering: Ordering = [...keys, 'id'].map((key) => ({ path: [key.replace(/^-/, '')], descending: key.startsWith('-') }));
  const positionOf = (row: Row): Position => ordering.map(({ path }) => row[path[0]!]!);
  const compare = (a: Position, b: Position) => {
    for (const [index, { descending }] of ordering.entries()) {
      if (a[index] !== b[index]) return (a[index]! < b[index]! ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  };
  return {
    ordering,
    after: async (position, limit, backwards) => {
      if (position && position.some((value, index) => typeof value !== typeof rows[0]![ordering[index]!.path[0]!])) throw new InvalidPosition();
      const sign = backwards ? -1 : 1;
      return rows
        .map((item) => ({ item, position: positionOf(item) }))
        .sort((a, b) => sign * compare(a.position, b.position))
        .filter((row) => position === null || sign * compare(row.position, position) > 0)
        .slice(0, limit);
    },
    orderBy: (...others) => keysetOf(rows, others),
  };
}
