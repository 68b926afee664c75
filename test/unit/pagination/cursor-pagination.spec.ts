import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { NotFound } from '../../../src/framework/exceptions/exceptions.js';
import { arraySource } from '../../../src/framework/sources/array-source.js';
import { decodeCursor, encodeCursor } from '../../../src/framework/pagination/cursor.js';
import { CursorPagination } from '../../../src/framework/pagination/cursor-pagination.js';
import type { ListSource } from '../../../src/framework/sources/list-source.js';
import { fakeRequest } from './fake-request.js';
import { rowsSource, type Row } from './keyset-source.js';

interface Body {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: Row[];
}

const Fours = CursorPagination.with({ pageSize: 4, ordering: 'id', pageSizeQueryParam: 'size', maxPageSize: 6 });
const rows: Row[] = Array.from({ length: 14 }, (_each, index) => ({ id: index + 1, language: index % 3 === 0 ? 'de' : 'en' }));

const queryOf = (link: string | null) => link!.split('?')[1]!;
const get = async (source: ListSource, query = '', paginator: CursorPagination = new Fours()) =>
  (await paginator.paginate(source, fakeRequest(query))) as Body;
const ids = (body: Body) => body.results.map(({ id }) => id);

describe('CursorPagination', () => {
  it('goes forward and back as DRF does', async () => {
    const source = rowsSource(rows);
    const first = await get(source);
    expect([ids(first), first.previous]).toEqual([[1, 2, 3, 4], null]);
    const second = await get(source, queryOf(first.next));
    expect(ids(second)).toEqual([5, 6, 7, 8]);
    const back = await get(source, queryOf(second.previous));
    expect([ids(back), back.previous]).toEqual([[1, 2, 3, 4], null]);
    expect(ids(await get(source, queryOf(back.next)))).toEqual([5, 6, 7, 8]);
    const third = await get(source, queryOf(second.next));
    expect(ids(third)).toEqual([9, 10, 11, 12]);
    const secondAgain = await get(source, queryOf(third.previous));
    expect([ids(secondAgain), secondAgain.previous === null]).toEqual([[5, 6, 7, 8], false]);
    const last = await get(source, queryOf(third.next));
    expect([ids(last), last.next]).toEqual([[13, 14], null]);
    expect(Object.keys(first)).toEqual(['next', 'previous', 'results']);
  });

  it('loses and repeats no row where many tie', async () => {
    const source = rowsSource(Array.from({ length: 1500 }, (_each, index) => ({ id: index + 1, language: 'en' })));
    const paginator = new (CursorPagination.with({ pageSize: 300, ordering: 'language' }))();
    const seen: number[] = [];
    for (let query: string | null = ''; query !== null;) {
      const body: Body = await get(source, query, paginator);
      seen.push(...ids(body));
      query = body.next && queryOf(body.next);
    }
    expect(seen).toEqual(Array.from({ length: 1500 }, (_each, index) => index + 1));
  });

  it('keeps its place where rows before it come and go', async () => {
    const first = await get(rowsSource(rows));
    const second = await get(rowsSource(rows.filter(({ id }) => id > 2)), queryOf(first.next));
    expect(ids(second)).toEqual([5, 6, 7, 8]);
  });

  it('leads on from a page that has become empty to the rest of the list', async () => {
    const first = await get(rowsSource(rows));
    const fewer = rowsSource(rows.slice(0, 4));
    const empty = await get(fewer, queryOf(first.next));
    expect([ids(empty), empty.next]).toEqual([[], null]);
    const end = await get(fewer, queryOf(empty.previous));
    expect([ids(end), end.next, end.previous]).toEqual([[1, 2, 3, 4], null, null]);

    const second = await get(rowsSource(rows), queryOf(first.next));
    const later = rowsSource(rows.slice(4));
    const before = await get(later, queryOf(second.previous));
    expect([ids(before), before.previous]).toEqual([[], null]);
    expect(ids(await get(later, queryOf(before.next)))).toEqual([5, 6, 7, 8]);
  });

  it.each([
    ['size=6', 6],
    ['size=9', 6],
    ['size=0', 4],
    ['size=x', 4],
    ['cursor=', 4],
    ['cursor=nonsense&cursor=', 4],
  ])('answers ?%s with %i rows', async (query, length) => {
    const body = await get(rowsSource(rows), query);
    expect(body.results).toHaveLength(length);
    expect(body.previous).toBeNull();
  });

  it('carries the other parameters in its links, sorted', async () => {
    const body = await get(rowsSource(rows), 'size=2&a=1');
    expect(body.next).toMatch(/^http:\/\/testserver\/rows\/\?a=1&cursor=[\w-]+&size=2$/);
  });

  it.each([
    ['the client chose', 'language', true, [1, 4, 7, 10]],
    ["is the list's own", 'language', false, [14, 13, 12, 11]],
  ])('reads the list in the order that %s', async (_which, key, byClient, expected) => {
    const paginator = new (CursorPagination.with({ pageSize: 4, ordering: '-id' }))();
    expect(ids(await get(rowsSource(rows, [key], byClient), '', paginator))).toEqual(expected);
  });

  it('reads the list in its own order where the paginator has none', async () => {
    const paginator = new (CursorPagination.with({ pageSize: 4 }))();
    expect(ids(await get(rowsSource(rows, ['language']), '', paginator))).toEqual([1, 4, 7, 10]);
  });

  const ordering = rowsSource(rows).keyset!.orderBy('id').ordering;
  const good = encodeCursor({ position: [4, 4], reverse: false }, ordering);
  const raw = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const print = (JSON.parse(Buffer.from(good, 'base64url').toString()) as unknown[])[2];

  it.each([
    ['nonsense', 'nonsense'],
    ['what is no base64', '!!!'],
    ['standard base64', `${good}==`],
    ['NUL', '%00'],
    ['no JSON', raw('{')],
    ['JSON of another shape', raw({ position: 1 })],
    ['a shape without a fingerprint', raw([[4, 4], 0])],
    ['another order', encodeCursor({ position: [4, 4], reverse: false }, [{ path: ['id'], descending: true }])],
    ['another direction flag', raw([[4, 4], 2, print])],
    ['a position of another type', raw([['x', 'y'], 0, print])],
    ['a position of objects', raw([[{}, []], 0, print])],
    ['a position that is no list', raw([{ 0: 4 }, 0, print])],
    ['deep nesting', raw('['.repeat(3000))],
    ['over 4 KB', 'A'.repeat(5000)],
    ['over 4 KB that is well formed', encodeCursor({ position: ['x'.repeat(4000), 4], reverse: false }, ordering)],
    ["DRF's own", 'cD0w'],
  ])('answers 404 to a cursor of %s', async (_what, cursor) => {
    await expect(get(rowsSource(rows), `cursor=${cursor}`)).rejects.toThrow(NotFound);
    await expect(get(rowsSource(rows), `cursor=${cursor}`)).rejects.toMatchObject({ detail: 'Invalid cursor' });
  });

  it('reads back the cursors that it makes', () => {
    for (const position of [null, [1, 'é', true, null], ['\ud83d\ude00', 0.5]]) {
      for (const reverse of [true, false])
        expect(decodeCursor(encodeCursor({ position, reverse }, ordering), ordering)).toEqual({ position, reverse });
    }
  });

  it('tells the developer of a list that has no keyset', async () => {
    await expect(get(arraySource([1, 2]))).rejects.toThrow(ConfigurationError);
    await expect(get(arraySource([1, 2]))).rejects.toThrow(/CursorPagination: a cursor needs a list that can be read from a position/);
  });

  it('lets errors of the database through', async () => {
    const source = rowsSource(rows);
    const broken = {
      ...source,
      keyset: { ...source.keyset!, orderBy: () => broken.keyset, after: () => Promise.reject(new Error('gone')) },
    } as ListSource & { keyset: any };
    await expect(get(broken)).rejects.toThrow('gone');
  });

  it('wants a maximum for the size that clients choose, and an order that is not empty', () => {
    expect(() => CursorPagination.with({ pageSizeQueryParam: 'size' })).toThrow(/maxPageSize is not set/);
    expect(() => CursorPagination.with({ ordering: [] })).toThrow(/ordering is empty/);
  });

  it('describes a body without a count', () => {
    expect(new Fours().responseSchema({})).toMatchObject({ required: ['next', 'previous', 'results'] });
    expect(new Fours().parameters().map(({ name }) => name)).toEqual(['cursor', 'size']);
  });
});
