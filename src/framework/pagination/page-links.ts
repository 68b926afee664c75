import type { RestRequest } from '../requests/rest-request.js';

/** The request's own address with query parameters set (or, for null, left out), sorted by name (PAG-3). */
export function pageLink(request: RestRequest, changes: Readonly<Record<string, string | number | null>>): string {
  const query = request.query.with(changes);
  return query === '' ? request.buildAbsoluteUri() : `${request.buildAbsoluteUri()}?${query}`;
}
