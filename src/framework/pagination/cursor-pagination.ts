import { ConfigurationError } from '../exceptions/configuration-error.js';
import { NotFound } from '../exceptions/exceptions.js';
import type { RestRequest } from '../requests/rest-request.js';
import { assertMaximum, assertSize, configuredPaginator, knownSize, type KnobsOf } from './configured-paginator.js';
import { decodeCursor, encodeCursor, type Cursor } from './cursor.js';
import { InvalidPosition, type Keyset, type ListSource, type Positioned } from '../sources/list-source.js';
import { pageLink } from './page-links.js';
import { pageSchema, type Page } from './page.js';
import { Pagination, type PaginationParameter } from './pagination.js';
import { requestedSize } from './python-integer.js';

/**
 * Pages by an opaque cursor (PAG-6): no count, no offset, and no row shown twice or left out while rows come and go.
 *
 * A cursor holds the values of all the order's keys, so rows that tie and long lists cost the same as the first page; in DRF it holds the first
 * key's and an offset, which loses rows (PAG-8). A cursor of another order, or one that was tampered with, is 404.
 *
 * @example
 * pagination: CursorPagination.with({ pageSize: 5, ordering: ['-createdAt', '-id'] })
 */
export class CursorPagination extends Pagination {
  /** Items on a page. Default: null, the `pageSize` setting. */
  readonly pageSize: number | null = null;
  /** The query parameter by which a client chooses the size. Default: null, it may not. Needs `maxPageSize`. */
  readonly pageSizeQueryParam: string | null = null;
  /** The largest size that a client gets. */
  readonly maxPageSize: number | null = null;
  readonly cursorQueryParam: string = 'cursor';
  /** The order where the client asks for none: `-createdAt`, `['-createdAt', 'id']`. Default: null, the list's own. The primary key is appended. */
  readonly ordering: string | readonly string[] | null = null;
  readonly invalidCursorMessage: string = 'Invalid cursor';

  /**
   * A subclass with these knobs.
   * @throws ConfigurationError where clients may choose the size and no maximum is set.
   */
  static with<C extends new () => CursorPagination>(this: C, knobs: KnobsOf<InstanceType<C>>): C {
    return configuredPaginator(this, knobs);
  }

  override assertUsable({ pageSize }: { readonly pageSize: number | null }): void {
    assertSize(this, 'pageSize', this.pageSize);
    assertMaximum(this, 'pageSizeQueryParam', this.pageSizeQueryParam, 'maxPageSize', this.maxPageSize);
    knownSize(this, 'pageSize', this.pageSize ?? pageSize);
    if (this.ordering?.length === 0)
      throw new ConfigurationError(`${this.constructor.name}.ordering is empty; name a field, or set it to null for the list's own order.`);
  }

  async paginate(source: ListSource, request: RestRequest): Promise<unknown> {
    const size = this.getPageSize(request);
    const keyset = this.getKeyset(source);
    const cursor = this.#read(request, keyset);
    const found = await this.#after(keyset, cursor, size + 1);
    const more = found.length > size;
    const shown = found.slice(0, size);
    if (cursor.reverse) shown.reverse();
    const [next, previous] = neighbours(shown, cursor, more);
    const link = (to: Cursor | null) => to && pageLink(request, { [this.cursorQueryParam]: encodeCursor(to, keyset.ordering) });
    return this.getPaginatedResponse({ results: shown.map(({ item }) => item), next: link(next), previous: link(previous) });
  }

  /** The body of a page. Override it for another shape, and `responseSchema` beside it. */
  getPaginatedResponse(page: Page): unknown {
    return { next: page.next, previous: page.previous, results: page.results };
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

  /** The list in the order that cursors follow: the client's where it chose one, else the paginator's own, else the list's. */
  protected getKeyset(source: ListSource): Keyset {
    const { keyset } = source;
    if (!keyset) {
      throw new ConfigurationError(
        `${this.constructor.name}: a cursor needs a list that can be read from a position, which this one cannot (it has no keyset). Use PageNumberPagination.`,
      );
    }
    if (this.ordering === null || source.orderedByClient) return keyset;
    return keyset.orderBy(...(typeof this.ordering === 'string' ? [this.ordering] : this.ordering));
  }

  parameters(): readonly PaginationParameter[] {
    const cursor = { name: this.cursorQueryParam, description: 'The pagination cursor value.', schema: { type: 'string' } };
    if (this.pageSizeQueryParam === null) return [cursor];
    const schema = { type: 'integer', minimum: 1, maximum: this.maxPageSize };
    return [cursor, { name: this.pageSizeQueryParam, description: 'Number of results to return per page.', schema }];
  }

  responseSchema(item: object): object {
    return pageSchema(item, { count: null });
  }

  #read(request: RestRequest, keyset: Keyset): Cursor {
    const text = request.query.get(this.cursorQueryParam);
    if (!text) return { position: null, reverse: false };
    const cursor = decodeCursor(text, keyset.ordering);
    if (!cursor) throw new NotFound(this.invalidCursorMessage);
    return cursor;
  }

  async #after(keyset: Keyset, cursor: Cursor, limit: number): Promise<Positioned<unknown>[]> {
    try {
      return await keyset.after(cursor.position, limit, cursor.reverse);
    } catch (error) {
      throw error instanceof InvalidPosition ? new NotFound(this.invalidCursorMessage) : error;
    }
  }
}

/** Where the next and the previous page begin. Beyond a page that has become empty lies the list's other end. */
function neighbours(shown: readonly Positioned<unknown>[], cursor: Cursor, more: boolean): [next: Cursor | null, previous: Cursor | null] {
  const came = cursor.position !== null;
  const onward: Cursor = { position: shown.at(-1)?.position ?? null, reverse: false };
  const back: Cursor = { position: shown[0]?.position ?? null, reverse: true };
  return cursor.reverse ? [came ? onward : null, more ? back : null] : [more ? onward : null, came ? back : null];
}
