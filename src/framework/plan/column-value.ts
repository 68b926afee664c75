import { isIP } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import type { ScalarField } from '../models/model.js';
import type { Comparable } from './where.js';

/**
 * What a value is to a column. A `value` fits it. A number or moment between two that the column can hold comes with the `next` one above;
 * `above` and `below` lie past the column's range; `never` is of the right kind, yet no row can hold it; `wrong` is of another kind altogether.
 */
export type ColumnValue =
  | { readonly kind: 'value'; readonly value: Comparable }
  | { readonly kind: 'between'; readonly next: Comparable }
  | { readonly kind: 'above' | 'below' | 'never' }
  | { readonly kind: 'wrong'; readonly expected: string };

const NEVER = { kind: 'never' } as const;
const ABOVE = { kind: 'above' } as const;
const BELOW = { kind: 'below' } as const;
const wrong = (expected: string): ColumnValue => ({ kind: 'wrong', expected });
const fits = (value: Comparable): ColumnValue => ({ kind: 'value', value });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,9})?$/i;
const MAX_FLOAT4 = 3.4028234663852886e38;

/** Finds out whether a column can hold a value, which is not null. Never throws, whatever it is given. */
export function columnValue(field: ScalarField, value: unknown): ColumnValue {
  switch (field.type) {
    case 'String':
      return typeof value === 'string' ? textValue(field, value) : wrong('a text');
    case 'Enum':
      return typeof value !== 'string' ? wrong('one of its choices') : field.choices?.some((choice) => choice.value === value) ? fits(value) : NEVER;
    case 'Boolean':
      return typeof value === 'boolean' ? fits(value) : wrong('true or false');
    case 'Int':
      return integerValue(value, field.nativeType?.[0] === 'SmallInt' ? 15n : field.nativeType?.[0] === 'Oid' ? null : 31n, Number);
    case 'BigInt':
      return integerValue(value, 63n, (integer) => integer);
    case 'Float':
      return floatValue(value, field.nativeType?.[0] === 'Real' ? MAX_FLOAT4 : Number.MAX_VALUE);
    case 'Decimal':
      return decimalValue(value);
    case 'DateTime':
      return momentValue(field, value);
    case 'Json':
      return jsonValue(value);
    case 'Bytes':
      return value instanceof Uint8Array ? fits(value) : wrong('a Uint8Array');
  }
}

/** Whether PostgreSQL can store a text as it is: it takes neither NUL nor half a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function textValue(field: ScalarField, value: string): ColumnValue {
  if (!isStorableText(value)) return NEVER;
  switch (field.nativeType?.[0]) {
    case 'Uuid':
      return UUID.test(value) ? fits(value.toLowerCase()) : NEVER;
    case 'Inet':
      return isIP(value.replace(/\/\d{1,3}$/, '')) ? fits(value) : NEVER;
    case 'Bit':
    case 'VarBit':
      return /^[01]+$/.test(value) ? fits(value) : NEVER;
    default:
      return fits(value);
  }
}

function integerValue(value: unknown, bits: bigint | null, make: (integer: bigint) => number | bigint): ColumnValue {
  const least = bits === null ? 0n : -(1n << bits);
  const greatest = bits === null ? 0xffff_ffffn : (1n << bits) - 1n;
  let integer: bigint;
  let fraction = false;
  if (typeof value === 'bigint') integer = value;
  else {
    const number = typeof value === 'number' ? value : isDecimal(value) ? Number(String(value)) : undefined;
    if (number === undefined) return wrong('an integer');
    if (Number.isNaN(number)) return NEVER;
    if (number === Infinity) return ABOVE;
    if (number === -Infinity) return BELOW;
    fraction = !Number.isInteger(number);
    integer = fraction || typeof value === 'number' ? BigInt(Math.floor(number)) : exactInteger(String(value), number);
  }
  if (integer > greatest) return ABOVE;
  if (integer < least) return BELOW;
  return fraction ? { kind: 'between', next: make(integer + 1n) } : fits(make(integer));
}

/** A decimal's integer with all its digits, where they are written out. */
const exactInteger = (text: string, number: number) => (/^[+-]?\d+(?:\.0*)?$/.test(text) ? BigInt(text.replace(/^\+|\.0*$/g, '')) : BigInt(number));

function floatValue(value: unknown, greatest: number): ColumnValue {
  const number = typeof value === 'number' ? value : typeof value === 'bigint' || isDecimal(value) ? Number(String(value)) : undefined;
  if (number === undefined) return wrong('a number');
  if (Number.isNaN(number)) return NEVER;
  return number > greatest ? ABOVE : number < -greatest ? BELOW : fits(number);
}

/** Decimals travel as text. Those past 1,000 digits count as out of range: no column's are that many. */
function decimalValue(value: unknown): ColumnValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint' && !isDecimal(value)) return wrong('a decimal');
  const text = String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? NEVER : value > 0 ? ABOVE : BELOW;
  if (!DECIMAL.test(text)) return typeof value === 'string' ? wrong('a decimal') : NEVER;
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  const length = digits.length + Math.abs(Number(exponent));
  if (length > 1000) return Number(exponent) < 0 ? NEVER : text.startsWith('-') ? BELOW : ABOVE;
  return fits(text);
}

/** Decimal.js' own and its like: an object that is written as a decimal. */
function isDecimal(value: unknown): value is object {
  return typeof value === 'object' && value !== null && typeof (value as { toFixed?: unknown }).toFixed === 'function';
}

function momentValue(field: ScalarField, value: unknown): ColumnValue {
  switch (field.nativeType?.[0]) {
    case 'Date': {
      const date =
        value instanceof Temporal.PlainDate ? value : value instanceof Date ? dateOf(value)?.toZonedDateTimeISO('UTC').toPlainDate() : undefined;
      if (!date) return value instanceof Date ? NEVER : wrong('a Temporal.PlainDate');
      return date.year > 9999 ? ABOVE : date.year < 1 ? BELOW : fits(date);
    }
    case 'Time':
    case 'Timetz': {
      const time =
        value instanceof Temporal.PlainTime ? value : value instanceof Date ? dateOf(value)?.toZonedDateTimeISO('UTC').toPlainTime() : undefined;
      return time ? fits(time) : value instanceof Date ? NEVER : wrong('a Temporal.PlainTime');
    }
    default: {
      const instant = instantOf(value);
      if (!instant) return value instanceof Date ? NEVER : wrong('a Temporal.Instant');
      if (instant.epochMilliseconds >= 253_402_300_800_000) return ABOVE;
      if (instant.epochMilliseconds < -62_135_596_800_000) return BELOW;
      const whole = Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds);
      return whole.equals(instant) ? fits(instant) : { kind: 'between', next: whole.add({ milliseconds: 1 }) };
    }
  }
}

function instantOf(value: unknown): Temporal.Instant | undefined {
  if (value instanceof Temporal.Instant) return value;
  if (value instanceof Temporal.ZonedDateTime) return value.toInstant();
  if (value instanceof Temporal.PlainDateTime) return value.toZonedDateTime('UTC').toInstant();
  return value instanceof Date ? dateOf(value) : undefined;
}

const dateOf = (date: Date) => (Number.isNaN(date.getTime()) ? undefined : Temporal.Instant.fromEpochMilliseconds(date.getTime()));

function jsonValue(value: unknown): ColumnValue {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return wrong('a JSON value');
  return isStorableJson(value) ? fits(value as Comparable) : NEVER;
}

/** Depth-limited: what is nested deeper than any request's body may be is not stored. */
function isStorableJson(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > 200) return false;
  if (Array.isArray(value)) return value.every((item) => isStorableJson(item, depth + 1));
  return Object.entries(value).every(([key, item]) => isStorableText(key) && isStorableJson(item, depth + 1));
}
