import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Position } from '../../../src/framework/sources/list-source.js';
import { avg, count, max, min, sum } from '../../../src/framework/plan/aggregates.js';
import type { QuerySet } from '../../../src/framework/plan/query-set.js';
import type { ReadTree } from '../../../src/framework/plan/read-plan.js';
import { keyTree } from '../../../src/framework/plan/read-tree.js';
import { models, type BookModel } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from './library-database.js';

let library: LibraryDatabase;
let books: QuerySet<BookModel>;

beforeAll(async () => {
  library = await openLibraryDatabase();
  books = library.database.objects(models.book);
  await library.client.genre.createMany({
    data: [
      { name: '100%', slug: 'a_b' },
      { name: 'back\\slash', slug: 'axb' },
      { name: '100x', slug: 'AXB' },
    ],
  });
});
afterAll(() => library.close());

const ids = async (queryset: QuerySet<BookModel>) => (await queryset.list()).map(({ id }) => id);

describe('QuerySet', () => {
  it('gives whole instances, with Temporal values', async () => {
    const book = (await books.first())!;
    expect(book.published).toBeInstanceOf(Temporal.PlainDate);
    expect([String(book.published), String(book.createdAt), String(book.price), book.language]).toEqual([
      '1999-06-17',
      '2024-02-02T01:01:00Z',
      '24.5',
      'es',
    ]);
  });

  it('never changes: every method answers another', async () => {
    const all = await books.count();
    const some = books.filter({ language: 'en' }).orderBy('-title');
    expect(await some.count()).toBeLessThan(all);
    expect(await books.count()).toBe(all);
    expect(books.ordering).toEqual([{ path: ['id'], descending: false }]);
  });

  it('says whether the client chose the order', () => {
    const ordering = books.orderBy('title').ordering;
    expect([books.orderedByClient, books.reorder(ordering, { byClient: true }).orderedByClient, books.reorder(ordering).orderedByClient]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('keeps the other conditions and the order under a further filter', async () => {
    const queryset = books
      .orderBy('-id')
      .filter({ pages: { gte: 200 } })
      .filter({ language: 'en' });
    const rows = await queryset.list();
    expect(rows.every(({ pages, language }) => pages >= 200 && language === 'en')).toBe(true);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort((a, b) => b - a));
  });

  it('excludes what it would find', async () => {
    expect((await books.filter({ language: 'en' }).count()) + (await books.exclude({ language: 'en' }).count())).toBe(await books.count());
  });

  it('asks nothing where no row can be found', async () => {
    const statements = await library.counter.during(async () => {
      const none = books.filter({ id: 99999999999 });
      expect([await none.list(), await none.count(), await none.exists(), await none.first(), await books.list(0, 0)]).toEqual([
        [],
        0,
        false,
        undefined,
        [],
      ]);
    });
    expect(statements).toEqual([]);
  });

  it('counts no further than it is asked to', async () => {
    expect([await books.count(5), await books.count(1000), await books.count()]).toEqual([5, 57, 57]);
  });

  it('reads past the last row, however far', async () => {
    expect([await books.list(1000, 5), await books.list(Number.MAX_SAFE_INTEGER, 5), await books.list(1e300, 5)]).toEqual([[], [], []]);
  });

  it('aggregates in one statement', async () => {
    const statements = await library.counter.during(async () => {
      const found = await books
        .filter({ id: { in: [1, 2] } })
        .aggregate({ mean: avg('pages'), total: sum('price'), least: min('rating'), most: max('rating'), books: count() });
      expect(found).toEqual({ mean: 400, total: 83.8, least: 2.2, most: 4.8, books: 2 });
    });
    expect(statements).toHaveLength(1);
    expect(await books.filter({ id: -1 }).aggregate({ mean: avg('pages'), books: count() })).toEqual({ mean: null, books: 0 });
    expect(() => books.aggregate({ wrong: avg('title') })).toThrow(/numeric field/);
  });
});

describe('texts in conditions', () => {
  it.each([
    ['contains', { slug: { contains: '_' } }, ['a_b']],
    ['contains', { name: { contains: '%' } }, ['a_b']],
    ['contains a backslash', { name: { contains: '\\' } }, ['axb']],
    ['startsWith', { name: { startsWith: '100%' } }, ['a_b']],
    ['endsWith', { slug: { endsWith: '_b' } }, ['a_b']],
    ['insensitive contains', { slug: { contains: 'X', mode: 'insensitive' as const } }, ['AXB', 'axb']],
    ['insensitive equals', { slug: { equals: 'A_B', mode: 'insensitive' as const } }, ['a_b']],
    ['insensitive in', { slug: { in: ['A_B', 'aXb'], mode: 'insensitive' as const } }, ['AXB', 'a_b', 'axb']],
  ])('mean themselves in %s', async (_, where, slugs) => {
    const found = await library.database
      .objects(models.genre)
      .filter({ AND: [where, { id: { gt: 8 } }] })
      .orderBy('slug')
      .list();
    expect(found.map(({ slug }) => slug)).toEqual(slugs);
  });
});

describe('conditions on relations', () => {
  it.each<[string, Parameters<QuerySet<BookModel>['filter']>[0], Parameters<QuerySet<BookModel>['filter']>[0]]>([
    ['no publisher', { publisher: null }, { publisherId: null }],
    ['any publisher', { publisher: {} }, { publisherId: { not: null } }],
    ['an author', { author: { id: 3 } }, { authorId: 3 }],
    ['every row of none', { reviews: { every: { OR: [] } } }, { reviews: { none: {} } }],
  ])('%s', async (_, one, other) => {
    const found = await ids(books.filter(one));
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(await ids(books.filter(other)));
  });
});

describe('keysets', () => {
  const source = (queryset: QuerySet<BookModel>, tree: ReadTree = keyTree(models.book)) => queryset.asSource(tree, (row) => row['id'] as number);

  it.each([
    [['title']],
    [['-title']],
    [['rating']],
    [['-rating']],
    [['published', '-pages']],
    [['-published', 'inStock']],
    [['price', '-createdAt']],
    [['language', '-inStock', 'rating']],
    [['publisher__name']],
    [['-publisher__name', 'rating']],
    [['publisher__founded', 'author__name']],
    [['-publisher__country', 'author__born']],
  ])('by %s go through all rows once, forwards and backwards', async (keys) => {
    const list = source(books).keyset!.orderBy(...keys);
    const all = await source(books.orderBy(...keys)).slice(0);
    for (const backwards of [false, true]) {
      const seen: number[] = [];
      let position: Position | null = null;
      do {
        const page: { item: number; position: Position }[] = await list.after(position, 7, backwards);
        seen.push(...page.map(({ item }) => item));
        position = JSON.parse(JSON.stringify(page.at(-1)?.position ?? null)) as Position | null;
      } while (position !== null && seen.length < 200);
      expect(seen).toEqual(backwards ? [...all].reverse() : all);
    }
  });

  it('take two statements a page, its keys and its rows, and the tree for what to show', async () => {
    const author = { model: models.author, columns: new Set(['email']), counts: new Set<string>(), relations: new Map() };
    const tree: ReadTree = {
      model: models.book,
      columns: new Set(['title']),
      counts: new Set(),
      relations: new Map([['author', { tree: author, many: false, ordering: [] }]]),
    };
    const statements = await library.counter.during(async () => {
      const [first] = await books
        .asSource(tree, (row) => row)
        .keyset!.orderBy('author__name')
        .after(null, 1, false);
      expect(first!.position).toEqual(['Ada Kestrel', 2]);
      expect(first!.item['author']).toEqual({ email: 'ada@authors.example', name: 'Ada Kestrel' });
    });
    expect(statements).toHaveLength(2);
  });

  it('refuse what they cannot follow when they are read', async () => {
    await expect(source(books.orderBy('genres__count')).keyset!.after(null, 1, false)).rejects.toThrow(/a number of rows/);
  });
});

describe('statements', () => {
  it('of a page with related rows are two, whatever its length and depth, and one for the first pages by primary key', async () => {
    const leaf = (model: typeof models.author | typeof models.genre | typeof models.user, ...columns: string[]): ReadTree => ({
      model,
      columns: new Set(columns),
      counts: new Set(),
      relations: new Map(),
    });
    const review: ReadTree = {
      model: models.review,
      columns: new Set(['rating']),
      counts: new Set(),
      relations: new Map([['user', { tree: leaf(models.user, 'username'), many: false, ordering: [] }]]),
    };
    const author: ReadTree = { ...leaf(models.author, 'name', 'born'), counts: new Set(['books']) };
    const tree: ReadTree = {
      model: models.book,
      columns: new Set(['title']),
      counts: new Set(['reviews']),
      relations: new Map([
        ['author', { tree: author, many: false, ordering: [] }],
        ['genres', { tree: leaf(models.genre, 'slug'), many: true, ordering: [{ path: ['slug'], descending: false }] }],
        ['reviews', { tree: review, many: true, ordering: [{ path: ['id'], descending: false }] }],
      ]),
    };
    for (const limit of [1, 10, 57]) {
      const statements = await library.counter.during(async () => {
        const rows = await books.rows(tree, 0, limit);
        expect(rows).toHaveLength(limit);
        expect(rows[0]).toMatchObject({
          title: 'The Golden Archive',
          genres: [{ slug: 'fantasy' }],
          author: { name: 'Chiyo Mori', $counts: { books: 7 } },
          $counts: { reviews: 0 },
        });
        for (const row of rows) expect(row.$counts!['reviews']).toBe(row['reviews'].length);
      });
      expect(statements).toHaveLength(1);
      const ordered = await library.counter.during(async () => expect(await books.orderBy('title').rows(tree, 0, limit)).toHaveLength(limit));
      expect(ordered).toHaveLength(2);
    }
  });

  it('that fail are counted too, and those of transactions apart', async () => {
    const { counter, client, database } = library;
    const failed = await counter.during(() =>
      client.$queryRaw`select 1 / 0`.then(() => expect.unreachable()).catch((error: { code: string }) => expect(error.code).toBe('P2010')),
    );
    expect(failed).toEqual(['select 1 / 0']);
    counter.reset();
    await database.transaction(() => database.savepoint(() => database.objects(models.genre).count()));
    expect([counter.count, counter.transactions]).toEqual([1, 1]);
  });
});
