import type { Model } from '../../models/model.js';
import type { RawRow, ReadTree } from '../../plan/read-plan.js';
import { readingOf, rememberReading, type Reading } from '../../plan/instances.js';
import { toInstance } from '../../plan/rows.js';

const current = new WeakMap<object, Reading>();

/** Remembers what the database has beneath an instance that was not read with it. */
export const rememberCurrent = (instance: object, reading: Reading): void => void current.set(instance, reading);

/** What the database has beneath an instance, as far as it was read. */
export const currentOf = (instance: object): Reading | undefined => current.get(instance) ?? readingOf(instance);

/** A related row that the database has. */
export interface CurrentRow {
  readonly row: RawRow;
  /** The row as hooks are given it; it knows what is beneath it, too. */
  instance(): object;
}

/** The rows that an instance's relation leads to. Of an instance that was made by hand, those that it holds itself. */
export function currentRows(instance: object | undefined, relation: string, model: Model): CurrentRow[] {
  if (!instance) return [];
  const reading = currentOf(instance);
  const tree = reading?.tree.relations.get(relation)?.tree;
  const found: unknown = tree ? reading?.row[relation] : (instance as Record<string, unknown>)[relation];
  const rows = (Array.isArray(found) ? found : found === null || found === undefined ? [] : [found]) as RawRow[];
  return rows.map((row) => ({ row, instance: () => instanceOf(model, row, tree) }));
}

function instanceOf(model: Model, row: RawRow, tree: ReadTree | undefined): object {
  const instance = toInstance(model, row) as object;
  return tree ? rememberReading(instance, { row, tree }) : instance;
}
