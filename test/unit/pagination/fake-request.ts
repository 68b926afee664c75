import { QueryParams } from '../../../src/framework/requests/query-params.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';

/** What paginators read of a request. */
export function fakeRequest(query = '', { pageSize = null as number | null } = {}): RestRequest {
  return {
    query: new QueryParams(query),
    buildAbsoluteUri: (path = '/rows/') => `http://testserver${path}`,
    handler: { settings: { pageSize } },
  } as unknown as RestRequest;
}
