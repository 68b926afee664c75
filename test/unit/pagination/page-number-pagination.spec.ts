import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { NotFound } from '../../../src/framework/exceptions/exceptions.js';
import type { Page } from '../../../src/framework/pagination/page.js';
import { PageNumberPagination } from '../../../src/framework/pagination/page-number-pagination.js';
import { numbers } from './counted-source.js';
import { fakeRequest } from './fake-request.js';

const Books = PageNumberPagination.with({ pageSize: 10, pageSizeQueryParam: 'page_size', maxPageSize: 50 });
const Lab = PageNumberPagination.with({
  pageSize: 4,
  pageQueryParam: 'p',
  pageSizeQueryParam: 'size',
  maxPageSize: 6,
  lastPageStrings: ['last', 'end'],
});
const base = 'http://testserver/rows/';

async function answer(Paginator: new () => PageNumberPagination, query: string, length = 57) {
  const { source } = numbers(length);
  return (await new Paginator().paginate(source, fakeRequest(query))) as {
    count: number | null;
    next: string | null;
    previous: string | null;
    results: number[];
  };
}

describe('PageNumberPagination', () => {
  it.each([
    [Books, '', [1, 10], '?page=2', null],
    [Books, 'page=2', [11, 20], '?page=3', ''],
    [Books, 'page=6', [51, 57], null, '?page=5'],
    [Books, 'page=', [1, 10], '?page=2', null],
    [Books, 'page=last', [51, 57], null, '?page=5'],
    [Books, 'page= 2 ', [11, 20], '?page=3', ''],
    [Books, 'page=02', [11, 20], '?page=3', ''],
    [Books, 'page=1&page=3', [21, 30], '?page=4', '?page=2'],
    [Books, 'page=1&page_size=3', [1, 3], '?page=2&page_size=3', null],
    [Books, 'page_size=51', [1, 50], '?page=2&page_size=51', null],
    [Books, 'page_size=0', [1, 10], '?page=2&page_size=0', null],
    [Books, 'page_size=-5', [1, 10], '?page=2&page_size=-5', null],
    [Books, 'page_size=x', [1, 10], '?page=2&page_size=x', null],
    [Books, `page_size=1${'0'.repeat(40)}`, [1, 50], `?page=2&page_size=1${'0'.repeat(40)}`, null],
    [Books, 'page=2&language=en&ordering=-id', [11, 20], '?language=en&ordering=-id&page=3', '?language=en&ordering=-id'],
    [Books, 'b=1,2&page=2&a=x y', [11, 20], '?a=x+y&b=1%2C2&page=3', '?a=x+y&b=1%2C2'],
    [Lab, 'p=end', [57, 57], null, '?p=14'],
    [Lab, 'size=6&p=2', [7, 12], '?p=3&size=6', '?size=6'],
    [Lab, 'size=7', [1, 6], '?p=2&size=7', null],
    [Lab, 'page=2', [1, 4], '?p=2&page=2', null],
  ])('answers %o ?%s as DRF does', async (Paginator, query, [first, last], next, previous) => {
    const page = await answer(Paginator as typeof PageNumberPagination, query as string);
    expect([page.results[0], page.results.at(-1)]).toEqual([first, last]);
    expect(page).toMatchObject({ count: 57, next: next === null ? null : base + next, previous: previous === null ? null : base + previous });
    expect(Object.keys(page)).toEqual(['count', 'next', 'previous', 'results']);
  });

  it.each(['7', '0', '-1', 'x', '1.0', '1e30', '9'.repeat(30), '9'.repeat(5000), '∞', '\0', 'LAST', '__proto__'])(
    'answers 404 to page %s',
    async (page) => {
      await expect(answer(Books, new URLSearchParams({ page }).toString())).rejects.toThrow(NotFound);
      await expect(answer(Books, new URLSearchParams({ page }).toString())).rejects.toMatchObject({ message: 'Invalid page.' });
    },
  );

  it('answers page 1 of nothing, and 404 to page 2 of it', async () => {
    expect(await answer(Books, '', 0)).toEqual({ count: 0, next: null, previous: null, results: [] });
    expect(await answer(Books, 'page=last', 0)).toEqual({ count: 0, next: null, previous: null, results: [] });
    await expect(answer(Books, 'page=2', 0)).rejects.toThrow('Invalid page.');
  });

  it('asks for the count beside the page, not after it', async () => {
    const { source, calls } = numbers(57);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const answered = new Books().paginate({ ...source, count: () => held.then(() => source.count()) }, fakeRequest('page=2'));
    await Promise.resolve();
    expect(calls).toEqual([{ asked: 'slice', arguments: [10, 10] }]);
    release();
    await answered;
  });

  it('asks the database nothing for a page that no list is long enough for', async () => {
    const { source, calls } = numbers(57);
    await expect(new Books().paginate(source, fakeRequest('page=1000000000'))).rejects.toThrow('Invalid page.');
    expect(calls).toEqual([]);
  });

  describe('without an exact count', () => {
    const Uncounted = Books.with({ count: 'none' });
    const Capped = Books.with({ count: { capped: 20 } });

    it.each([
      [Uncounted, '', 57, { count: null, next: `${base}?page=2`, previous: null }, 10],
      [Uncounted, 'page=6', 57, { count: null, next: null, previous: `${base}?page=5` }, 7],
      [Uncounted, 'page=5', 50, { count: null, next: null, previous: `${base}?page=4` }, 10],
      [Uncounted, '', 0, { count: null, next: null, previous: null }, 0],
      [Capped, '', 57, { count: 20, next: `${base}?page=2`, previous: null }, 10],
      [Capped, 'page=4', 57, { count: 20, next: `${base}?page=5`, previous: `${base}?page=3` }, 10],
      [Capped, 'page=2', 13, { count: 13, next: null, previous: base }, 3],
    ])('%o knows by one row more whether a page follows ?%s of %i', async (Paginator, query, length, expected, shown) => {
      const page = await answer(Paginator as typeof PageNumberPagination, query as string, length as number);
      expect(page).toMatchObject(expected as object);
      expect(page.results).toHaveLength(shown as number);
    });

    it('counts nothing, and reads one row more than the page', async () => {
      const { source, calls } = numbers(57);
      await new Uncounted().paginate(source, fakeRequest('page=2'));
      expect(calls).toEqual([{ asked: 'slice', arguments: [10, 11] }]);
    });

    it('counts up to the cap', async () => {
      const { source, calls } = numbers(57);
      await new Capped().paginate(source, fakeRequest());
      expect(calls).toContainEqual({ asked: 'count', arguments: [20] });
    });

    it.each([
      ['last', 57],
      ['7', 57],
      ['2', 0],
    ])('answers 404 to page=%s of %i', async (page, length) => {
      await expect(answer(Uncounted, `page=${page}`, length)).rejects.toThrow('Invalid page.');
      await expect(answer(Capped, `page=${page}`, length)).rejects.toThrow('Invalid page.');
    });
  });

  it('takes the size from the pageSize setting where it has none', async () => {
    const { source } = numbers(57);
    expect(await new PageNumberPagination().paginate(source, fakeRequest('', { pageSize: 3 }))).toMatchObject({ results: [1, 2, 3] });
    await expect(new PageNumberPagination().paginate(source, fakeRequest())).rejects.toThrow(
      /PageNumberPagination: pageSize is not set.*Set one of them/,
    );
  });

  it('gives the body another shape where getPaginatedResponse does', async () => {
    class LinkedPagination extends PageNumberPagination {
      override readonly pageSize = 4;
      override getPaginatedResponse({ next, previous, count, results }: Page) {
        return { links: { next, previous }, count, results };
      }
    }
    expect(await answer(LinkedPagination, 'page=2')).toEqual({ links: { next: `${base}?page=3`, previous: base }, count: 57, results: [5, 6, 7, 8] });
  });

  it.each([
    [
      () => PageNumberPagination.with({ pageSizeQueryParam: 'size' }),
      /PageNumberPagination: pageSizeQueryParam is 'size'.*maxPageSize is not set.*Set maxPageSize/,
    ],
    [() => PageNumberPagination.with({ pageSize: 0 }), /pageSize is 0; set it to an integer above 0/],
    [() => PageNumberPagination.with({ pageSize: 1.5 }), /pageSize is 1.5/],
    [() => PageNumberPagination.with({ pageSize: undefined } as object), /pageSize is undefined/],
    [() => PageNumberPagination.with({ page_size: 10 } as object), /there is no page_size to set; known are pageSize, pageQueryParam/],
    [() => PageNumberPagination.with({ __proto__: null, constructor: 1 } as object), /there is no constructor to set/],
  ])('refuses knobs that cannot work: %o', (make, message) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });

  it('refuses a hand-written class without a maximum at boot, and when it is used', async () => {
    class Careless extends PageNumberPagination {
      override readonly pageSizeQueryParam = 'size';
    }
    expect(() => new Careless().assertUsable({ pageSize: 10 })).toThrow(/^Careless: pageSizeQueryParam is 'size'/);
    await expect(answer(Careless, '')).rejects.toThrow(ConfigurationError);
  });

  it('says at boot that no size is set anywhere', () => {
    expect(() => new PageNumberPagination().assertUsable({ pageSize: null })).toThrow(/neither is the pageSize setting/);
    expect(() => new PageNumberPagination().assertUsable({ pageSize: 10 })).not.toThrow();
  });

  it('keeps its name in subclasses made by with, and what they were made of', () => {
    expect(Books.name).toBe('PageNumberPagination');
    expect(new (Books.with({ maxPageSize: 20 }))()).toMatchObject({ pageSize: 10, pageSizeQueryParam: 'page_size', maxPageSize: 20 });
  });

  it('describes its parameters and its body', () => {
    expect(new Books().parameters().map(({ name, schema }) => ({ name, schema }))).toEqual([
      { name: 'page', schema: { type: 'integer' } },
      { name: 'page_size', schema: { type: 'integer', minimum: 1, maximum: 50 } },
    ]);
    expect(new Books().responseSchema({ $ref: '#/book' })).toMatchObject({
      required: ['count', 'next', 'previous', 'results'],
      properties: { count: { type: 'integer' }, results: { type: 'array', items: { $ref: '#/book' } } },
    });
  });
});
