import type { Model } from '../../models/model.js';
import type { Write } from '../../plan/write.js';
import { changeRows, type Condition, type RowChange } from './change-rows.js';
import type { Transaction } from '../transaction.js';
import { driverColumns } from '../driver-columns.js';
import { lockRows } from './lock-rows.js';
import { isGone } from '../prisma-errors.js';
import { RowsGone } from './rows-gone.js';
import { writeAhead } from './write-ahead.js';
import { columnsBehind, writeBehind } from './write-behind.js';
import { whereKey, type RowKey } from './row-key.js';

/** Values of a row by column, as Prisma takes them. */
export type DriverRow = Readonly<Record<string, unknown>>;

/** A row of a key that is to be changed. */
export interface RowUpdate {
  readonly key: RowKey;
  readonly write: Write;
  /** Other columns that it must have: a row of another parent is not found. */
  readonly scope?: DriverRow;
  /** The record of the `condition` that must hold of it. */
  readonly link?: Readonly<Record<string, unknown>>;
}

interface UpdateOptions {
  /** What must hold of every row, by the record that its update carries as `link`. */
  readonly condition?: Condition;
  readonly missing?: () => Error;
}

/**
 * Writes rows of a model, however many, with everything that is nested in them: level by level, so that the number of statements grows with the depth
 * alone. Inside a transaction of the caller's: what fails half way is the caller's to roll back.
 */
export class RowWriter {
  constructor(readonly transaction: Transaction) {}

  /** Makes rows; answers, in their order, their keys and those of their columns that are `wanted`. */
  async insert(model: Model, writes: readonly Write[], wanted: readonly string[] = []): Promise<DriverRow[]> {
    if (writes.length === 0) return [];
    const { foreignKeys } = await writeAhead(this, model, writes);
    const data = writes.map(({ columns }, at) => ({ ...driverColumns(model, columns), ...foreignKeys[at] }));
    const select = selectOf([...model.primaryKey, ...wanted, ...columnsBehind(model, writes)]);
    const delegate = this.delegate(model);
    const rows: DriverRow[] =
      data.length === 1 ? [await delegate.create({ data: data[0], select })] : await delegate.createManyAndReturn({ data, select });
    await writeBehind(
      this,
      model,
      rows.map((row, at) => ({ row, write: writes[at]! })),
      true,
    );
    return rows;
  }

  /**
   * Changes rows of one model.
   * @throws `missing`, by default a Conflict, where one of them is gone or is not where it was expected.
   */
  async update(model: Model, updates: readonly RowUpdate[], { condition, missing = () => new RowsGone(model) }: UpdateOptions = {}): Promise<void> {
    if (updates.length === 0) return;
    const writes = updates.map(({ write }) => write);
    const keys = updates.map(({ key }) => key);
    const ahead = await writeAhead(this, model, writes, keys);
    const changes = updates.map(({ write, key, scope, link }, at) => ({
      found: { ...key, ...scope },
      columns: touched(model, write, { ...driverColumns(model, write.columns), ...ahead.foreignKeys[at] }),
      ...(link && { link }),
    }));
    const changed = changes.filter(({ columns }) => Object.keys(columns).length > 0);
    const [only] = changed;
    if (only && changed.length === 1 && !condition) await this.#updateOne(model, keys[changes.indexOf(only)]!, only, missing);
    else if (changed.length > 0 && (await changeRows(this.transaction, model, changed, condition)) < changed.length) throw missing();
    // Two requests that replace the same rows wait for each other here, where no column made them.
    const unchanged = updates.filter(({ write }, at) => Object.keys(changes[at]!.columns).length === 0 && Object.keys(write.relations).length > 0);
    if (unchanged.length > 0 && (await lockRows(this.transaction.client, model, unchanged)) < unchanged.length) throw missing();
    await ahead.finish();
    await writeBehind(
      this,
      model,
      keys.map((row, at) => ({ row, write: writes[at]! })),
      false,
    );
  }

  delegate(model: Model): any {
    return (this.transaction.client as any)[model.delegate];
  }

  async #updateOne(model: Model, key: RowKey, { found, columns: data }: RowChange, missing: () => Error): Promise<void> {
    const scope = Object.fromEntries(Object.entries(found).filter(([name]) => !(name in key)));
    try {
      await this.delegate(model).update({ where: { ...whereKey(model, key), ...scope }, data, select: selectOf(model.primaryKey) });
    } catch (error) {
      throw isGone(error) ? missing() : error;
    }
  }
}

/**
 * Rows that are changed, in what is nested in them too, are changed now: Prisma sets the moment itself where it writes one row's columns. Rows that are
 * only linked to others are not, as with Django's `add` and `remove`.
 */
function touched(model: Model, { relations }: Write, columns: Record<string, unknown>): Record<string, unknown> {
  if (Object.keys(columns).length === 0 && Object.values(relations).every(({ kind }) => kind === 'link' || kind === 'unlink')) return columns;
  for (const { name, updatedAt } of Object.values(model.fields)) if (updatedAt && !(name in columns)) columns[name] = new Date();
  return columns;
}

export const selectOf = (names: readonly string[]): Record<string, true> => Object.fromEntries(names.map((name) => [name, true]));
