import { errorDetail, type ErrorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { QueryParams } from '../requests/query-params.js';

const MAX_TOLD = 20;
const MAX_NAME = 64;

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
    const nearest = this.#nearest(name);
    return nearest === undefined
      ? errorDetail('Unknown parameter.', 'unknown_parameter')
      : errorDetail('Unknown parameter. Did you mean "{nearest}"?', 'unknown_parameter', { nearest });
  }

  #nearest(name: string): string | undefined {
    if (name.length > MAX_NAME) return undefined;
    let best: string | undefined;
    let least = Math.max(2, Math.floor(name.length / 3)) + 1;
    for (const known of this.#known) {
      const distance = editDistance(name.toLowerCase(), known.toLowerCase(), least);
      if (distance < least) [best, least] = [known, distance];
    }
    return best;
  }
}

/** How many letters must be put in, taken out or changed to make one name the other; `limit` where it is that many or more. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let row = Array.from({ length: other.length + 1 }, (_each, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return Math.min(limit, row[other.length]!);
}
