import { inElement } from '../../conflicts/failed-write.js';

/** One after the other: a transaction has one connection. */
export async function inTurn<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [at, one] of all.entries()) results.push(await inElement(at, () => run(one)));
  return results;
}
