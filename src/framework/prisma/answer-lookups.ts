import { sqltag } from '@prisma/client/runtime/client';
import type { Model, ScalarField } from '../models/model.js';
import { assertWhere, EVERYTHING } from '../plan/assert-where.js';
import { columnValue } from '../plan/column-value.js';
import type { Where } from '../plan/where.js';
import type { Database } from './database.js';
import { columnToCompare } from './column-to-compare.js';
import { conditionSql, isOfColumns } from './condition-sql.js';
import { postgresType, toText } from './driver-value.js';
import { existsSql, existsWhere, type ExistsLookup } from './exists-lookup.js';
import type { Lookup, LookupAnswer, LookupMatch } from './lookup.js';
import { PrismaReader } from './prisma-reader.js';
import { quote, Statement, tableOf } from './statement.js';
import { takenIndexes, takenSql } from './taken-lookup.js';

type RowsLookup = Extract<Lookup, { kind: 'rows' }>;

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
    const { model, field: fieldName } = lookup;
    const field = columnToCompare(model, fieldName);
    const values = holdable(field, lookup.values);
    if (values.size === 0) continue;
    const scope = lookup.scope && assertWhere(model, lookup.scope);
    if (scope && !isOfColumns(model, scope)) {
      scoped.push(scopedMatches(database, lookup, field, values, scope).then((found) => void (answers[index] = found)));
      continue;
    }
    statement.add(asked.length > 0 ? ', ' : '');
    const names = rowsSql(statement, model, field, values, scope ?? EVERYTHING);
    statement.add(` as "${name}"`);
    asked.push((row) => (answers[index] = matches(model, names, row[name])));
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

/** Each value that the column can hold, under its text, with the names by which it was asked for. */
function holdable(field: ScalarField, values: readonly unknown[]): Map<string, { readonly value: unknown; readonly names: Set<string> }> {
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

/** One parameter, however many values: the statement stays the same and its plan with it. */
function rowsSql(statement: Statement, model: Model, field: ScalarField, values: ReturnType<typeof holdable>, scope: Where): Set<string>[] {
  const type = postgresType(field);
  const column = `t.${quote(field.column)}${type === null ? '::text' : ''}`;
  const key = `t.${quote(model.fields[model.primaryKey[0]!]!.column)}`;
  statement
    .add(`(select json_agg(json_build_array(m.i, m.k, m.n)) from (select v.i, min(${key}::text) k, count(*) n from json_array_elements_text(`)
    .value(JSON.stringify([...values.keys()]))
    .add(`::text::json) with ordinality v(x, i) join ${tableOf(model)} t on ${column} = v.x${type === null ? '' : `::${type}`} where `);
  conditionSql(statement, model, scope, 't');
  statement.add(' group by v.i) m)');
  return [...values.values()].map(({ names }) => names);
}

function matches(
  model: Model,
  names: readonly Set<string>[],
  found: readonly (readonly [number, string, number])[] | null,
): Map<string, LookupMatch> {
  const answer = new Map<string, LookupMatch>();
  for (const [index, key, rows] of found ?? []) {
    for (const name of names[Number(index) - 1]!) answer.set(name, { key: keyOf(model, key), rows: Number(rows) });
  }
  return answer;
}

/** A single key column's value of its text. */
function keyOf(model: Model, text: string): unknown {
  const { type } = model.fields[model.primaryKey[0]!]!;
  return type === 'Int' || type === 'Float' ? Number(text) : type === 'BigInt' ? BigInt(text) : text;
}

async function scopedExists(database: Database, lookup: ExistsLookup): Promise<boolean> {
  const where = existsWhere(lookup);
  if (!where) return false;
  return database
    .objects(lookup.model)
    .filter({ AND: [lookup.scope as Where, where] })
    .exists();
}

async function scopedMatches(
  database: Database,
  { model }: RowsLookup,
  field: ScalarField,
  values: ReturnType<typeof holdable>,
  scope: Where,
): Promise<LookupAnswer> {
  const [key = ''] = model.primaryKey;
  const within = { [field.name]: { in: [...values.values()].map(({ value }) => value) } };
  const where = { AND: [scope, assertWhere(model, within)] } as Where;
  const tree = { model, columns: new Set([field.name, key]), counts: new Set<string>(), relations: new Map() };
  const rows = await new PrismaReader(database).rows({ tree, where, ordering: [], offset: 0 });
  const answer = new Map<string, LookupMatch>();
  for (const row of rows) {
    const fitted = columnValue(field, row[field.name]);
    if (fitted.kind !== 'value') continue;
    const asked = values.get(toText(field, fitted.value)) ?? decimalMatch(field, values, fitted.value);
    for (const name of asked?.names ?? []) answer.set(name, { key: row[key], rows: (answer.get(name)?.rows ?? 0) + 1 });
  }
  return answer;
}

/** 1.5 was asked for as 1.50. */
function decimalMatch(field: ScalarField, values: ReturnType<typeof holdable>, value: unknown) {
  return field.type === 'Decimal' ? [...values].find(([text]) => Number(text) === Number(value))?.[1] : undefined;
}
