import type { Model, ScalarField } from '../../models/model.js';
import type { Where } from '../../plan/where.js';
import { postgresType, toText } from '../driver-value.js';
import { quote, type Statement } from '../statement.js';

/** Whether a condition in normal form looks at columns of its own model alone. */
export function isOfColumns(model: Model, where: Where): boolean {
  return Object.entries(where).every(([name, condition]) => {
    if (name === 'AND' || name === 'OR') return (condition as Where[]).every((each) => isOfColumns(model, each));
    return name === 'NOT' ? isOfColumns(model, condition as Where) : Object.hasOwn(model.fields, name);
  });
}

/** Writes a condition in normal form on the columns of a row, which stands in the statement under a name. */
export function conditionSql(statement: Statement, model: Model, where: Where, row: string): void {
  const parts = Object.entries(where);
  if (parts.length === 0) return void statement.add('true');
  statement.join(parts, ' and ', ([name, condition]) => {
    if (name === 'AND' || name === 'OR') return many(statement, model, condition as Where[], row, name);
    if (name === 'NOT') {
      statement.add('not (');
      conditionSql(statement, model, condition as Where, row);
      return void statement.add(')');
    }
    fieldSql(statement, model.fields[name]!, condition as Readonly<Record<string, unknown>>, row);
  });
}

function many(statement: Statement, model: Model, each: readonly Where[], row: string, kind: 'AND' | 'OR'): void {
  if (each.length === 0) return void statement.add(kind === 'AND' ? 'true' : 'false');
  statement.add('(');
  statement.join(each, ` ${kind.toLowerCase()} `, (part) => conditionSql(statement, model, part, row));
  statement.add(')');
}

const OPERATORS: Readonly<Record<string, string>> = { equals: '=', not: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function fieldSql(statement: Statement, field: ScalarField, { mode, ...filter }: Readonly<Record<string, unknown>>, row: string): void {
  const column = `${row}.${quote(field.column)}`;
  const blind = mode === 'insensitive';
  statement.join(Object.entries(filter), ' and ', ([operator, value]) => {
    if (value === null) return void statement.add(`${column} is ${operator === 'not' ? 'not ' : ''}null`);
    const values = operator === 'in' ? (value as unknown[]) : rankedBy(field, operator, value);
    if (values) return among(statement, field, column, values, blind);
    if (operator in OPERATORS) return compared(statement, field, column, OPERATORS[operator]!, value, blind);
    like(statement, column, operator, value as string, blind);
  });
}

function among(statement: Statement, field: ScalarField, column: string, values: readonly unknown[], blind: boolean): void {
  if (values.length === 0) return void statement.add('false');
  statement.add('(');
  statement.join(values, ' or ', (value) => compared(statement, field, column, '=', value, blind));
  statement.add(')');
}

/** The values of an enum below or above another, for it has the order of its declaration and is compared as text. */
function rankedBy({ choices }: ScalarField, operator: string, value: unknown): string[] | undefined {
  if (!choices || operator === 'equals' || operator === 'not') return undefined;
  const ranked = choices.map((choice) => choice.value);
  const at = ranked.indexOf(value as string);
  return operator.startsWith('l') ? ranked.slice(0, operator === 'lt' ? at : at + 1) : ranked.slice(operator === 'gt' ? at + 1 : at);
}

function compared(statement: Statement, field: ScalarField, column: string, operator: string, value: unknown, blind: boolean): void {
  if (blind) {
    statement.add(`upper(${column}::text) ${operator} upper(`).value(String(value)).add('::text)');
    return;
  }
  const type = postgresType(field);
  statement
    .add(`${column}${type === null ? '::text' : ''} ${operator} `)
    .value(toText(field, value))
    .add('::text');
  if (type !== null && type !== 'text') statement.add(`::${type}`);
}

function like(statement: Statement, column: string, operator: string, value: string, blind: boolean): void {
  const escaped = value.replace(/[\\%_]/g, '\\$&');
  const pattern = `${operator === 'startsWith' ? '' : '%'}${escaped}${operator === 'endsWith' ? '' : '%'}`;
  statement
    .add(`${column}::text ${blind ? 'ilike' : 'like'} `)
    .value(pattern)
    .add('::text');
}
