import { DbNull, JsonNull } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import type { ScalarField } from '../models/model.js';

/** A column's value as Prisma takes it: `Date` for Temporal values, its own nulls for JSON. A moment loses what is finer than a millisecond. */
export function toDriver(field: ScalarField, value: unknown): unknown {
  if (value === null) return field.type === 'Json' ? (field.nullable ? DbNull : JsonNull) : null;
  if (field.type !== 'DateTime') return value;
  if (value instanceof Temporal.Instant) return new Date(value.epochMilliseconds);
  if (value instanceof Temporal.PlainDate) return new Date(`${value.toString({ calendarName: 'never' })}T00:00:00Z`);
  if (value instanceof Temporal.PlainTime) return new Date(`1970-01-01T${value.toString({ fractionalSecondDigits: 3 })}Z`);
  return value;
}

/** A column's value as text, as PostgreSQL reads it for the type that `postgresType` names; an enum's by its name in the database. */
export function toText({ choices }: ScalarField, value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return choices?.find((choice) => choice.value === value)?.stored ?? String(value);
}

/** The value of an enum that the database has this name for. */
export function ofText({ choices }: ScalarField, text: string): string {
  return choices?.find((choice) => choice.stored === text)?.value ?? text;
}

/** The PostgreSQL type to cast a text to, so that an index on the column serves; null where the column itself is compared as text. */
export function postgresType({ type, nativeType }: ScalarField): string | null {
  const native = nativeType?.[0];
  switch (type) {
    case 'Int':
      return native === 'SmallInt' ? 'int2' : native === 'Oid' ? 'oid' : 'int4';
    case 'BigInt':
      return 'int8';
    case 'Float':
      return native === 'Real' ? 'float4' : 'float8';
    case 'Decimal':
      return native === 'Money' ? null : 'numeric';
    case 'Boolean':
      return 'bool';
    case 'String':
      return native === undefined || native === 'Text' || native === 'VarChar'
        ? 'text'
        : native === 'Char'
          ? 'bpchar'
          : native === 'Uuid'
            ? 'uuid'
            : native === 'Citext'
              ? 'citext'
              : null;
    case 'DateTime':
      return native === 'Date'
        ? 'date'
        : native === 'Time'
          ? 'time'
          : native === 'Timetz'
            ? 'timetz'
            : native === 'Timestamptz'
              ? 'timestamptz'
              : 'timestamp';
    case 'Enum':
    case 'Json':
    case 'Bytes':
      return null;
  }
}
