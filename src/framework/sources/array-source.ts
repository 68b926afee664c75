import type { ListSource } from './list-source.js';

/** An array as a list: for handlers whose items come from elsewhere than the database. The items are shown as they are. */
export function arraySource<T>(items: readonly T[]): ListSource<T> {
  return {
    count: async (limit = Infinity) => Math.min(items.length, limit),
    slice: async (offset, limit = Infinity) => items.slice(offset, offset + limit),
  };
}
