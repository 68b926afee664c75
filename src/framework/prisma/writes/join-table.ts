import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField } from '../../models/model.js';
import { jsonRow } from '../json-row.js';
import type { PrismaClientLike } from '../prisma-client.js';
import type { RowKey } from './row-key.js';
import { quote, Statement } from '../statement.js';

type Client = Pick<PrismaClientLike, '$executeRaw'>;

/** A row of one side and a row of the other, by their keys as Prisma takes them. */
export interface Pair {
  readonly parent: RowKey;
  readonly child: RowKey;
}

/** The table of an implicit many-to-many relation, seen from one side. Every method is one statement, however many rows it is of. */
export class JoinTable {
  readonly table: string;
  /** The columns of this side and of the other, as they stand in SQL. */
  readonly #here: string;
  readonly #there: string;
  readonly #model: Model;
  readonly #relation: RelationField;

  /** @throws ConfigurationError for a relation that has none. */
  constructor(model: Model, relation: RelationField) {
    const { join } = relation;
    if (!join) throw new ConfigurationError(`${model.name}.${relation.name} has no join table; it is kept by foreign keys.`);
    this.table = join.schema === undefined ? quote(join.table) : `${quote(join.schema)}.${quote(join.table)}`;
    this.#here = quote(join.column);
    this.#there = quote(join.inverseColumn);
    this.#model = model;
    this.#relation = relation;
  }

  /** A pair as a record of the table, in JSON. */
  record({ parent, child }: Pair): Record<string, unknown> {
    return { ...this.#side(this.#model, parent, 'column'), ...this.#side(this.#relation.model(), child, 'inverseColumn') };
  }

  /** That an alias of the other side's table is linked as a record says. */
  links(record: string): string {
    return `exists (select 1 from ${this.table} j where j.${this.#here} = ${record}.${this.#here} and j.${this.#there} = ${record}.${this.#there})`;
  }

  async link(client: Client, pairs: readonly Pair[]): Promise<void> {
    if (pairs.length === 0) return;
    const columns = `${this.#here}, ${this.#there}`;
    const statement = new Statement().add(`insert into ${this.table} (${columns}) select ${columns} from `);
    await client.$executeRaw(this.#pairs(statement, pairs).add(' r on conflict do nothing').toSql());
  }

  /** As a part of a statement: links the one row of an earlier part to rows of the other side. `key` is that row's key as SQL. */
  linkMade(statement: Statement, made: string, key: string, children: readonly RowKey[]): void {
    const sides = children.map((child) => this.#side(this.#relation.model(), child, 'inverseColumn'));
    statement.add(`insert into ${this.table} (${this.#here}, ${this.#there}) select ${key}, r.${this.#there} from ${made}, `);
    statement.records(this.table, sides).add(' r on conflict do nothing');
  }

  async unlink(client: Client, pairs: readonly Pair[]): Promise<void> {
    if (pairs.length === 0) return;
    const statement = new Statement().add(`delete from ${this.table} t using `);
    await client.$executeRaw(
      this.#pairs(statement, pairs)
        .add(` r where ${this.#same('r')}`)
        .toSql(),
    );
  }

  /** Unlinks the parents' rows that are in none of the pairs. */
  async unlinkOthers(client: Client, parents: readonly RowKey[], pairs: readonly Pair[]): Promise<void> {
    if (parents.length === 0) return;
    const statement = new Statement().add(`delete from ${this.table} t using `);
    const sides = parents.map((parent) => this.#side(this.#model, parent, 'column'));
    statement.records(this.table, sides).add(` p where t.${this.#here} = p.${this.#here}`);
    if (pairs.length > 0) this.#pairs(statement.add(' and not exists (select 1 from '), pairs).add(` r where ${this.#same('r')})`);
    await client.$executeRaw(statement.toSql());
  }

  #pairs(statement: Statement, pairs: readonly Pair[]): Statement {
    return statement.records(
      this.table,
      pairs.map((pair) => this.record(pair)),
    );
  }

  #same(record: string): string {
    return `t.${this.#here} = ${record}.${this.#here} and t.${this.#there} = ${record}.${this.#there}`;
  }

  /** Prisma's join tables refer to keys of one column. */
  #side(model: Model, key: RowKey, side: 'column' | 'inverseColumn'): Record<string, unknown> {
    const [name] = model.primaryKey as [string];
    const [value] = Object.values(jsonRow(model, { [name]: key[name] }));
    return { [this.#relation.join![side]]: value };
  }
}
