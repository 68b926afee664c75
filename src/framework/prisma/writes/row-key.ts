import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { noMatch } from '../../exceptions/no-match.js';
import type { Model } from '../../models/model.js';
import { columnValue } from '../../plan/column-value.js';
import { toDriver } from '../driver-value.js';

export type RowKey = Readonly<Record<string, unknown>>;

/** The primary key of a row, or of its key's value, by field. Null where no row can have it. */
export function rowKey(model: Model, rowOrKey: unknown): RowKey | null {
  const row = typeof rowOrKey === 'object' && rowOrKey !== null ? (rowOrKey as RowKey) : undefined;
  if (!row && model.primaryKey.length > 1) {
    throw new ConfigurationError(`${model.name} has a key of several columns: give an object of ${model.primaryKey.join(', ')}.`);
  }
  const key: Record<string, unknown> = {};
  for (const name of model.primaryKey) {
    const field = model.fields[name]!;
    const value = row ? row[name] : rowOrKey;
    if (value === undefined || value === null)
      throw new ConfigurationError(`${model.name}: the row has no '${name}', its key; give the row or the key.`);
    const found = columnValue(field, value);
    if (found.kind === 'wrong') throw new ConfigurationError(`${model.name}: '${name}' of the row's key is not ${found.expected}.`);
    if (found.kind !== 'value') return null;
    key[name] = toDriver(field, found.value);
  }
  return key;
}

/** A key as Prisma's `where` of a single row: `{ id }`, or `{ a_b: { a, b } }`. */
export function whereKey(model: Model, key: RowKey): Record<string, unknown> {
  return model.primaryKey.length === 1 ? { ...key } : { [model.primaryKey.join('_')]: { ...key } };
}

/** @throws NotFound where no row can have the key. */
export function keyOfRow(model: Model, rowOrKey: unknown): RowKey {
  const key = rowKey(model, rowOrKey);
  if (!key) throw noMatch(model);
  return key;
}

/** @throws NotFound where no row can have the key. */
export const whereRow = (model: Model, rowOrKey: unknown): Record<string, unknown> => whereKey(model, keyOfRow(model, rowOrKey));
