import type { Model, UniqueConstraint } from '../models/model.js';
import type { Transaction } from './transaction.js';
import { jsonRow } from './json-row.js';
import { violatedUnique } from './prisma-errors.js';
import type { RowKey } from './row-key.js';
import { quote, Statement, tableOf } from './statement.js';

/** A row to be changed: the columns that it is found by, its key among them, and those that are written. Values as Prisma takes them. */
export interface RowChange {
  readonly found: RowKey;
  readonly columns: Readonly<Record<string, unknown>>;
  /** What else must hold of it, as a record of another table; see `Condition`. */
  readonly link?: Readonly<Record<string, unknown>>;
}

/** A condition of the table `t` on the record that a change carries as its `link`. */
export interface Condition {
  readonly table: string;
  holds(record: string): string;
}

/**
 * Changes rows of a model in one statement, however many, and each in columns of its own; answers how many it found.
 *
 * PostgreSQL checks a unique constraint row by row, so that rows cannot exchange their values at once: where they do, those values are first moved out of
 * the way, by a statement more.
 */
export async function changeRows(transaction: Transaction, model: Model, changes: readonly RowChange[], condition?: Condition): Promise<number> {
  const written = changes.filter(({ columns }) => Object.keys(columns).length > 0);
  const run = (): Promise<number> => Promise.resolve(transaction.client.$executeRaw(updateSql(model, written, condition).toSql()));
  const rivals = model.uniques.filter(({ fields }) => written.filter(({ columns }) => fields.some((name) => name in columns)).length > 1);
  if (rivals.length === 0) return run();
  for (let attempt = 0; ; attempt++) {
    try {
      return await transaction.savepoint(run);
    } catch (error) {
      const violated = violatedUnique(model, error);
      const column = violated && attempt < rivals.length ? aside(model, violated, written) : undefined;
      if (column === undefined) throw error;
      const moved = written.filter(({ columns }) => column in columns);
      await transaction.client.$executeRaw(asideSql(model, column, moved).toSql());
    }
  }
}

/** The column of a constraint whose values can be moved out of the way: to null, or below all others. */
function aside(model: Model, { fields }: UniqueConstraint, changes: readonly RowChange[]): string | undefined {
  return fields.find((name) => {
    const { nullable, type, foreignKeyOf } = model.fields[name]!;
    return (nullable || (!foreignKeyOf && (type === 'Int' || type === 'BigInt'))) && changes.some(({ columns }) => name in columns);
  });
}

function asideSql(model: Model, name: string, changes: readonly RowChange[]): Statement {
  const { column, nullable } = model.fields[name]!;
  const least = `(select least(min(${quote(column)}), 0) from ${tableOf(model)}) - v.n`;
  const statement = new Statement().add(`update ${tableOf(model)} t set ${quote(column)} = ${nullable ? 'null' : least} from `);
  return from(statement, model, changes).add(` where ${same(model, Object.keys(changes[0]!.found))}`);
}

function updateSql(model: Model, changes: readonly RowChange[], condition: Condition | undefined): Statement {
  const names = [...new Set(changes.flatMap(({ columns }) => Object.keys(columns)))].sort();
  const sets = names.map((name) => {
    const { column, type, nullable, nativeType } = model.fields[name]!;
    const value = `s.${quote(column)}`;
    // JSON's own null, where the column takes no other.
    const taken = type === 'Json' && !nullable ? `coalesce(${value}, 'null'::${nativeType?.[0] === 'Json' ? 'json' : 'jsonb'})` : value;
    const always = changes.every(({ columns }) => name in columns);
    const key = `'${column.replaceAll("'", "''")}'`;
    return `${quote(column)} = ${always ? taken : `case when v.j->'s'->${key} is null then t.${quote(column)} else ${taken} end`}`;
  });
  const statement = new Statement().add(`update ${tableOf(model)} t set ${sets.join(', ')} from `);
  from(statement, model, changes).add(`, jsonb_populate_record(null::${tableOf(model)}, v.j->'s') s`);
  if (condition) statement.add(`, jsonb_populate_record(null::${condition.table}, v.j->'l') l`);
  statement.add(` where ${same(model, Object.keys(changes[0]!.found))}`);
  return condition ? statement.add(` and ${condition.holds('l')}`) : statement;
}

/** The changes as `v(j, n)`, and the columns that their rows are found by as `k`. */
function from(statement: Statement, model: Model, changes: readonly RowChange[]): Statement {
  const json = changes.map(({ found, columns, link }) => ({ k: jsonRow(model, found), s: jsonRow(model, columns), ...(link && { l: link }) }));
  return statement
    .add('jsonb_array_elements(')
    .value(JSON.stringify(json))
    .add(`::text::jsonb) with ordinality v(j, n), jsonb_populate_record(null::${tableOf(model)}, v.j->'k') k`);
}

const same = (model: Model, names: readonly string[]) =>
  names.map((name) => `t.${quote(model.fields[name]!.column)} = k.${quote(model.fields[name]!.column)}`).join(' and ');
