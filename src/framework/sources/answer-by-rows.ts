import type { Model, ScalarField } from '../models/model.js';
import { assertWhere, EVERYTHING, NOTHING } from '../plan/assert-where.js';
import { columnValue } from '../plan/column-value.js';
import type { RawRow, Reader } from '../plan/read-plan.js';
import { keyTree } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { columnToCompare } from '../prisma/lookups/column-to-compare.js';
import { dateOf, existsWhere } from '../prisma/lookups/exists-lookup.js';
import type { Lookup, LookupAnswer, LookupMatch } from '../plan/lookup.js';
import { compareRanks, rankOf } from './rows/column-order.js';
import { rowCondition } from './rows/row-condition.js';

type Asked<Kind extends Lookup['kind']> = Extract<Lookup, { kind: Kind }>;

/** Answers questions by reads, one each and all at the same time. Values that a column cannot hold are in no row: they are not asked for. */
export function answerByRows(reader: Reader, lookups: readonly Lookup[]): Promise<LookupAnswer[]> {
  return Promise.all(
    lookups.map((lookup) =>
      lookup.kind === 'rows' ? matches(reader, lookup) : lookup.kind === 'exists' ? exists(reader, lookup) : taken(reader, lookup),
    ),
  );
}

async function matches(reader: Reader, { model, field: name, values, scope }: Asked<'rows'>): Promise<LookupAnswer> {
  const field = columnToCompare(model, name);
  const answer = new Map<string, LookupMatch>();
  const asked = values.filter((value) => isHeld(field, value));
  const where = asked.length === 0 ? NOTHING : assertWhere(model, { AND: [{ [name]: { in: asked } }, ...(scope ? [scope] : [])] } as Where);
  if (where === NOTHING) return answer;
  const [key = ''] = model.primaryKey;
  const tree = { model, columns: new Set([name, key]), counts: new Set<string>(), relations: new Map() };
  // A unique field has each value once, so that no read is larger than the question.
  const rows = await reader.rows({ tree, where, ordering: [], offset: 0, ...(field.unique && { limit: asked.length }) });
  for (const value of asked) {
    const found = rows.filter((row: RawRow) => isSame(field, row[name], value));
    if (found.length > 0) answer.set(String(value), { key: found[0]?.[key], rows: found.length });
  }
  return answer;
}

/**
 * Whether there is a row. Of two rows one is another one than the excepted, so that no condition has to leave that out; no condition can ask for a month,
 * which is looked at in the rows that meet the rest.
 */
async function exists(reader: Reader, { model, values, compare = {}, except, scope, condition }: Asked<'exists'>): Promise<boolean> {
  const months = Object.keys(values).filter((name) => compare[name] === 'month' && values[name] !== null);
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => !months.includes(name)));
  const rest = Object.keys(others).length > 0 ? existsWhere({ model, values: others, compare }) : EVERYTHING;
  if (!rest || Object.keys(values).length === 0) return false;
  if (condition && !rowCondition(model, condition.where)(condition.values)) return false;
  const where = assertWhere(model, { AND: [rest, ...(scope ? [scope] : []), ...(condition ? [condition.where] : [])] });
  if (months.length === 0 && !except) return (await reader.count(model, where, 1)) > 0;
  const tree = { ...keyTree(model), columns: new Set([...model.primaryKey, ...months]) };
  const rows = await reader.rows({ tree, where, ordering: [], offset: 0, ...(months.length === 0 && { limit: 2 }) });
  return rows.some((row) => !(except && isExcepted(model, row, except)) && months.every((name) => isOfMonth(row[name], values[name])));
}

const isOfMonth = (value: unknown, other: unknown) => value !== null && dateOf(value).month === dateOf(other).month;

const isExcepted = (model: Model, row: RawRow, key: Readonly<Record<string, unknown>>) =>
  Object.keys(key).length > 0 && Object.entries(key).every(([name, value]) => isSame(model.fields[name]!, row[name], value));

/** The rows that have one of the values: of a single column by a list, of several by one condition for each. */
async function taken(reader: Reader, { model, columns, values, except }: Asked<'taken'>): Promise<ReadonlySet<number>> {
  const fields = columns.map((name) => columnToCompare(model, name));
  const places = values.flatMap((one, place) => (fields.every((field, at) => isHeld(field, one[at])) ? [place] : []));
  if (places.length === 0) return new Set();
  const [single = '', ...others] = columns;
  const asked =
    others.length === 0
      ? { [single]: { in: places.map((place) => values[place]?.[0]) } }
      : { OR: places.map((place) => Object.fromEntries(fields.map(({ name }, at) => [name, { equals: values[place]?.[at] }]))) };
  const tree = { model, columns: new Set([...columns, ...model.primaryKey]), counts: new Set<string>(), relations: new Map() };
  const rows = await reader.rows({ tree, where: assertWhere(model, asked as Where), ordering: [], offset: 0 });
  const left = rows.filter((row) => !except.some((key) => isExcepted(model, row, key)));
  return new Set(places.filter((place) => left.some((row) => fields.every((field, at) => isSame(field, row[field.name], values[place]?.[at])))));
}

const isHeld = (field: ScalarField, value: unknown) => value !== null && value !== undefined && columnValue(field, value).kind === 'value';

function isSame(field: ScalarField, one: unknown, other: unknown): boolean {
  if ((one ?? null) === null || (other ?? null) === null) return (one ?? null) === (other ?? null);
  const rank = rankOf(field);
  return compareRanks(rank(one), rank(other)) === 0;
}
