import { ConfigurationError } from '../exceptions/configuration-error.js';
import { noMatch } from '../exceptions/no-match.js';
import { withFiles } from '../files/save-files.js';
import type { KeyOf, Model } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import { keyTree } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import type { DataOf } from '../services/data-of.js';
import type { RelationWrite, Write, Writer } from '../plan/write.js';
import { readRow } from './rows/row-reading.js';
import { modelRow } from './model-row.js';
import type { ModelSource } from './model-source.js';

/** Executes writes through a source's `create`, `update` and `destroy`. */
export class SourceWriter implements Writer {
  readonly #source: ModelSource;

  constructor(source: ModelSource) {
    this.#source = source;
  }

  async create(write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    const { create } = this.#source;
    if (!create) throw this.#cannot('create(data)');
    const made = await withFiles([write], async ([ready]) => create.call(this.#source, dataOf(ready ?? write)));
    return this.#answer(made, tree);
  }

  async update(rowOrKey: unknown, write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    const { update } = this.#source;
    if (!update) throw this.#cannot('update(key, data)');
    const changed = await withFiles([write], async ([ready]) => update.call(this.#source, keyOf(write.model, rowOrKey), dataOf(ready ?? write)));
    return this.#answer(changed, tree);
  }

  async destroy(model: Model, rowOrKey: unknown): Promise<void> {
    if (!this.#source.destroy) throw this.#cannot('destroy(key)');
    await this.#source.destroy(keyOf(model, rowOrKey));
  }

  createMany(writes: readonly Write[], tree?: ReadTree): Promise<RawRow[]> {
    return inTurn(writes, (write) => this.create(write, tree));
  }

  updateMany(changes: readonly { readonly row: unknown; readonly write: Write }[], tree?: ReadTree): Promise<RawRow[]> {
    return inTurn(changes, ({ row, write }) => this.update(row, write, tree));
  }

  async destroyMany(model: Model, rowsOrKeys: readonly unknown[]): Promise<void> {
    await inTurn(rowsOrKeys, (row) => this.destroy(model, row));
  }

  /** What the tree reads of the row, which is read again where it came without the related rows that are shown. */
  async #answer(answer: object, tree: ReadTree): Promise<RawRow> {
    const { model } = tree;
    const known = answer as Readonly<Record<string, unknown>>;
    const columns = new Set([...tree.columns, ...model.primaryKey]);
    if ([...tree.relations.keys(), ...tree.counts].every((name) => known[name] !== undefined)) {
      return readRow({ ...tree, columns }, modelRow(model, answer, tree));
    }
    const key = Object.fromEntries(model.primaryKey.map((name) => [name, { equals: known[name] }]));
    const where = assertWhere(model, key as Where);
    const [row] = await this.#source.rows({ tree: { ...tree, columns }, where, ordering: [], offset: 0, limit: 1, single: true });
    if (!row) throw noMatch(model);
    return row;
  }

  #cannot(method: string): ConfigurationError {
    return new ConfigurationError(`${this.#source.constructor.name} has no ${method}: give it one, or write elsewhere.`);
  }
}

/** A row's key, of the row or of the key itself: of several columns as an object. */
function keyOf(model: Model, rowOrKey: unknown): KeyOf<Model> {
  const [single, ...others] = model.primaryKey as readonly [string, ...string[]];
  if (typeof rowOrKey !== 'object' || rowOrKey === null) return rowOrKey as KeyOf<Model>;
  const row = rowOrKey as Readonly<Record<string, never>>;
  return others.length === 0 ? row[single] : (Object.fromEntries(model.primaryKey.map((name) => [name, row[name]])) as never);
}

/** A write as plain data: what `toWrite` makes one of. */
function dataOf({ columns, relations }: Write): DataOf<Model> {
  return { ...columns, ...Object.fromEntries(Object.entries(relations).map(([name, change]) => [name, relationData(change)])) } as DataOf<Model>;
}

/** Rows to make in place of those that were there are plain data; what else becomes of related rows has no shorter word for it. */
function relationData(change: RelationWrite): unknown {
  if (change.kind === 'set') return change.keys;
  // An empty list would say that they are unlinked.
  const made = change.kind === 'rows' && change.others === 'remove' && change.rows.length > 0 && change.rows.every(({ key }) => key === undefined);
  return made ? change.rows.map(({ write }) => dataOf(write)) : change;
}

/** One after the other: a source has no transaction, and what was written before a failure stays. */
async function inTurn<T, Result>(all: readonly T[], run: (one: T) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of all) results.push(await run(one));
  return results;
}
