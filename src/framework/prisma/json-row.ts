import { DbNull, JsonNull } from '@prisma/client/runtime/client';
import type { Model, ScalarField } from '../models/model.js';
import { toText } from './driver-value.js';

/**
 * Columns in JSON, by their names in the database, as `jsonb_populate_record` reads them: every type by its own text, so that enums and arrays need no cast
 * and numbers keep their digits. `columns` holds values as Prisma takes them.
 */
export function jsonRow(model: Model, columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => {
      const field = model.fields[name]!;
      return [field.column, Array.isArray(value) && field.list ? value.map((one) => jsonValue(field, one)) : jsonValue(field, value)];
    }),
  );
}

function jsonValue(field: ScalarField, value: unknown): unknown {
  if (value === null || value === DbNull || value === JsonNull) return null;
  if (value instanceof Date)
    return field.nativeType?.[0] === 'Timestamp' || !field.nativeType ? value.toISOString().slice(0, -1) : dateText(field, value);
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (field.type === 'Json' || typeof value === 'boolean') return value;
  return toText(field, value);
}

function dateText({ nativeType }: ScalarField, value: Date): string {
  const iso = value.toISOString();
  switch (nativeType?.[0]) {
    case 'Date':
      return iso.slice(0, iso.indexOf('T'));
    case 'Time':
      return iso.slice(iso.indexOf('T') + 1, -1);
    case 'Timetz':
      return iso.slice(iso.indexOf('T') + 1);
    default:
      return iso;
  }
}
