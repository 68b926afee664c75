import { errorDetail } from '../exceptions/error-detail.js';
import { NotFound } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { assertMaximum, assertSize, configuredPaginator, knownSize, type KnobsOf } from './configured-paginator.js';
import type { ListSource } from '../sources/list-source.js';
import { pageLink } from './page-links.js';
import { pageSchema, type CountMode, type Page } from './page.js';
import { Pagination, type PaginationParameter } from './pagination.js';
import { MAX_OFFSET, pythonInteger, requestedSize } from './python-integer.js';

/**
 * Pages by number: `?page=4`, `?page=4&page_size=100` (PAG-2). Page 1 of nothing is empty; any other page past the end is 404 (PAG-4).
 *
 * @example
 * pagination: PageNumberPagination.with({ pageSize: 10, pageSizeQueryParam: 'page_size', maxPageSize: 50 })
 */
export class PageNumberPagination extends Pagination {
  /** Items on a page. Default: null, the `pageSize` setting. */
  readonly pageSize: number | null = null;
  /** The query parameter of the page's number. */
  readonly pageQueryParam: string = 'page';
  /** The query parameter by which a client chooses the size. Default: null, it may not. Needs `maxPageSize`. */
  readonly pageSizeQueryParam: string | null = null;
  /** The largest size that a client gets. */
  readonly maxPageSize: number | null = null;
  /** What stands for the last page's number. It needs an exact count. */
  readonly lastPageStrings: readonly string[] = ['last'];
  /** How items are counted. */
  readonly count: CountMode = 'exact';
  /** The text of the 404 for a page that is not there; `{page_number}` in it is what was asked for. */
  readonly invalidPageMessage: string = 'Invalid page.';

  /**
   * A subclass with these knobs.
   * @throws ConfigurationError where clients may choose the size and no maximum is set.
   */
  static with<C extends new () => PageNumberPagination>(this: C, knobs: KnobsOf<InstanceType<C>>): C {
    return configuredPaginator(this, knobs);
  }

  override assertUsable({ pageSize }: { readonly pageSize: number | null }): void {
    assertSize(this, 'pageSize', this.pageSize);
    assertMaximum(this, 'pageSizeQueryParam', this.pageSizeQueryParam, 'maxPageSize', this.maxPageSize);
    knownSize(this, 'pageSize', this.pageSize ?? pageSize);
  }

  async paginate(source: ListSource, request: RestRequest): Promise<unknown> {
    const size = this.getPageSize(request);
    const asked = request.query.get(this.pageQueryParam) || '1';
    if (this.lastPageStrings.includes(asked)) return this.getPaginatedResponse(await this.#lastPage(source, request, size));
    const number = pythonInteger(asked);
    if (number === undefined || number < 1n || (number - 1n) * BigInt(size) > BigInt(MAX_OFFSET)) throw this.#invalid(asked);
    return this.getPaginatedResponse(await this.#page(source, request, size, Number(number)));
  }

  /** The body of a page. Override it for another shape, and `responseSchema` beside it. */
  getPaginatedResponse(page: Page): unknown {
    return { count: page.count, next: page.next, previous: page.previous, results: page.results };
  }

  /** The size of the page that a request asks for. */
  getPageSize(request: RestRequest): number {
    if (this.pageSizeQueryParam !== null) {
      assertMaximum(this, 'pageSizeQueryParam', this.pageSizeQueryParam, 'maxPageSize', this.maxPageSize);
      const size = requestedSize(request.query.get(this.pageSizeQueryParam), this.maxPageSize as number);
      if (size !== undefined) return size;
    }
    return knownSize(this, 'pageSize', this.pageSize ?? request.handler?.settings.pageSize);
  }

  parameters(): readonly PaginationParameter[] {
    const page = { name: this.pageQueryParam, description: 'A page number within the paginated result set.', schema: { type: 'integer' } };
    if (this.pageSizeQueryParam === null) return [page];
    const size = { type: 'integer', minimum: 1, maximum: this.maxPageSize };
    return [page, { name: this.pageSizeQueryParam, description: 'Number of results to return per page.', schema: size }];
  }

  responseSchema(item: object): object {
    return pageSchema(item, { count: this.count });
  }

  async #page(source: ListSource, request: RestRequest, size: number, number: number): Promise<Page> {
    const offset = (number - 1) * size;
    if (this.count === 'exact') {
      const [count, results] = await Promise.all([source.count(), source.slice(offset, size)]);
      if (number > lastNumber(count, size)) throw this.#invalid(number);
      return this.#linked(request, results, count, number, number < lastNumber(count, size));
    }
    const [count, results] = await Promise.all([this.count === 'none' ? null : source.count(this.count.capped), source.slice(offset, size + 1)]);
    if (results.length === 0 && number > 1) throw this.#invalid(number);
    return this.#linked(request, results.slice(0, size), count, number, results.length > size);
  }

  async #lastPage(source: ListSource, request: RestRequest, size: number): Promise<Page> {
    if (this.count !== 'exact') throw this.#invalid('last');
    const count = await source.count();
    const number = lastNumber(count, size);
    return this.#linked(request, await source.slice((number - 1) * size, size), count, number, false);
  }

  #linked(request: RestRequest, results: readonly unknown[], count: number | null, number: number, more: boolean): Page {
    const link = (page: number) => pageLink(request, { [this.pageQueryParam]: page === 1 ? null : page });
    return { results, count, next: more ? link(number + 1) : null, previous: number > 1 ? link(number - 1) : null };
  }

  #invalid(asked: number | string): NotFound {
    return new NotFound(errorDetail(this.invalidPageMessage, 'not_found', { page_number: asked }));
  }
}

const lastNumber = (count: number, size: number) => Math.max(1, Math.ceil(count / size));
