import { createHash } from 'node:crypto';
import type { Ordering } from '../plan/ordering.js';
import type { Position } from '../sources/list-source.js';

/** A place in an ordered list, and the direction to read from it. */
export interface Cursor {
  /** Null is the list's start, or its end when read backwards. */
  readonly position: Position | null;
  readonly reverse: boolean;
}

const MAX_LENGTH = 4096;

/** A cursor as clients carry it: opaque, and of use with the same order only. */
export function encodeCursor(cursor: Cursor, ordering: Ordering): string {
  return Buffer.from(JSON.stringify([cursor.position, cursor.reverse ? 1 : 0, fingerprint(ordering)])).toString('base64url');
}

/** Undefined for what `encodeCursor` has not made of this order. Whether the values fit its keys is for the keyset to say. */
export function decodeCursor(text: string, ordering: Ordering): Cursor | undefined {
  if (text.length > MAX_LENGTH || !/^[\w-]+$/.test(text)) return undefined;
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(decoded) || decoded.length !== 3) return undefined;
  const [position, reverse, print] = decoded as unknown[];
  if (print !== fingerprint(ordering) || (reverse !== 0 && reverse !== 1) || !isPosition(position)) return undefined;
  return { position, reverse: reverse === 1 };
}

const isPosition = (value: unknown): value is Position | null =>
  value === null || (Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object'));

const fingerprints = new WeakMap<Ordering, string>();

function fingerprint(ordering: Ordering): string {
  let print = fingerprints.get(ordering);
  if (print === undefined) {
    const keys = ordering.map(({ path, count, descending }) => [path, count ?? false, descending]);
    print = createHash('sha256').update(JSON.stringify(keys)).digest('base64url').slice(0, 8);
    fingerprints.set(ordering, print);
  }
  return print;
}
