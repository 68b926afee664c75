import { ConfigurationError } from '../exceptions/configuration-error.js';
import { noMatch } from '../exceptions/no-match.js';
import type { Model, RelationField } from '../models/model.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import { keyTree } from '../plan/read-tree.js';
import type { RelationWrite, Write } from '../services/write.js';
import type { Database } from './database.js';
import { driverColumns } from './driver-columns.js';
import { isGone, toAPIException } from './prisma-errors.js';
import { toPrismaSelect } from './prisma-select.js';
import { whereRow } from './row-key.js';

/** Executes writes through Prisma, and reads what was written by a tree in the same transaction. */
export class PrismaWriter {
  readonly #database: Pick<Database, 'client' | 'transaction'>;

  constructor(database: Pick<Database, 'client' | 'transaction'>) {
    this.#database = database;
  }

  /** Makes a row and those under it; answers it read by the tree, with its primary key in any case. */
  async create(write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    return this.#answer(write.model, tree, (args) => this.#delegate(write.model).create({ data: createData(write), ...args }));
  }

  /**
   * Changes a row, given itself or its key, and those under it; answers it as `create` does.
   * @throws NotFound where the row is gone. Violated constraints come as Prisma's errors: the caller knows the field to name.
   */
  async update(rowOrKey: unknown, write: Write, tree: ReadTree = keyTree(write.model)): Promise<RawRow> {
    const { model } = write;
    const where = whereRow(model, rowOrKey);
    const replaced = Object.entries(write.relations).filter(([, change]) => change.kind === 'create' && change.replace);
    const data = { ...driverColumns(model, write.columns), ...relationsData(write, false) };
    const update = () => this.#answer(model, tree, (args) => this.#delegate(model).update({ where, data, ...args }));
    if (replaced.length === 0) return update();
    return this.#database.transaction(async () => {
      for (const [name] of replaced) await this.#removeChildren(relationOf(model, name), where);
      return update();
    });
  }

  /** @throws NotFound where the row is gone already; Conflict where others protect it. */
  async destroy(model: Model, rowOrKey: unknown): Promise<void> {
    try {
      await this.#delegate(model).delete({ where: whereRow(model, rowOrKey), select: keySelect(model) });
    } catch (error) {
      throw isGone(error) ? noMatch(model) : (toAPIException(error) ?? error);
    }
  }

  /** The rows of one parent alone: its key stands in the condition, which is never empty. */
  async #removeChildren(relation: RelationField, parent: Record<string, unknown>): Promise<void> {
    const child = relation.model();
    const inverse = child.relations[relation.inverse];
    if (!inverse || inverse.many || Object.keys(parent).length === 0) {
      throw new ConfigurationError(`${relation.name} cannot be replaced: only rows that belong to one parent can; use 'set'.`);
    }
    const key = inverse.to.length === 1 ? parent[inverse.to[0]!] : undefined;
    const where = key === undefined ? { [inverse.name]: { is: parent } } : { [inverse.from[0]!]: key };
    await this.#delegate(child).deleteMany({ where });
  }

  async #answer(model: Model, tree: ReadTree, run: (args: object) => Promise<RawRow>): Promise<RawRow> {
    const { select, strategy, shape } = toPrismaSelect(tree);
    try {
      const row = await run({ select: { ...keySelect(model), ...select }, ...(strategy && { relationLoadStrategy: strategy }) });
      return shape ? shape(row) : row;
    } catch (error) {
      throw isGone(error) ? noMatch(model) : error;
    }
  }

  #delegate(model: Model): any {
    return (this.#database.client as any)[model.delegate];
  }
}

const keySelect = (model: Model): Record<string, true> => Object.fromEntries(model.primaryKey.map((name) => [name, true]));

function createData(write: Write, leftOut: readonly string[] = []): Record<string, unknown> {
  return { ...driverColumns(write.model, write.columns, leftOut), ...relationsData(write, true) };
}

function relationsData({ model, relations }: Write, created: boolean): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [name, change] of Object.entries(relations)) {
    const made = relationData(relationOf(model, name), change, created);
    if (made) data[name] = made;
  }
  return data;
}

function relationData(relation: RelationField, change: RelationWrite, created: boolean): Record<string, unknown> | undefined {
  const related = relation.model();
  if (change.kind === 'create') {
    if (change.rows.length === 0) return undefined;
    const inverse = related.relations[relation.inverse];
    const flat = !relation.join && change.rows.every((row) => Object.keys(row.relations).length === 0);
    const rows = change.rows.map((row) => createData(row, inverse?.from));
    return flat ? { createMany: { data: rows } } : { create: rows };
  }
  const keys = change.keys.map((key) => whereRow(related, key));
  if (change.kind === 'set') return created ? (keys.length > 0 ? { connect: keys } : undefined) : { set: keys };
  if (keys.length === 0) return undefined;
  return change.kind === 'link' ? { connect: keys } : created ? undefined : { disconnect: keys };
}

function relationOf(model: Model, name: string): RelationField {
  const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
  if (!relation?.many)
    throw new ConfigurationError(`${model.name} has no to-many relation '${name}' to write; a to-one relation is written by its foreign key.`);
  return relation;
}
