import type { Keyset, ListSource } from './list-source.js';

/** The same list, each of its items shown by a function. */
export function shownSource<T, Shown>(source: ListSource<T>, show: (item: T) => Shown): ListSource<Shown> {
  return {
    count: (limit) => source.count(limit),
    slice: async (offset, limit) => (await source.slice(offset, limit)).map(show),
    ...(source.keyset && { keyset: shownKeyset(source.keyset, show) }),
    ...(source.orderedByClient !== undefined && { orderedByClient: source.orderedByClient }),
  };
}

const shownKeyset = <T, Shown>(keyset: Keyset<T>, show: (item: T) => Shown): Keyset<Shown> => ({
  ordering: keyset.ordering,
  after: async (position, limit, backwards) =>
    (await keyset.after(position, limit, backwards)).map(({ item, position: at }) => ({ item: show(item), position: at })),
  orderBy: (...keys) => shownKeyset(keyset.orderBy(...keys), show),
});
