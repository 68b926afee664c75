import type { ListSource } from '../../../src/framework/sources/list-source.js';

export interface Call {
  readonly asked: 'count' | 'slice';
  readonly arguments: readonly unknown[];
}

/** The numbers from 1 to `length` as a list, and what was asked of it. */
export function numbers(length: number): { readonly source: ListSource<number>; readonly calls: Call[] } {
  const calls: Call[] = [];
  const items = Array.from({ length }, (_each, index) => index + 1);
  const source: ListSource<number> = {
    count: async (limit?: number) => {
      calls.push({ asked: 'count', arguments: limit === undefined ? [] : [limit] });
      return Math.min(length, limit ?? Infinity);
    },
    slice: async (offset: number, limit?: number) => {
      calls.push({ asked: 'slice', arguments: limit === undefined ? [offset] : [offset, limit] });
      return items.slice(offset, limit === undefined ? undefined : offset + limit);
    },
  };
  return { source, calls };
}
