import { sqltag } from '@prisma/client/runtime/client';
import type { Model, RelationField, ScalarField } from '../../models/model.js';
import { assertWhere, EVERYTHING } from '../../plan/assert-where.js';
import { columnValue } from '../../plan/column-value.js';
import type { ReadTree } from '../../plan/read-plan.js';
import type { Where } from '../../plan/where.js';
import type { Database } from '../database.js';
import { columnToCompare, pathToCompare, type ColumnPath } from './column-to-compare.js';
import { conditionSql, isOfColumns } from './condition-sql.js';
import { ofText, postgresType, toText } from '../driver-value.js';
import { existsSql, existsWhere, type ExistsLookup } from './exists-lookup.js';
import type { Lookup, LookupAnswer, LookupMatch } from '../../plan/lookup.js';
import { PrismaReader } from '../prisma-reader.js';
import { quote, Statement, tableOf } from '../statement.js';
import { takenIndexes, takenSql } from './taken-lookup.js';

/**
 * Answers questions in their order: all in one statement, but those whose scope looks at relations, which take one each at the same time.
 * Values that a column cannot hold, or of another type, are in no row: the database is not asked for them.
 */
export async function answerLookups(database: Database, lookups: readonly Lookup[]): Promise<LookupAnswer[]> {
  const answers: LookupAnswer[] = lookups.map(({ kind }) => (kind === 'rows' ? new Map() : kind === 'taken' ? new Set<number>() : false));
  const statement = new Statement();
  const asked: ((row: Record<string, any>) => void)[] = [];
  const scoped: Promise<void>[] = [];
  for (const [index, lookup] of lookups.entries()) {
    const name = String(index);
    if (lookup.kind === 'exists') {
      if (lookup.scope && !isOfColumns(lookup.model, lookup.scope)) {
        scoped.push(scopedExists(database, lookup).then((found) => void (answers[index] = found)));
        continue;
      }
      const write = existsSql(lookup);
      if (!write) continue;
      statement.add(asked.length > 0 ? ', ' : '');
      write(statement);
      statement.add(` as "${name}"`);
      asked.push((row) => (answers[index] = row[name] === true));
      continue;
    }
    if (lookup.kind === 'taken') {
      const write = takenSql(lookup);
      if (!write) continue;
      statement.add(asked.length > 0 ? ', ' : '');
      write(statement);
      statement.add(` as "${name}"`);
      asked.push((row) => (answers[index] = takenIndexes(row[name])));
      continue;
    }
    const { model } = lookup;
    const path = pathToCompare(model, lookup.field);
    const values = holdable(path.column, lookup.values);
    if (values.size === 0) continue;
    const scope = lookup.scope && assertWhere(model, lookup.scope);
    const key = columnToCompare(model, lookup.key ?? model.primaryKey[0]!);
    if (scope && !isOfColumns(model, scope)) {
      scoped.push(scopedMatches(database, model, { path, key, values, scope }).then((found) => void (answers[index] = found)));
      continue;
    }
    statement.add(asked.length > 0 ? ', ' : '');
    const names = rowsSql(statement, model, { path, key, values, scope: scope ?? EVERYTHING });
    statement.add(` as "${name}"`);
    asked.push((row) => (answers[index] = matches(key, names, row[name])));
  }
  const one = asked.length > 0 ? ask(database, statement, asked) : undefined;
  await Promise.all([one, ...scoped]);
  return answers;
}

async function ask(database: Database, statement: Statement, asked: readonly ((row: Record<string, any>) => void)[]): Promise<void> {
  const { strings, values } = statement.toSql();
  const [row] = await database.client.$queryRaw(sqltag([`select ${strings[0]}`, ...strings.slice(1)], ...values));
  for (const take of asked) take(row);
}

/** Each value that a column can hold, under its text, with the names by which it was asked for. */
type Values = Map<string, { readonly value: unknown; readonly names: Set<string> }>;

function holdable(field: ScalarField, values: readonly unknown[]): Values {
  const found = new Map<string, { value: unknown; names: Set<string> }>();
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const fitted = columnValue(field, value);
    if (fitted.kind !== 'value') continue;
    const text = toText(field, fitted.value);
    const known = found.get(text);
    if (known) known.names.add(String(value));
    else found.set(text, { value: fitted.value, names: new Set([String(value)]) });
  }
  return found;
}

/** Rows that are looked up, ready to be asked for. */
interface RowsLookup {
  readonly path: ColumnPath;
  readonly key: ScalarField;
  readonly values: Values;
  readonly scope: Where;
}

/** One parameter, however many values: the statement stays the same and its plan with it. */
function rowsSql(statement: Statement, model: Model, { path, key, values, scope }: RowsLookup): Set<string>[] {
  const { hops, column } = path;
  const type = postgresType(column);
  const compared = `t${hops.length || ''}.${quote(column.column)}${type === null ? '::text' : ''}`;
  statement
    .add(`(select json_agg(json_build_array(m.i, m.k, m.n)) from (select v.i, min(t.${quote(key.column)}::text) k, count(*) n`)
    .add(' from json_array_elements_text(')
    .value(JSON.stringify([...values.keys()]))
    .add('::text::json) with ordinality v(x, i) join ')
    .add(`${tableOf(model)} t${joins(model, hops)} on ${compared} = v.x${type === null ? '' : `::${type}`} where `);
  conditionSql(statement, model, scope, 't');
  statement.add(' group by v.i) m)');
  return [...values.values()].map(({ names }) => names);
}

/** The tables on the way to a related row's column: t, t1, t2 … */
function joins(model: Model, hops: readonly RelationField[]): string {
  let from = model;
  return hops
    .map((hop, at) => {
      const to = hop.model();
      // The key is on one side or on the other.
      const holder = hop.from.length > 0 ? hop : to.relations[hop.inverse]!;
      const [mine, theirs] = hop.from.length > 0 ? [holder.from, holder.to] : [holder.to, holder.from];
      const [one, other] = [`t${at || ''}`, `t${at + 1}`];
      const on = mine.map((name, index) => `${one}.${quote(from.fields[name]!.column)} = ${other}.${quote(to.fields[theirs[index]!]!.column)}`);
      from = to;
      return ` join ${tableOf(to)} ${other} on ${on.join(' and ')}`;
    })
    .join('');
}

function matches(
  key: ScalarField,
  names: readonly Set<string>[],
  found: readonly (readonly [number, string, number])[] | null,
): Map<string, LookupMatch> {
  const answer = new Map<string, LookupMatch>();
  for (const [index, text, rows] of found ?? []) {
    for (const name of names[Number(index) - 1]!) answer.set(name, { key: keyOf(key, text), rows: Number(rows) });
  }
  return answer;
}

/** A column's value of its text. */
function keyOf(field: ScalarField, text: string): unknown {
  const { type } = field;
  return type === 'Int' || type === 'Float' ? Number(text) : type === 'BigInt' ? BigInt(text) : ofText(field, text);
}

async function scopedExists(database: Database, lookup: ExistsLookup): Promise<boolean> {
  const where = existsWhere(lookup);
  if (!where) return false;
  return database
    .objects(lookup.model)
    .filter({ AND: [lookup.scope as Where, where] })
    .exists();
}

async function scopedMatches(database: Database, model: Model, { path, key, values, scope }: RowsLookup): Promise<LookupAnswer> {
  const { hops, column } = path;
  const within = hops.reduceRight<object>((inner, { name }) => ({ [name]: inner }), {
    [column.name]: { in: [...values.values()].map(({ value }) => value) },
  });
  const where = { AND: [scope, assertWhere(model, within)] } as Where;
  const rows = await new PrismaReader(database).rows({ tree: treeOf(model, path, key.name), where, ordering: [], offset: 0 });
  const answer = new Map<string, LookupMatch>();
  for (const row of rows) {
    const found: unknown = hops.reduce((at, { name }) => at[name], row)[column.name];
    const fitted = columnValue(column, found);
    if (fitted.kind !== 'value') continue;
    const asked = values.get(toText(column, fitted.value)) ?? decimalMatch(column, values, fitted.value);
    for (const name of asked?.names ?? []) answer.set(name, { key: row[key.name], rows: (answer.get(name)?.rows ?? 0) + 1 });
  }
  return answer;
}

/** The key of a row, and the column at the end of a path. */
function treeOf(model: Model, { hops: [hop, ...hops], column }: ColumnPath, key?: string): ReadTree {
  const columns = new Set([...(hop ? [] : [column.name]), ...(key === undefined ? [] : [key])]);
  const relations = new Map(hop ? [[hop.name, { tree: treeOf(hop.model(), { hops, column }), many: false, ordering: [] }]] : []);
  return { model, columns, counts: new Set(), relations };
}

/** 1.5 was asked for as 1.50. */
function decimalMatch(field: ScalarField, values: Values, value: unknown) {
  return field.type === 'Decimal' ? [...values].find(([text]) => Number(text) === Number(value))?.[1] : undefined;
}
