import type { Detail } from '../exceptions/error-detail.js';
import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { isRecord } from '../models/json-value.js';
import { RawNumber } from '../parsers/raw-number.js';
import { FormValues } from '../requests/form-values.js';
import { noNullCharacters, noSurrogateCharacters } from '../validators/characters.js';
import { noPrototypeName } from '../validators/prototype-name.js';
import { assertDepth, type Reading } from './reading.js';

const context = { partial: false };
const checks = [noNullCharacters(), noSurrogateCharacters()];

/**
 * A value of a property whose type nobody says, copied: plain objects, lists, texts that a database holds, numbers as doubles. No key reaches a prototype.
 * @throws ValidationError for a text with NUL or half of a surrogate pair, a number that no double is near, and the key `__proto__`.
 */
export function freeValue(value: unknown, reading: Reading, depth: number): unknown {
  if (typeof value === 'string') return checkedText(value);
  if (typeof value !== 'object' || value === null) return value;
  assertDepth(reading, depth);
  if (value instanceof RawNumber) return finite(value);
  if (value instanceof FormValues) return freeRecord(value.entries(), reading, depth);
  if (Array.isArray(value)) return value.map((item) => freeValue(item, reading, depth + 1));
  return isRecord(value) ? freeRecord(Object.entries(value), reading, depth) : value;
}

export function checkedText(text: string): string {
  for (const check of checks) void check(text, context);
  return text;
}

function freeRecord(entries: readonly (readonly [string, unknown])[], reading: Reading, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    void noPrototypeName(key, context);
    copy[checkedText(key)] = freeValue(value, reading, depth + 1);
  }
  return copy;
}

function finite(raw: RawNumber): number {
  const value = Number(raw.text);
  // An integer that loses digits is another number than was sent.
  if (Number.isFinite(value) && !raw.isInteger) return value;
  throw refused(errorDetail('A valid number is required.', 'invalid'));
}

const refused = (detail: Detail) => new ValidationError([detail]);
