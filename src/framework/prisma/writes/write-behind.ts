import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField } from '../../models/model.js';
import type { RelationWrite, Write } from '../../plan/write.js';
import { ChildTable } from './child-table.js';
import { JoinTable, type Pair } from './join-table.js';
import { keyOfRow } from './row-key.js';
import type { DriverRow, RowWriter } from './row-writer.js';

/** A row that has been written, with what becomes of the rows that are related to it. */
interface Parent {
  readonly row: DriverRow;
  readonly write: Write;
}

type Rows = Extract<RelationWrite, { kind: 'rows' }>;
type Keys = Exclude<RelationWrite, { kind: 'rows' }>;
/** One parent's part in a relation. */
interface Part<Change> {
  readonly parent: DriverRow;
  readonly change: Change;
}

/** The columns of rows that what is written behind them refers to. */
export function columnsBehind(model: Model, writes: readonly Write[]): string[] {
  return relationsBehind(model, writes).flatMap((relation) => (relation.join ? [] : new ChildTable(model, relation).parentColumns));
}

/**
 * Writes the rows that refer to rows, or are linked to them. `made` are rows that nothing is related to yet.
 * What goes is gone before anything new comes: the values of its unique columns are free then.
 */
export async function writeBehind(writer: RowWriter, model: Model, parents: readonly Parent[], made: boolean): Promise<void> {
  const relations = relationsBehind(
    model,
    parents.map(({ write }) => write),
  );
  if (relations.length === 0) return;
  const rows = made ? parents : await withColumns(writer, model, parents);
  for (const relation of relations) {
    const parts = rows.flatMap(({ row, write }) => {
      const change = write.relations[relation.name];
      return change ? [{ parent: row, change }] : [];
    });
    const side = relation.join ? new Linked(writer, model, relation, made) : new Kept(writer, model, relation, made);
    await side.writeRows(parts.filter((part): part is Part<Rows> => part.change.kind === 'rows'));
    for (const kind of ['set', 'unlink', 'link'] as const) {
      const some = parts.filter((part): part is Part<Keys> => part.change.kind === kind);
      if (some.length > 0) await side[kind](some);
    }
  }
}

function relationsBehind(model: Model, writes: readonly Write[]): RelationField[] {
  const names = new Set(writes.flatMap(({ relations }) => Object.keys(relations)));
  return [...names].flatMap((name) => {
    const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
    if (!relation)
      throw new ConfigurationError(`${model.name} has no relation '${name}' to write; it has ${Object.keys(model.relations).join(', ') || 'none'}.`);
    return relation.from.length === 0 ? [relation] : [];
  });
}

/** Parents by their keys know no other column; a foreign key may refer to one. */
async function withColumns(writer: RowWriter, model: Model, parents: readonly Parent[]): Promise<readonly Parent[]> {
  const wanted = columnsBehind(
    model,
    parents.map(({ write }) => write),
  ).filter((name) => !model.primaryKey.includes(name));
  if (wanted.length === 0) return parents;
  const select = Object.fromEntries([...model.primaryKey, ...wanted].map((name) => [name, true]));
  const found: DriverRow[] = await writer.delegate(model).findMany({ where: { OR: parents.map(({ row }) => row) }, select });
  return parents.map(({ row, write }) => ({ row: found.find((one) => model.primaryKey.every((name) => one[name] === row[name])) ?? row, write }));
}

/** Rows that keep the foreign key of their parent. */
class Kept {
  readonly #table: ChildTable;

  constructor(
    readonly writer: RowWriter,
    readonly model: Model,
    readonly relation: RelationField,
    readonly made: boolean,
  ) {
    this.#table = new ChildTable(model, relation);
  }

  async writeRows(parts: readonly Part<Rows>[]): Promise<void> {
    const related = this.#table.model;
    const rows = parts.flatMap(({ parent, change }) => change.rows.map(({ key, write }) => ({ scope: this.#table.foreignKey(parent), key, write })));
    const named = rows.flatMap(({ key, ...row }) => (key ? [{ ...row, key: keyOfRow(related, key) }] : []));
    const emptied = parts.filter(({ change }) => change.others === 'remove').map(({ parent }) => parent);
    if (emptied.length > 0 && !this.made)
      await this.#table.removeOthers(
        this.writer.transaction.client,
        emptied,
        named.map(({ key }) => key),
      );
    await this.writer.update(related, named);
    await this.writer.insert(
      related,
      rows.filter(({ key }) => !key).map(({ scope, write }) => ({ ...write, columns: { ...write.columns, ...scope } })),
    );
  }

  async set(parts: readonly Part<Keys>[]): Promise<void> {
    const keys = parts.flatMap(({ change }) => change.keys.map((key) => keyOfRow(this.#table.model, key)));
    if (!this.made)
      await this.#table.releaseOthers(
        this.writer.transaction.client,
        parts.map(({ parent }) => parent),
        keys,
      );
    await this.link(parts);
  }

  async link(parts: readonly Part<Keys>[]): Promise<void> {
    await this.#move(parts, (parent) => ({ columns: this.#table.foreignKey(parent) }));
  }

  async unlink(parts: readonly Part<Keys>[]): Promise<void> {
    await this.#move(parts, (parent) => ({ columns: this.#table.noParent(), scope: this.#table.foreignKey(parent) }));
  }

  async #move(parts: readonly Part<Keys>[], to: (parent: DriverRow) => { columns: DriverRow; scope?: DriverRow }): Promise<void> {
    const { model } = this.#table;
    const updates = parts.flatMap(({ parent, change }) => {
      const { columns, scope } = to(parent);
      return change.keys.map((key) => ({ key: keyOfRow(model, key), write: { model, columns, relations: {} }, ...(scope && { scope }) }));
    });
    await this.writer.update(model, updates);
  }
}

/** Rows that are linked to their parents by a join table. */
class Linked {
  readonly #table: JoinTable;
  readonly #related: Model;

  constructor(
    readonly writer: RowWriter,
    model: Model,
    relation: RelationField,
    readonly made: boolean,
  ) {
    this.#table = new JoinTable(model, relation);
    this.#related = relation.model();
  }

  async writeRows(parts: readonly Part<Rows>[]): Promise<void> {
    const { client } = this.writer.transaction;
    const rows = parts.flatMap(({ parent, change }) => change.rows.map((row) => ({ parent, ...row })));
    const named = rows.flatMap(({ parent, key, write }) => (key ? [{ parent, child: keyOfRow(this.#related, key), write }] : []));
    const emptied = parts.filter(({ change }) => change.others === 'remove').map(({ parent }) => parent);
    if (emptied.length > 0 && !this.made) await this.#table.unlinkOthers(client, emptied, named);
    await this.writer.update(
      this.#related,
      named.map(({ write, ...pair }) => ({ key: pair.child, write, link: this.#table.record(pair) })),
      { condition: { table: this.#table.table, holds: (record) => this.#table.links(record) } },
    );
    const made = rows.filter(({ key }) => !key);
    const children = await this.writer.insert(
      this.#related,
      made.map(({ write }) => write),
    );
    await this.#table.link(
      client,
      made.map(({ parent }, at) => ({ parent, child: children[at]! })),
    );
  }

  async set(parts: readonly Part<Keys>[]): Promise<void> {
    const pairs = this.#pairs(parts);
    if (!this.made)
      await this.#table.unlinkOthers(
        this.writer.transaction.client,
        parts.map(({ parent }) => parent),
        pairs,
      );
    await this.#table.link(this.writer.transaction.client, pairs);
  }

  async link(parts: readonly Part<Keys>[]): Promise<void> {
    await this.#table.link(this.writer.transaction.client, this.#pairs(parts));
  }

  async unlink(parts: readonly Part<Keys>[]): Promise<void> {
    await this.#table.unlink(this.writer.transaction.client, this.#pairs(parts));
  }

  #pairs(parts: readonly Part<Keys>[]): Pair[] {
    return parts.flatMap(({ parent, change }) => change.keys.map((key): Pair => ({ parent, child: keyOfRow(this.#related, key) })));
  }
}
