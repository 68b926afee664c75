import type { RawRow, ReadTree } from '../../plan/read-plan.js';
import type { ObjectRow } from './row-condition.js';
import { inOrder } from './row-order.js';

/** What a tree reads of a row, as a reader gives it: a new object with the tree's columns, counts and related rows, and nothing else. */
export function readRow(tree: ReadTree, row: ObjectRow): RawRow {
  const read: Record<string, unknown> = {};
  for (const name of tree.columns) read[name] = row[name] ?? null;
  for (const [name, { tree: related, many, ordering }] of tree.relations) {
    if (many) read[name] = inOrder(related.model, ordering, rowsOf(row, name)).map((each) => readRow(related, each));
    else {
      const one = (row[name] ?? null) as ObjectRow | null;
      read[name] = one === null ? null : readRow(related, one);
    }
  }
  if (tree.counts.size > 0) read['$counts'] = Object.fromEntries([...tree.counts].map((name) => [name, rowsOf(row, name).length]));
  return read;
}

const rowsOf = (row: ObjectRow, name: string) => (row[name] ?? []) as readonly ObjectRow[];
