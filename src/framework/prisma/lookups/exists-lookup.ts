import { Temporal } from 'temporal-polyfill';
import type { Model, ScalarField } from '../../models/model.js';
import { columnValue } from '../../plan/column-value.js';
import type { Where } from '../../plan/where.js';
import { conditionSql } from './condition-sql.js';
import { columnToCompare } from './column-to-compare.js';
import { postgresType, toText } from '../driver-value.js';
import type { Comparison, Lookup } from '../../plan/lookup.js';
import { quote, tableOf, type Statement } from '../statement.js';

export type ExistsLookup = Extract<Lookup, { kind: 'exists' }>;

/** A column and what it is compared with; undefined for null. */
interface Compared {
  readonly field: ScalarField;
  readonly value?: unknown;
  readonly by?: Comparison;
}

/** Writes whether there is such a row. Undefined where a value cannot be in its column, so that there is none (VAL-7). */
export function existsSql({ model, values, compare, except, scope, condition }: ExistsLookup): ((statement: Statement) => void) | undefined {
  const compared = holdable(model, values, compare);
  const row = condition && holdable(model, condition.values);
  if (!compared || compared.length === 0 || (condition && !row)) return undefined;
  const itself = except && holdable(model, except);
  return (statement) => {
    statement.add(`(exists(select 1 from ${tableOf(model)} t where `);
    compareAll(statement, compared);
    if (itself && itself.length > 0) {
      statement.add(' and not (');
      compareAll(statement, itself);
      statement.add(')');
    }
    for (const where of [scope, condition?.where]) {
      if (!where) continue;
      statement.add(' and (');
      conditionSql(statement, model, where, 't');
      statement.add(')');
    }
    statement.add(')');
    if (condition && row) willHold(statement, model, row, condition.where);
    statement.add(')');
  };
}

/** The same as a condition, for rows that a scope over relations narrows, or that are elsewhere. Undefined where a value cannot be in its column. */
export function existsWhere({ model, values, compare, except }: Pick<ExistsLookup, 'model' | 'values' | 'compare' | 'except'>): Where | undefined {
  const compared = holdable(model, values, compare);
  if (!compared || compared.length === 0) return undefined;
  const parts = compared.map(({ field, value, by }): Where => {
    if (value === undefined) return { [field.name]: null };
    if (by === 'iexact') return { [field.name]: { equals: value, mode: 'insensitive' } };
    if (by === undefined) return { [field.name]: value };
    const [from, until] = range(field, dateOf(value), by);
    return { [field.name]: { gte: from, lt: until } };
  });
  return { AND: except ? [...parts, { NOT: except as Where }] : parts };
}

/** Whether the condition holds for the row that is to be. */
function willHold(statement: Statement, model: Model, row: readonly Compared[], condition: Where): void {
  statement.add(' and exists(select 1 from (select ');
  statement.join(row, ', ', ({ field, value }) => {
    const type = postgresType(field) ?? 'text';
    if (value === undefined) statement.add(`null::${type} as ${quote(field.column)}`);
    else statement.value(toText(field, value)).add(`::text::${type} as ${quote(field.column)}`);
  });
  statement.add(') v where ');
  conditionSql(statement, model, condition, 'v');
  statement.add(')');
}

function holdable(model: Model, values: Readonly<Record<string, unknown>>, compare: ExistsLookup['compare'] = {}): Compared[] | undefined {
  const all: Compared[] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = columnToCompare(model, name);
    if (value === null) {
      all.push({ field });
      continue;
    }
    const fitted = columnValue(field, value);
    const by = compare[name];
    if (fitted.kind !== 'value' && !(by && fitted.kind === 'between')) return undefined;
    all.push({ field, value: fitted.kind === 'value' ? fitted.value : value, ...(by && { by }) });
  }
  return all;
}

function compareAll(statement: Statement, all: readonly Compared[]): void {
  statement.join(all, ' and ', ({ field, value, by }) => {
    const column = `t.${quote(field.column)}`;
    if (value === undefined) statement.add(`${column} is null`);
    else if (by === 'iexact') statement.add(`upper(${column}::text) = upper(`).value(toText(field, value)).add('::text)');
    else if (by === 'month') inMonth(statement, field, column, dateOf(value));
    else if (by) {
      const [from, until] = range(field, dateOf(value), by);
      statement.add(`${column} >= `);
      typed(statement, field, from);
      // The calendar that PostgreSQL and this framework share ends with the year 9999.
      if (dateOf(until).year > 9999) return;
      statement.add(` and ${column} < `);
      typed(statement, field, until);
    } else {
      statement.add(`${column}${postgresType(field) === null ? '::text' : ''} = `);
      typed(statement, field, value);
    }
  });
}

function typed(statement: Statement, field: ScalarField, value: unknown): void {
  const type = postgresType(field);
  statement.value(toText(field, value)).add(`::text${type === null || type === 'text' ? '' : `::${type}`}`);
}

function inMonth(statement: Statement, field: ScalarField, column: string, { month }: Temporal.PlainDate): void {
  const moment = postgresType(field) === 'timestamptz' ? `${column} at time zone 'UTC'` : column;
  statement.add(`extract(month from ${moment}) = `).value(String(month)).add('::text::int');
}

/** The day or year around a date, as the column's values: from one until before the other, so that an index serves. */
function range(field: ScalarField, date: Temporal.PlainDate, by: Comparison): readonly [from: unknown, until: unknown] {
  const from = by === 'year' ? date.with({ month: 1, day: 1 }) : date;
  const until = from.add(by === 'year' ? { years: 1 } : { days: 1 });
  if (field.nativeType?.[0] === 'Date') return [from, until];
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC').toInstant();
  return [start(from), start(until)];
}

/** The date of a date or moment, in UTC. */
export function dateOf(value: unknown): Temporal.PlainDate {
  if (value instanceof Temporal.PlainDate) return value;
  if (value instanceof Temporal.PlainDateTime) return value.toPlainDate();
  const instant =
    value instanceof Temporal.ZonedDateTime
      ? value.toInstant()
      : value instanceof Date
        ? Temporal.Instant.fromEpochMilliseconds(value.getTime())
        : (value as Temporal.Instant);
  return instant.toZonedDateTimeISO('UTC').toPlainDate();
}
