import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, RelationField, ScalarField } from '../models/model.js';
import { columnValue, isStorableText, type ColumnValue } from './column-value.js';
import type { Where } from './where.js';

/** No row, and every row: what conditions that cannot be asked are replaced with. */
export const NOTHING: Where = Object.freeze({ OR: Object.freeze([]) });
export const EVERYTHING: Where = Object.freeze({});

const OPERATORS = new Set(['equals', 'not', 'in', 'lt', 'lte', 'gt', 'gte', 'contains', 'startsWith', 'endsWith', 'mode']);
const TEXT_OPERATORS = new Set(['contains', 'startsWith', 'endsWith']);

/**
 * Checks a condition and answers it in normal form: operators spelled out, values of their columns' types, frozen plain data.
 *
 * What a client can send harms nothing: a value that no row can hold (out of the column's range, a NUL or half a surrogate pair in a text, a text
 * that is no UUID) matches nothing, and a bound past the range every row or none.
 *
 * @throws ConfigurationError naming the path, for what only a developer can get wrong: `undefined`, an unknown name or operator, a value of another type.
 */
export function assertWhere<M extends Model>(model: M, where: Where<M>): Where<M> {
  return checkWhere(model, where, `${model.name}.where`) as Where<M>;
}

function checkWhere(model: Model, where: unknown, path: string): Where {
  if (!isPlain(where)) fail(path, where, 'give an object of conditions');
  const parts: Where[] = [];
  for (const [name, condition] of Object.entries(where)) {
    const at = `${path}.${name}`;
    if (condition === undefined) fail(at, condition, 'leave the property out where there is no condition');
    if (name === 'AND' || name === 'OR') {
      if (!Array.isArray(condition)) fail(at, condition, 'give a list of conditions');
      parts.push({ [name]: condition.map((each, index) => checkWhere(model, each, `${at}[${index}]`)) });
    } else if (name === 'NOT') parts.push({ NOT: checkWhere(model, condition, at) });
    else if (Object.hasOwn(model.fields, name)) parts.push(checkField(model.fields[name]!, condition, at));
    else if (Object.hasOwn(model.relations, name)) parts.push(checkRelation(model.relations[name]!, condition, at));
    else fail(at, name, `${model.name} has no such field; use one of ${[...Object.keys(model.fields), ...Object.keys(model.relations)].join(', ')}`);
  }
  return parts.length === 1 ? parts[0]! : parts.length === 0 ? EVERYTHING : { AND: parts };
}

function checkRelation(relation: RelationField, condition: unknown, path: string): Where {
  const related = relation.model();
  if (condition === null && !relation.many) return { [relation.name]: { is: null } };
  if (!isPlain(condition)) fail(path, condition, relation.many ? 'give { some }, { none } or { every }' : "give the related row's conditions");
  const keys = Object.keys(condition);
  const operators = relation.many ? ['some', 'none', 'every'] : ['is', 'isNot'];
  const asked = keys.length > 0 && keys.every((key) => operators.includes(key) && !Object.hasOwn(related.fields, key));
  if (!asked) {
    if (relation.many) fail(path, condition, 'give { some }, { none } or { every }');
    return { [relation.name]: { is: checkWhere(related, condition, path) } };
  }
  const checked = keys.map((key) => {
    const value = condition[key];
    if (value === null && !relation.many) return { [relation.name]: { [key]: null } };
    return { [relation.name]: { [key]: checkWhere(related, value, `${path}.${key}`) } };
  });
  return checked.length === 1 ? checked[0]! : { AND: checked };
}

function checkField(field: ScalarField, condition: unknown, path: string): Where {
  if (field.list) fail(path, condition, `${field.name} is a list, which no condition can be put on`);
  if (field.type === 'Json' ? !isOperators(condition) : !isPlain(condition)) return compare(field, 'equals', condition, path);
  const filter = condition as Record<string, unknown>;
  const insensitive = filter['mode'] === 'insensitive';
  if (filter['mode'] !== undefined && !insensitive) fail(`${path}.mode`, filter['mode'], "use 'insensitive', or leave it out");
  const parts: Where[] = [];
  for (const [operator, value] of Object.entries(filter)) {
    const at = `${path}.${operator}`;
    if (!OPERATORS.has(operator)) fail(at, operator, `there is no such operator; use one of ${[...OPERATORS].join(', ')}`);
    if (value === undefined) fail(at, value, 'leave the operator out where there is nothing to compare with');
    if (operator === 'mode') continue;
    if (operator === 'not' && isPlain(value) && field.type !== 'Json') {
      parts.push({ NOT: checkField(field, insensitive ? { ...value, mode: 'insensitive' } : value, at) });
      continue;
    }
    const compared = compare(field, operator, value, at);
    parts.push(insensitive && field.type === 'String' ? withMode(field, compared) : compared);
  }
  return parts.length === 1 ? parts[0]! : parts.length === 0 ? EVERYTHING : { AND: parts };
}

/** One operator's condition: `{ pages: { gte: 3 } }`, or what it comes to where no such value can be asked for. */
function compare(field: ScalarField, operator: string, value: unknown, path: string): Where {
  const one = (name: string, compared: unknown): Where => ({ [field.name]: { [name]: compared } });
  const known = field.nullable ? one('not', null) : EVERYTHING;
  if (operator === 'in') {
    if (!Array.isArray(value)) fail(path, value, 'give a list');
    const values = value
      .map((each, index) => valueOf(field, each, `${path}[${index}]`))
      .flatMap((each) => (each.kind === 'value' ? [each.value] : []));
    return values.length > 0 ? one('in', values) : NOTHING;
  }
  if (TEXT_OPERATORS.has(operator)) {
    if (field.type !== 'String' || field.nativeType?.[0] === 'Uuid') fail(path, value, `${operator} compares texts, which ${field.name} is not`);
    if (typeof value !== 'string') fail(path, value, 'give a text');
    return !isStorableText(value) ? NOTHING : value === '' ? known : one(operator, value);
  }
  if (value === null && (operator === 'equals' || operator === 'not')) {
    if (field.nullable) return one(operator, null);
    return operator === 'equals' ? NOTHING : EVERYTHING;
  }
  if (field.type === 'Json' && operator !== 'equals' && operator !== 'not') fail(path, value, 'JSON can only be compared by equals and not');
  const found = valueOf(field, value, path);
  switch (operator) {
    case 'equals':
      return found.kind === 'value' ? one('equals', found.value) : NOTHING;
    case 'not':
      return found.kind === 'value' ? one('not', found.value) : known;
    default: {
      const less = operator === 'lt' || operator === 'lte';
      if (found.kind === 'value') return one(operator, found.value);
      if (found.kind === 'between') return one(less ? 'lt' : 'gte', found.next);
      return found.kind === (less ? 'above' : 'below') ? known : NOTHING;
    }
  }
}

function valueOf(field: ScalarField, value: unknown, path: string): Exclude<ColumnValue, { kind: 'wrong' }> {
  const found = columnValue(field, value);
  if (found.kind === 'wrong') fail(path, value, `${field.name} is compared with ${found.expected}`);
  return found;
}

function withMode(field: ScalarField, condition: Where): Where {
  const filter = (condition as Record<string, unknown>)[field.name];
  return isPlain(filter) ? { [field.name]: { ...filter, mode: 'insensitive' } } : condition;
}

const isOperators = (value: unknown) => isPlain(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => OPERATORS.has(key));

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function fail(path: string, value: unknown, fix: string): never {
  throw new ConfigurationError(`${path} is ${describe(value)}: ${fix}.`);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`;
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : `an object of ${Object.getPrototypeOf(value)?.constructor?.name ?? 'no class'}`;
  return String(value);
}
