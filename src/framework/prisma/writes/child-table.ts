import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField } from '../../models/model.js';
import { jsonRow } from '../json-row.js';
import type { PrismaClientLike } from '../prisma-client.js';
import type { RowKey } from './row-key.js';
import { quote, Statement, tableOf } from '../statement.js';

type Client = Pick<PrismaClientLike, '$executeRaw'>;

/** The related rows that keep the foreign key of a relation, seen from the rows that it points to. */
export class ChildTable {
  readonly model: Model;
  readonly #inverse: RelationField;

  /** @throws ConfigurationError for a relation that is not kept by foreign keys of related rows. */
  constructor(owner: Model, relation: RelationField) {
    this.model = relation.model();
    const inverse = this.model.relations[relation.inverse];
    if (!inverse || inverse.from.length === 0)
      throw new ConfigurationError(
        `${owner.name}.${relation.name} is not kept by ${this.model.name}: its rows have no foreign key of ${owner.name}.`,
      );
    this.#inverse = inverse;
  }

  /** The columns of the parent that the foreign key refers to. */
  get parentColumns(): readonly string[] {
    return this.#inverse.to;
  }

  /** The foreign key of a parent's rows, by column. */
  foreignKey(parent: RowKey): Record<string, unknown> {
    return Object.fromEntries(this.#inverse.from.map((name, at) => [name, parent[this.#inverse.to[at]!]]));
  }

  /** The foreign key of a row that has no parent. @throws ConfigurationError where a row cannot be without. */
  noParent(): Record<string, unknown> {
    const kept = this.#inverse.from.filter((name) => !this.model.fields[name]!.nullable);
    if (kept.length > 0)
      throw new ConfigurationError(
        `${this.model.name}.${kept.join(', ')} may not be null: its rows cannot be taken from their ${this.#inverse.name}. To delete them, write { kind: 'rows', rows: [], others: 'remove' }.`,
      );
    return Object.fromEntries(this.#inverse.from.map((name) => [name, null]));
  }

  /** Deletes the parents' rows but those of some keys, in one statement. */
  async removeOthers(client: Client, parents: readonly RowKey[], kept: readonly RowKey[]): Promise<void> {
    await client.$executeRaw(this.#others(`delete from ${tableOf(this.model)} t using `, parents, kept).toSql());
  }

  /** Takes the parents' rows from them, but those of some keys, in one statement. */
  async releaseOthers(client: Client, parents: readonly RowKey[], kept: readonly RowKey[]): Promise<void> {
    const sets = Object.keys(this.noParent()).map((name) => `${this.#column(name)} = null`);
    await client.$executeRaw(this.#others(`update ${tableOf(this.model)} t set ${sets.join(', ')} from `, parents, kept).toSql());
  }

  #others(start: string, parents: readonly RowKey[], kept: readonly RowKey[]): Statement {
    const table = tableOf(this.model);
    const statement = new Statement().add(start).records(
      table,
      parents.map((parent) => jsonRow(this.model, this.foreignKey(parent))),
    );
    statement.add(` p where ${this.#same('p', this.#inverse.from)}`);
    if (kept.length === 0) return statement;
    const keys = kept.map((key) => jsonRow(this.model, key));
    return statement
      .add(' and not exists (select 1 from ')
      .records(table, keys)
      .add(` k where ${this.#same('k', this.model.primaryKey)})`);
  }

  #same(record: string, names: readonly string[]): string {
    return names.map((name) => `t.${this.#column(name)} = ${record}.${this.#column(name)}`).join(' and ');
  }

  #column(name: string): string {
    return quote(this.model.fields[name]!.column);
  }
}
