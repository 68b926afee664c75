import type { Model } from '../models/model.js';
import { columnValue } from '../plan/column-value.js';

/**
 * A value as a column holds it. What it cannot hold must not reach Prisma: `{ id: undefined }` would be every row.
 * @throws TypeError
 */
export function storedValue(model: Model, name: string, value: unknown): unknown {
  const field = model.fields[name];
  const column = field && columnValue(field, value);
  if (column?.kind !== 'value') throw new TypeError(`${String(value)} is no ${model.name}.${name}.`);
  return column.value;
}
