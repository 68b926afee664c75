import type { MaybePromise } from '../permissions/permission.js';
import type { RestRequest } from '../requests/rest-request.js';

/** What a request counts as: a whole number from 1, or a function of the request that answers one. */
export type ThrottleCost = number | ((request: RestRequest) => MaybePromise<number>);

/**
 * The cost of a bulk write: how many elements its body has. 1 for a body that is no list, or that cannot be read: the handler says what is wrong with it.
 *
 * @example
 * @Action({ detail: false, methods: ['POST'], throttleCost: elementCount })
 * bulk(@Data() data: DataHandle) { … }
 */
export async function elementCount(request: RestRequest): Promise<number> {
  try {
    const data = await request.data();
    return Array.isArray(data) ? Math.max(data.length, 1) : 1;
  } catch {
    return 1;
  }
}
