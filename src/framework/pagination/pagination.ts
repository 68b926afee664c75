import type { RestRequest } from '../requests/rest-request.js';
import type { ListSource } from '../sources/list-source.js';

/** Makes a page of a list: reads its parameters from the request, asks the source for what it needs, and shapes the body. */
export abstract class Pagination {
  /**
   * Completes a source and answers the body of the response.
   * Override `getPaginatedResponse` of a ready paginator instead, where only the body's shape differs.
   * @throws NotFound where the client asks for a page that is none.
   */
  abstract paginate(source: ListSource, request: RestRequest): Promise<unknown>;
  /**
   * Called at boot, once it is made, with the settings of the views that it serves.
   * @throws ConfigurationError where it cannot work: no page size anywhere, a size that clients may choose without a maximum.
   */
  assertUsable(_settings: { readonly pageSize: number | null }): void {}

  /** The query parameters that it reads, for the OpenAPI document and strict queries. */
  abstract parameters(): readonly PaginationParameter[];
  /** The JSON schema of the body, around the schema of one item. */
  abstract responseSchema(item: object): object;
}

export interface PaginationParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
}

export type PaginationClass = new () => Pagination;
