import { describe, expect, it } from 'vitest';
import { LimitOffsetPagination } from '../../../src/framework/pagination/limit-offset-pagination.js';
import { numbers } from './counted-source.js';
import { fakeRequest } from './fake-request.js';

const Authors = LimitOffsetPagination.with({ defaultLimit: 5, maxLimit: 20 });
const Lab = LimitOffsetPagination.with({ defaultLimit: 4, maxLimit: 6, limitQueryParam: 'take', offsetQueryParam: 'skip' });
const base = 'http://testserver/rows/';
const ten40 = `1${'0'.repeat(40)}`;

describe('LimitOffsetPagination', () => {
  it.each([
    [Authors, 13, '', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, 'limit=3', [1, 2, 3], '?limit=3&offset=3', null],
    [Authors, 13, 'limit=3&offset=4', [5, 6, 7], '?limit=3&offset=7', '?limit=3&offset=1'],
    [Authors, 13, 'limit=0', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, 'limit=-1', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, 'limit=x', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, 'offset=12', [13], null, '?limit=5&offset=7'],
    [Authors, 13, 'offset=13', [], null, '?limit=5&offset=8'],
    [Authors, 13, 'offset=100', [], null, '?limit=5&offset=95'],
    [Authors, 13, 'offset=-1', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, 'offset=1e30', [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, `offset=${'9'.repeat(5000)}`, [1, 2, 3, 4, 5], '?limit=5&offset=5', null],
    [Authors, 13, `offset=${ten40}`, [], null, `?limit=5&offset=${BigInt(ten40) - 5n}`],
    [Authors, 13, 'offset=2147483648', [], null, '?limit=5&offset=2147483643'],
    [Authors, 13, 'offset=2', [3, 4, 5, 6, 7], '?limit=5&offset=7', '?limit=5'],
    [Authors, 13, `limit=${ten40}`, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], null, null],
    [Lab, 57, 'take=2&skip=3', [4, 5], '?skip=5&take=2', '?skip=1&take=2'],
    [Lab, 57, 'take=100&skip=50', [51, 52, 53, 54, 55, 56], '?skip=56&take=6', '?skip=44&take=6'],
    [Lab, 57, 'take=6&skip=55', [56, 57], null, '?skip=49&take=6'],
  ])('answers %o of %i ?%s as DRF does', async (Paginator, length, query, results, next, previous) => {
    const page = await new Paginator().paginate(numbers(length).source, fakeRequest(query));
    expect(page).toEqual({ count: length, next: next === null ? null : base + next, previous: previous === null ? null : base + previous, results });
  });

  it('reads no rows for an offset that no list reaches', async () => {
    const { source, calls } = numbers(13);
    await new Authors().paginate(source, fakeRequest(`offset=${ten40}`));
    expect(calls).toEqual([{ asked: 'count', arguments: [] }]);
  });

  it.each([
    ['none' as const, '', 13, { count: null, next: `${base}?limit=5&offset=5`, previous: null, results: [1, 2, 3, 4, 5] }],
    ['none' as const, 'offset=8', 13, { count: null, next: null, previous: `${base}?limit=5&offset=3`, results: [9, 10, 11, 12, 13] }],
    [{ capped: 6 }, '', 13, { count: 6, next: `${base}?limit=5&offset=5`, previous: null, results: [1, 2, 3, 4, 5] }],
    [{ capped: 6 }, '', 3, { count: 3, next: null, previous: null, results: [1, 2, 3] }],
  ])('knows by one row more whether a page follows where it counts %o', async (count, query, length, expected) => {
    expect(await new (Authors.with({ count }))().paginate(numbers(length).source, fakeRequest(query))).toEqual(expected);
  });

  it('wants a maximum for the limit that clients choose, or no such parameter', async () => {
    expect(() => LimitOffsetPagination.with({ defaultLimit: 5 })).toThrow(
      /LimitOffsetPagination: limitQueryParam is 'limit'.*maxLimit is not set.*limitQueryParam to null/,
    );
    expect(() => new LimitOffsetPagination().assertUsable({ pageSize: 5 })).toThrow(/maxLimit is not set/);
    const Fixed = LimitOffsetPagination.with({ limitQueryParam: null, defaultLimit: 5 });
    expect(await new Fixed().paginate(numbers(13).source, fakeRequest('limit=2'))).toMatchObject({
      results: [1, 2, 3, 4, 5],
      next: `${base}?limit=2&offset=5`,
    });
  });

  it('takes the limit from the pageSize setting where it has none', async () => {
    const Bounded = LimitOffsetPagination.with({ maxLimit: 20 });
    expect(await new Bounded().paginate(numbers(13).source, fakeRequest('', { pageSize: 2 }))).toMatchObject({ results: [1, 2] });
    await expect(new Bounded().paginate(numbers(13).source, fakeRequest())).rejects.toThrow(/defaultLimit is not set/);
  });
});
