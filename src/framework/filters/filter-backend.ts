import type { RestRequest } from '../requests/rest-request.js';
import type { Model } from '../models/model.js';
import type { Ordering } from '../plan/ordering.js';
import type { Where } from '../plan/where.js';
import type { QuerySet } from '../plan/query-set.js';

/**
 * Narrows or orders a view's rows by what the client asks for. Applies to details too, as in DRF (GEN-3).
 *
 * A backend is made once for each viewset, with the view's declarations, and keeps no state of a request.
 */
export abstract class FilterBackend {
  /**
   * Answers the query set with what the request asks for added.
   * @throws ValidationError where a parameter's value makes no sense.
   */
  abstract filterQueryset(request: RestRequest, queryset: QuerySet): QuerySet | Promise<QuerySet>;
  /** The query parameters that it reads, for the OpenAPI document and strict queries. */
  abstract parameters(): readonly FilterParameter[];

  /**
   * A read of each kind that it may ask for. Boot refuses a view whose model's source cannot answer one of them; a backend that does not say is found out
   * by its first request.
   */
  reads(): readonly FilterRead[] {
    return [];
  }
}

/** Rows that a backend may ask for: the view's, or those of another model. */
export interface FilterRead {
  /** What in the view's declaration asks for them: `orderingFields, name`. */
  readonly asker: string;
  readonly model?: Model;
  readonly where?: Where;
  readonly ordering?: Ordering;
}

export interface FilterParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
  readonly required?: boolean;
  /** Whether the values of a list are in one parameter, with commas between them. Default: false, the parameter is repeated. */
  readonly commas?: boolean;
}
