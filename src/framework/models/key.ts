import { RawNumber } from '../parsers/raw-number.js';
import type { ScalarField } from './model.js';

/** What a value says as the key of a row: a key, one that no row can have, one that is malformed, or of a type that cannot be one. */
export type KeyReading =
  | { readonly kind: 'key'; readonly value: string | number | bigint }
  | { readonly kind: 'none' | 'malformed' | 'wrong type'; readonly value?: undefined };

const UUID = /^(?:urn:)?(?:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** Reads a value of an address or of input as the key that a column holds, without asking the database for one that cannot be there. */
export function readKey(column: ScalarField, value: unknown): KeyReading {
  if (typeof value === 'bigint') value = String(value);
  if (typeof value !== 'string' && typeof value !== 'number') return isDigits(value) ? readKey(column, value.text) : { kind: 'wrong type' };
  if (column.type === 'Int' || column.type === 'BigInt') return readInteger(column, value);
  const text = String(value);
  if (text.length > 512) return { kind: 'none' };
  if (text.includes('\0') || !text.isWellFormed()) return { kind: 'malformed' };
  if (column.nativeType?.[0] === 'Uuid') {
    const match = UUID.exec(text);
    return match ? { kind: 'key', value: match.slice(1).join('-').toLowerCase() } : { kind: 'malformed' };
  }
  if (column.choices && !column.choices.some((choice) => choice.value === text)) return { kind: 'none' };
  return { kind: 'key', value: text };
}

function readInteger(column: ScalarField, value: string | number): KeyReading {
  if (typeof value === 'string' && (value.length > 64 || !INTEGER.test(value)))
    return value.length > 64 && INTEGER.test(value) ? { kind: 'none' } : { kind: 'wrong type' };
  if (typeof value === 'number' && !Number.isInteger(value)) return { kind: 'none' };
  const digits = typeof value === 'string' ? value.trim().replaceAll('_', '').replace(/^\+/, '') : value;
  if (column.type === 'BigInt') {
    const key = BigInt(digits);
    return BigInt.asIntN(64, key) === key ? { kind: 'key', value: key } : { kind: 'none' };
  }
  // -0 is the key 0.
  const key = Number(digits) + 0;
  const greatest = column.nativeType?.[0] === 'SmallInt' ? 0x7fff : 0x7fff_ffff;
  return key <= greatest && key >= -greatest - 1 ? { kind: 'key', value: key } : { kind: 'none' };
}

const isDigits = (value: unknown): value is RawNumber => value instanceof RawNumber;
