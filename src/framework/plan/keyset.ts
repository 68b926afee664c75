import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField } from '../models/model.js';
import { NOTHING } from './assert-where.js';
import type { OrderKey, Ordering } from './ordering.js';
import { orderColumn } from './read-tree.js';
import type { Comparable, Where } from './where.js';

/**
 * Refuses an order that a cursor cannot follow: boot asks this of every view that pages by cursor.
 * @throws ConfigurationError for a count, a JSON or bytes column, and a moment finer than a millisecond, which `Date` cannot carry: rows would repeat.
 */
export function assertKeyset(model: Model, ordering: Ordering): void {
  for (const key of ordering) {
    const name = `${model.name}: a cursor cannot follow the ordering '${key.path.join('__')}'`;
    if (key.count) throw new ConfigurationError(`${name}, a number of rows, which changes between pages; order by a column.`);
    const { field } = orderColumn(model, key);
    if (field.list || field.type === 'Json' || field.type === 'Bytes')
      throw new ConfigurationError(`${name}: ${field.type} columns have no order; use another.`);
    if (isFinerThanMilliseconds(field)) {
      throw new ConfigurationError(
        `${name}: its column keeps microseconds, which a cursor would lose; declare it @db.${field.nativeType![0]}(3), or order by another.`,
      );
    }
  }
}

function isFinerThanMilliseconds({ type, nativeType }: ScalarField): boolean {
  if (type !== 'DateTime' || !nativeType || nativeType[0] === 'Date') return false;
  return Number(nativeType[1] ?? 6) > 3;
}

/** The order read from its other end. */
export const reversed = (ordering: Ordering): Ordering => ordering.map((key) => ({ ...key, descending: !key.descending }));

/**
 * The condition on the rows after a position: beyond it in the first key, or level in the first and beyond it in the second, and so on.
 * Nulls stand where PostgreSQL sorts them: last when ascending, first when descending.
 */
export function afterPosition(model: Model, ordering: Ordering, values: readonly Comparable[]): Where {
  const branches: Where[] = [];
  const level: Where[] = [];
  for (const [index, key] of ordering.entries()) {
    const beyond = beyondValue(model, key, values[index]!);
    if (beyond !== NOTHING) branches.push(level.length === 0 ? beyond : { AND: [...level, beyond] });
    level.push(levelWith(model, key, values[index]!));
  }
  if (branches.length === 0) return NOTHING;
  const bound = leadingBound(model, ordering[0]!, values[0]!);
  const after = branches.length === 1 ? branches[0]! : { OR: branches };
  return bound && branches.length > 1 ? { AND: [bound, after] } : after;
}

/** What all rows after it have in common, so that an index on the first key is used; an OR alone would not. */
function leadingBound(model: Model, key: OrderKey, value: Comparable): Where | undefined {
  const { nullable, field } = orderColumn(model, key);
  if (nullable || key.path.length > 1 || field.type === 'Enum' || field.type === 'Boolean') return undefined;
  return { [field.name]: { [key.descending ? 'lte' : 'gte']: value } };
}

function beyondValue(model: Model, key: OrderKey, value: Comparable): Where {
  const { nullable } = orderColumn(model, key);
  if (value === null) return key.descending ? isKnown(model, key.path) : NOTHING;
  const beyond = at(key.path, { [key.descending ? 'lt' : 'gt']: value });
  return nullable && !key.descending ? { OR: [beyond, isNull(model, key.path)] } : beyond;
}

const levelWith = (model: Model, key: OrderKey, value: Comparable): Where =>
  value === null ? isNull(model, key.path) : at(key.path, { equals: value });

function at([name, ...rest]: readonly string[], filter: object): Where {
  return rest.length === 0 ? { [name!]: filter } : { [name!]: { is: at(rest, filter) } };
}

/** Whether a path ends in nothing: the column is null, or one of the relations that lead to it. */
function isNull(model: Model, [name, ...rest]: readonly string[]): Where {
  if (rest.length === 0) return model.fields[name!]!.nullable ? { [name!]: { equals: null } } : NOTHING;
  const relation = model.relations[name!]!;
  const further = isNull(relation.model(), rest);
  const parts: Where[] = [...(relation.nullable ? [{ [name!]: { is: null } }] : []), ...(further === NOTHING ? [] : [{ [name!]: { is: further } }])];
  return parts.length === 0 ? NOTHING : parts.length === 1 ? parts[0]! : { OR: parts };
}

function isKnown(model: Model, [name, ...rest]: readonly string[]): Where {
  if (rest.length === 0) return model.fields[name!]!.nullable ? { [name!]: { not: null } } : {};
  return { [name!]: { is: isKnown(model.relations[name!]!.model(), rest) } };
}
