import { Temporal } from 'temporal-polyfill';
import { InvalidPosition, type Position } from '../sources/list-source.js';
import type { Model, ScalarField } from '../models/model.js';
import { columnValue } from './column-value.js';
import type { Ordering } from './ordering.js';
import type { RawRow } from './read-plan.js';
import { orderColumn } from './read-tree.js';
import type { Comparable } from './where.js';

type Scalar = Position[number];

/** Where a row stands in an order, as JSON scalars: moments in ISO 8601, decimals and big integers as text. */
export function positionOf(model: Model, ordering: Ordering, row: RawRow): Position {
  return ordering.map((key) => {
    let value: unknown = row;
    for (const name of key.path) value = (value as RawRow | null | undefined)?.[name] ?? null;
    return value === null ? null : toScalar(orderColumn(model, key).field, value);
  });
}

/** @throws InvalidPosition where the values are not those of the order's keys. */
export function parsePosition(model: Model, ordering: Ordering, position: Position): Comparable[] {
  if (!Array.isArray(position) || position.length !== ordering.length) throw new InvalidPosition();
  return ordering.map((key, index) => {
    const { field, nullable } = orderColumn(model, key);
    const scalar = position[index] as Scalar | undefined;
    if (scalar === undefined || (scalar === null && !nullable)) throw new InvalidPosition();
    if (scalar === null) return null;
    const found = columnValue(field, fromScalar(field, scalar));
    if (found.kind !== 'value') throw new InvalidPosition();
    return found.value;
  });
}

function toScalar(field: ScalarField, value: unknown): Scalar {
  if (value instanceof Date) {
    const iso = value.toISOString();
    const native = field.nativeType?.[0];
    return native === 'Date' ? iso.slice(0, iso.indexOf('T')) : native === 'Time' || native === 'Timetz' ? iso.slice(iso.indexOf('T') + 1, -1) : iso;
  }
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? value : String(value);
}

/** The column's value of a scalar; undefined, which fits no column, for one of another type. */
function fromScalar(field: ScalarField, scalar: Exclude<Scalar, null>): unknown {
  switch (field.type) {
    case 'BigInt':
      return typeof scalar === 'string' && /^-?\d{1,20}$/.test(scalar) ? BigInt(scalar) : undefined;
    case 'Decimal':
      return typeof scalar === 'string' ? scalar : undefined;
    case 'DateTime':
      return typeof scalar === 'string' ? momentOf(field, scalar) : undefined;
    default:
      return scalar;
  }
}

/** The moment, date or time of a column that a text in ISO 8601 says; undefined where it says none. */
export function momentOf(field: ScalarField, text: string): unknown {
  if (text.length > 40) return undefined;
  try {
    switch (field.nativeType?.[0]) {
      case 'Date':
        return Temporal.PlainDate.from(text);
      case 'Time':
      case 'Timetz':
        return Temporal.PlainTime.from(text);
      default:
        return Temporal.Instant.from(text);
    }
  } catch {
    return undefined;
  }
}
