import type { RestRequest } from '../requests/rest-request.js';
import { assertMaximum, assertSize, configuredPaginator, knownSize, type KnobsOf } from './configured-paginator.js';
import type { ListSource } from '../sources/list-source.js';
import { pageLink } from './page-links.js';
import { pageSchema, type CountMode, type Page } from './page.js';
import { Pagination, type PaginationParameter } from './pagination.js';
import { MAX_OFFSET, pythonInteger, requestedSize } from './python-integer.js';

/**
 * Pages by limit and offset: `?offset=400&limit=100` (PAG-5). What is no number counts as not given; an offset past the end is an empty page.
 *
 * @example
 * pagination: LimitOffsetPagination.with({ defaultLimit: 5, maxLimit: 20 })
 */
export class LimitOffsetPagination extends Pagination {
  /** Items on a page where the client asks for no number of them. Default: null, the `pageSize` setting. */
  readonly defaultLimit: number | null = null;
  /** The largest limit that a client gets. Must be set, unless `limitQueryParam` is null. */
  readonly maxLimit: number | null = null;
  /** The query parameter by which a client chooses the limit; null where it may not. */
  readonly limitQueryParam: string | null = 'limit';
  /** The query parameter of the offset. */
  readonly offsetQueryParam: string = 'offset';
  /** How items are counted. */
  readonly count: CountMode = 'exact';

  /**
   * A subclass with these knobs.
   * @throws ConfigurationError where clients may choose the limit and no maximum is set.
   */
  static with<C extends new () => LimitOffsetPagination>(this: C, knobs: KnobsOf<InstanceType<C>>): C {
    return configuredPaginator(this, knobs);
  }

  override assertUsable({ pageSize }: { readonly pageSize: number | null }): void {
    assertSize(this, 'defaultLimit', this.defaultLimit);
    assertMaximum(this, 'limitQueryParam', this.limitQueryParam, 'maxLimit', this.maxLimit);
    knownSize(this, 'defaultLimit', this.defaultLimit ?? pageSize);
  }

  async paginate(source: ListSource, request: RestRequest): Promise<unknown> {
    const limit = this.getLimit(request);
    const offset = this.getOffset(request);
    const reachable = offset <= BigInt(MAX_OFFSET);
    const mode = this.count;
    const [count, rows] = await Promise.all([
      mode === 'none' ? null : source.count(mode === 'exact' ? undefined : mode.capped),
      reachable ? source.slice(Number(offset), mode === 'exact' ? limit : limit + 1) : [],
    ]);
    const more = mode === 'exact' ? offset + BigInt(limit) < BigInt(count as number) : rows.length > limit;
    const page = { results: rows.slice(0, limit), count, next: more ? this.#link(request, limit, offset + BigInt(limit)) : null };
    return this.getPaginatedResponse({ ...page, previous: offset > 0n ? this.#link(request, limit, offset - BigInt(limit)) : null });
  }

  /** The body of a page. Override it for another shape, and `responseSchema` beside it. */
  getPaginatedResponse(page: Page): unknown {
    return { count: page.count, next: page.next, previous: page.previous, results: page.results };
  }

  getLimit(request: RestRequest): number {
    if (this.limitQueryParam !== null) {
      assertMaximum(this, 'limitQueryParam', this.limitQueryParam, 'maxLimit', this.maxLimit);
      const limit = requestedSize(request.query.get(this.limitQueryParam), this.maxLimit as number);
      if (limit !== undefined) return limit;
    }
    return knownSize(this, 'defaultLimit', this.defaultLimit ?? request.handler?.settings.pageSize);
  }

  /** The offset as it was sent, however large: links count from it. */
  getOffset(request: RestRequest): bigint {
    const offset = pythonInteger(request.query.get(this.offsetQueryParam) ?? '') ?? 0n;
    return offset < 0n ? 0n : offset;
  }

  parameters(): readonly PaginationParameter[] {
    const offset = {
      name: this.offsetQueryParam,
      description: 'The initial index from which to return the results.',
      schema: { type: 'integer', minimum: 0 },
    };
    if (this.limitQueryParam === null) return [offset];
    const schema = { type: 'integer', minimum: 1, maximum: this.maxLimit };
    return [{ name: this.limitQueryParam, description: 'Number of results to return per page.', schema }, offset];
  }

  responseSchema(item: object): object {
    return pageSchema(item, { count: this.count });
  }

  #link(request: RestRequest, limit: number, offset: bigint): string {
    const size = this.limitQueryParam === null ? {} : { [this.limitQueryParam]: limit };
    return pageLink(request, { ...size, [this.offsetQueryParam]: offset > 0n ? String(offset) : null });
  }
}
