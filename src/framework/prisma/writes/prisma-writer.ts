import { attempted, investigate, type WriteAttempt } from '../../conflicts/failed-write.js';
import { noMatch } from '../../exceptions/no-match.js';
import { withFiles } from '../../files/save-files.js';
import type { Model } from '../../models/model.js';
import { assertWhere } from '../../plan/assert-where.js';
import type { RawRow, ReadTree } from '../../plan/read-plan.js';
import { keyTree } from '../../plan/read-tree.js';
import type { Where } from '../../plan/where.js';
import type { Write, Writer } from '../../plan/write.js';
import type { Database } from '../database.js';
import { driverColumns } from '../driver-columns.js';
import { insertLinked } from './insert-linked.js';
import { isGone, toAPIException } from '../prisma-errors.js';
import { PrismaReader } from '../prisma-reader.js';
import { toPrismaSelect } from '../prisma-select.js';
import { keyOfRow, whereKey, whereRow, type RowKey } from './row-key.js';
import { RowWriter, selectOf, type DriverRow } from './row-writer.js';
import type { Transaction } from '../transaction.js';

type Client = Pick<Database, 'client' | 'together' | 'onRollback' | 'inTransaction' | 'answerLookups' | 'objects'>;
type Update = { readonly key: RowKey; readonly write: Write };

/** Executes writes through Prisma, and reads what was written by a tree in the same transaction. Violated constraints come as the database's errors. */
export class PrismaWriter implements Writer {
  readonly #database: Client;

  constructor(database: Client) {
    this.#database = database;
  }

  /** Makes a row and those under it; answers it read by the tree, with its primary key in any case. */
  async create(write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    const [row] = await this.#insert({ rows: [{ write }], many: false }, tree);
    return row as RawRow;
  }

  /**
   * Changes a row, given itself or its key, and those under it; answers it as `create` does.
   * @throws NotFound where the row is gone, Conflict where one under it is.
   */
  async update(rowOrKey: unknown, write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    const [row] = await this.#change({ rows: [{ key: keyOfRow(write.model, rowOrKey), write }], many: false }, tree);
    return row as RawRow;
  }

  /** Makes rows of one model and those under them, all or none, in a number of statements that does not grow with them. */
  async createMany(writes: readonly Write[], tree?: ReadTree): Promise<RawRow[]> {
    const [first] = writes;
    return first ? this.#insert({ rows: writes.map((write) => ({ write })), many: true }, tree ?? keyTree(first.model)) : [];
  }

  /**
   * Changes rows of one model and those under them as `createMany` makes them.
   * @throws NotFound where one of the rows is gone, Conflict where one under them is.
   */
  async updateMany(changes: readonly { readonly row: unknown; readonly write: Write }[], tree?: ReadTree): Promise<RawRow[]> {
    const [first] = changes;
    if (!first) return [];
    const { model } = first.write;
    const rows = changes.map(({ row, write }) => ({ key: keyOfRow(model, row), write }));
    return this.#change({ rows, many: true }, tree ?? keyTree(model));
  }

  #insert(attempt: WriteAttempt, tree: ReadTree): Promise<RawRow[]> {
    return withFiles(
      attempt.rows.map(({ write }) => write),
      (ready) => this.#create(ready, tree, attempt),
      (undo) => this.#database.onRollback(undo),
    );
  }

  #change(attempt: WriteAttempt<Update>, tree: ReadTree): Promise<RawRow[]> {
    return withFiles(
      attempt.rows.map(({ write }) => write),
      (ready) =>
        this.#update(
          ready.map((write, at) => ({ key: attempt.rows[at]!.key, write })),
          tree,
          attempt,
        ),
      (undo) => this.#database.onRollback(undo),
    );
  }

  async #create(writes: readonly Write[], tree: ReadTree, attempt: WriteAttempt): Promise<RawRow[]> {
    const [first, ...others] = writes as readonly [Write, ...Write[]];
    const { model, columns } = first;
    if (others.length === 0 && isFlat(first))
      return [await this.#answer(model, tree, attempt, (args) => this.#delegate(model).create({ data: driverColumns(model, columns), ...args }))];
    const linked = others.length === 0 && insertLinked(model, first);
    if (linked) return readAgain(this.#database, model, await this.#alone(attempt, () => this.#database.client.$queryRaw(linked.toSql())), tree);
    return this.#together(attempt, async (transaction) =>
      readAgain(transaction, model, await new RowWriter(transaction).insert(model, writes), tree),
    );
  }

  async #update(updates: readonly Update[], tree: ReadTree, attempt: WriteAttempt): Promise<RawRow[]> {
    const [{ key, write }, ...others] = updates as readonly [Update, ...Update[]];
    const { model } = write;
    if (others.length === 0 && isFlat(write)) {
      const data = driverColumns(model, write.columns);
      return [await this.#answer(model, tree, attempt, (args) => this.#delegate(model).update({ where: whereKey(model, key), data, ...args }))];
    }
    const keys = updates.map((update) => update.key);
    return this.#together(attempt, async (transaction) => {
      await new RowWriter(transaction).update(model, updates, { missing: () => noMatch(model) });
      return readAgain(transaction, model, keys, tree);
    });
  }

  /** Several statements. */
  #together<T>(attempt: WriteAttempt, run: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#database.together((transaction) => attempted(attempt, () => run(transaction)));
  }

  /** A statement that is a transaction by itself where there is none. */
  async #alone<T>(attempt: WriteAttempt, run: () => PromiseLike<T>): Promise<T> {
    try {
      return await attempted(attempt, run);
    } catch (error) {
      if (!this.#database.inTransaction) await investigate(error, this.#database);
      throw error;
    }
  }

  /** @throws NotFound where the row is gone already; Conflict where others protect it. */
  async destroy(model: Model, rowOrKey: unknown): Promise<void> {
    try {
      await this.#delegate(model).delete({ where: whereRow(model, rowOrKey), select: selectOf(model.primaryKey) });
    } catch (error) {
      throw isGone(error) ? noMatch(model) : (toAPIException(error) ?? error);
    }
  }

  /** Deletes rows of one model, all or none. @throws as `destroy` does. */
  async destroyMany(model: Model, rowsOrKeys: readonly unknown[]): Promise<void> {
    if (rowsOrKeys.length === 0) return;
    const keys = rowsOrKeys.map((row) => keyOfRow(model, row));
    try {
      await this.#database.together(async ({ client }) => {
        const { count } = await (client as any)[model.delegate].deleteMany({ where: anyOf(model, keys) });
        if (count < keys.length) throw noMatch(model);
      });
    } catch (error) {
      throw toAPIException(error) ?? error;
    }
  }

  async #answer(model: Model, tree: ReadTree, attempt: WriteAttempt, run: (args: object) => Promise<RawRow>): Promise<RawRow> {
    const { load, shape } = toPrismaSelect(tree);
    const args = { ...load, select: { ...selectOf(model.primaryKey), ...load.select } };
    try {
      const row = await this.#alone(attempt, () => run(args));
      return shape ? shape(row) : row;
    } catch (error) {
      throw isGone(error) ? noMatch(model) : error;
    }
  }

  #delegate(model: Model): any {
    return (this.#database.client as any)[model.delegate];
  }
}

/** Rows that were written, by their keys and in their order. */
async function readAgain(database: Pick<Database, 'client'>, model: Model, keys: readonly DriverRow[], tree: ReadTree): Promise<RawRow[]> {
  const whole = withKey(tree);
  if (whole.relations.size === 0 && whole.counts.size === 0 && whole.columns.size === model.primaryKey.length) return [...keys];
  const where = assertWhere(model, anyOf(model, keys) as Where);
  const single = keys.length === 1 && ({ single: true } as const);
  const rows = await new PrismaReader(database).rows({ tree: whole, where, ordering: [], offset: 0, ...single });
  const byKey = new Map(rows.map((row) => [keyText(model, row), row]));
  return keys.map((key) => {
    const row = byKey.get(keyText(model, key));
    if (!row) throw noMatch(model);
    return row;
  });
}

const withKeys = new WeakMap<ReadTree, ReadTree>();

/** The tree with the primary key in it. */
function withKey(tree: ReadTree): ReadTree {
  const missing = tree.model.primaryKey.filter((name) => !tree.columns.has(name));
  if (missing.length === 0) return tree;
  let whole = withKeys.get(tree);
  if (!whole) withKeys.set(tree, (whole = Object.freeze({ ...tree, columns: new Set([...tree.columns, ...missing]) })));
  return whole;
}

const isFlat = ({ relations }: Write) => Object.keys(relations).length === 0;

function anyOf(model: Model, keys: readonly RowKey[]): Record<string, unknown> {
  const [name] = model.primaryKey as [string];
  if (model.primaryKey.length > 1) return { OR: keys.map((key) => keyOnly(model, key)) };
  return keys.length === 1 ? { [name]: keys[0]![name] } : { [name]: { in: keys.map((key) => key[name]) } };
}

const keyOnly = (model: Model, row: DriverRow) => Object.fromEntries(model.primaryKey.map((name) => [name, row[name]]));
const keyText = (model: Model, row: DriverRow) => model.primaryKey.map((name) => String(row[name])).join('\0');
