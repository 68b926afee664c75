import type { Model, ScalarField, UniqueConstraint } from '../../models/model.js';
import type { Transaction } from '../transaction.js';
import { jsonRow } from '../json-row.js';
import { violatedUnique } from '../prisma-errors.js';
import type { RowKey } from './row-key.js';
import { quote, Statement, tableOf } from '../statement.js';

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
 * the way, by a statement more. Where they cannot be, such as foreign keys, the constraint refuses them.
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
      const moved = violated && attempt < rivals.length && (await moveAside(transaction, model, violated, written));
      if (!moved) throw error;
    }
  }
}

/** Moves the values of a constraint's column out of the way; false where none can be moved, or the database refuses what they are moved to. */
async function moveAside(transaction: Transaction, model: Model, { fields }: UniqueConstraint, changes: readonly RowChange[]): Promise<boolean> {
  for (const name of fields) {
    const moved = changes.filter(({ columns }) => name in columns);
    const value = moved.length > 0 ? asideValue(model, model.fields[name]!) : undefined;
    if (value === undefined) continue;
    const statement = new Statement().add(`update ${tableOf(model)} t set ${quote(model.fields[name]!.column)} = ${value} from `);
    from(statement, model, moved).add(` where ${same(model, Object.keys(moved[0]!.found))}`);
    return transaction
      .savepoint(async () => transaction.client.$executeRaw(statement.toSql()))
      .then(
        () => true,
        () => false,
      );
  }
  return false;
}

/** A value that no other row has, of the change `v.n`: null, one below all others, a text by chance. A foreign key has none. */
function asideValue(model: Model, { column, nullable, type, nativeType, foreignKeyOf }: ScalarField): string | undefined {
  if (nullable) return 'null';
  if (foreignKeyOf) return undefined;
  const least = `(select min(${quote(column)}) from ${tableOf(model)})`;
  const [native, length = 'Infinity'] = nativeType ?? [];
  switch (type) {
    case 'Int':
    case 'BigInt':
    case 'Float':
    case 'Decimal':
      return `least(${least}, 0) - v.n`;
    case 'DateTime':
      return native === 'Time' || native === 'Timetz' ? undefined : `${least} - v.n * interval '1 day'`;
    case 'String':
      if (native === 'Uuid') return 'gen_random_uuid()';
      return TEXTS.has(native) && Number(length) >= 12 ? `left(md5(random()::text || v.n), ${Math.min(Number(length), 32)})` : undefined;
    default:
      return undefined;
  }
}

const TEXTS: ReadonlySet<string | undefined> = new Set([undefined, 'Text', 'VarChar', 'Char', 'Citext']);

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
