import { errorDetail, type ErrorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { nearestName } from '../internal/nearest-name.js';
import type { QueryParams } from '../requests/query-params.js';

const MAX_TOLD = 20;

/**
 * Refuses query parameters that nothing reads: the `strictQuery` setting. Made once for each handler, with the parameters of its filter
 * backends and its paginator.
 */
export class StrictQuery {
  readonly #known: ReadonlySet<string>;

  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  /** @throws ValidationError naming each unknown parameter, and the known one that is nearest to it. */
  check(query: QueryParams): void {
    const unknown = query.names().filter((name) => !this.#known.has(name));
    if (unknown.length === 0) return;
    throw new ValidationError(Object.fromEntries(unknown.slice(0, MAX_TOLD).map((name) => [name, [this.#error(name)]])));
  }

  #error(name: string): ErrorDetail {
    const nearest = nearestName(name, this.#known);
    return nearest === undefined
      ? errorDetail('Unknown parameter.', 'unknown_parameter')
      : errorDetail('Unknown parameter. Did you mean "{nearest}"?', 'unknown_parameter', { nearest });
  }
}
