import type { Ordering } from '../plan/ordering.js';

/**
 * A list not yet executed: what a list handler returns and a paginator completes.
 *
 * Rows of a model, an array and a remote service are all sources. Items come out as they are to be shown.
 */
export interface ListSource<T = unknown> {
  /** The number of items; with `limit`, no more than that many are counted. */
  count(limit?: number): Promise<number>;
  /** Up to `limit` items from `offset` on; without a limit all of them. */
  slice(offset: number, limit?: number): Promise<T[]>;
  /** What a cursor needs; a source that cannot be read by keyset leaves it out. */
  readonly keyset?: Keyset<T>;
  /** Whether the client chose the order that it is in: then a paginator's own order gives way. */
  readonly orderedByClient?: boolean;
}

export interface Keyset<T = unknown> {
  /** The order that positions are positions in: it ends with a unique key. */
  readonly ordering: Ordering;
  /**
   * Up to `limit` items after `position` (from the start for null), or before it, nearest first, when `backwards` (from the end for null).
   * @throws InvalidPosition where a value cannot be one of the ordering's.
   */
  after(position: Position | null, limit: number, backwards: boolean): Promise<Positioned<T>[]>;
  /** The same list in another order, for a paginator with an order of its own. */
  orderBy(...keys: string[]): Keyset<T>;
}

/** The values of an ordering's keys at one row, as JSON scalars. */
export type Position = readonly (string | number | boolean | null)[];

export interface Positioned<T> {
  readonly item: T;
  readonly position: Position;
}

/** A position whose values do not fit the ordering's keys. */
export class InvalidPosition extends Error {}

export function isListSource(value: unknown): value is ListSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as ListSource).count === 'function' &&
    typeof (value as ListSource).slice === 'function'
  );
}
