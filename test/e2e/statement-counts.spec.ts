import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

let library: Library;
const id = { few: 0, many: 0 };
const MANY = 50;
/** Of a row with one child and of a row with fifty. */
const author = { few: 0, many: 0 };
const publisher = { few: 0, many: 0 };
const book = { few: 0, many: 0 };
const list = { few: 0, many: 0 };
const sizes = { few: 1, many: MANY } as const;
type Size = keyof typeof sizes;

beforeAll(async () => {
  library = await openLibrary();
  const { prisma } = library;
  await prisma.genre.createMany({ data: Array.from({ length: MANY }, (_, at) => ({ name: `Genre ${at}`, slug: `genre-${at}` })) });
  await prisma.user.createMany({ data: Array.from({ length: MANY }, (_, at) => ({ username: `reader-${at}`, password: '!' })) });
  const genres = await prisma.genre.findMany({ where: { slug: { startsWith: 'genre-' } } });
  const readers = await prisma.user.findMany({ where: { username: { startsWith: 'reader-' } } });
  const alice = await prisma.user.findUniqueOrThrow({ where: { username: 'alice' } });
  for (const size of ['few', 'many'] as const) {
    const some = <T>(rows: readonly T[]) => rows.slice(0, sizes[size]);
    author[size] = (await prisma.author.create({ data: { name: size, email: `${size}@authors.example` } })).id;
    publisher[size] = (await prisma.publisher.create({ data: { name: size, country: 'FR' } })).id;
    const data = some(genres).map((_, at) => ({
      title: `${size} ${at}`,
      isbn: `${size === 'few' ? 8 : 7}${String(at).padStart(12, '0')}`,
      authorId: author[size],
      publisherId: publisher[size],
      price: '1.00',
      pages: 1,
    }));
    const books = await prisma.book.createManyAndReturn({ data });
    book[size] = books[0]!.id;
    await prisma.book.update({ where: { id: book[size] }, data: { genres: { connect: some(genres).map((genre) => ({ id: genre.id })) } } });
    await prisma.review.createMany({ data: some(readers).map((reader) => ({ bookId: book[size], userId: reader.id, rating: 3 })) });
    const items = some(books).map((one, position) => ({ bookId: one.id, position }));
    list[size] = (await prisma.readingList.create({ data: { name: size, ownerId: alice.id, items: { create: items } } })).id;
  }
  id.few = book.few;
});
afterAll(() => library.close());

/** The statements of a request, told apart by what they do. */
async function cost(...request: Parameters<Library['send']>): Promise<{ status: number; body: string; statements: number }> {
  let answer = { statusCode: 0, body: '' };
  const statements = await library.counter.during(async () => (answer = await library.send(...request)));
  return { status: answer.statusCode, body: answer.body, statements: statements.length };
}

describe('A read costs as many statements for one row as for fifty', () => {
  it.each<[what: string, url: (size: Size) => string, statements: number, why: string]>([
    ['a list by page number', (size) => `/library/books/?page_size=${sizes[size]}`, 2, 'the count, the page'],
    [
      'a filtered, searched and ordered list',
      (size) => `/library/books/?author=${author[size]}&search=${size}&ordering=-author__name&page_size=50`,
      4,
      'the author that is filtered by; the count, the page’s keys, its rows',
    ],
    ['a list by limit and offset, with links and a count', (size) => `/library/authors/?limit=${size === 'few' ? 1 : 20}`, 2, 'the same'],
    ['a list by cursor', (size) => `/library/reviews/?book=${book[size]}`, 3, 'the book that is filtered by; the page’s keys, its rows'],
    ['a list under another row', (size) => `/library/books/${book[size]}/reviews/`, 4, 'the parent, the count, the page’s keys, its rows'],
    ['a detail with nested rows', (size) => `/library/books/${book[size]}/`, 1, 'the row with all that is nested in it'],
    ['a detail with links and a count', (size) => `/library/authors/${author[size]}/`, 1, 'the same'],
    ['a hyperlinked detail', (size) => `/library/publishers/${publisher[size]}/`, 1, 'the same'],
  ])('%s', async (_what, url, statements) => {
    const few = await cost('GET', url('few'));
    const many = await cost('GET', url('many'));
    expect([few.status, many.status]).toEqual([200, 200]);
    expect(many.body.length).toBeGreaterThan(few.body.length);
    expect([few.statements, many.statements]).toEqual([statements, statements]);
  });

  it('a detail of nested rows that are written too, beside the look-up of the token', async () => {
    const [few, many] = [
      await cost('GET', `/library/reading-lists/${list.few}/`, { as: 'alice' }),
      await cost('GET', `/library/reading-lists/${list.many}/`, { as: 'alice' }),
    ];
    expect(JSON.parse(many.body)).toMatchObject({ owner: 'alice', items: { length: MANY } });
    expect([few.statements, many.statements]).toEqual([2, 2]);
  });
});

describe('A write costs as many statements for one child as for fifty, beside the look-up of the token', () => {
  const genres = (size: Size) => Array.from({ length: sizes[size] }, (_, at) => `genre-${at}`);
  const items = (size: Size) => Array.from({ length: sizes[size] }, (_, position) => ({ book: book.few, position }));
  const newBook = (size: Size) => ({
    title: `New ${size}`,
    isbn: size === 'few' ? '6000000000000' : '6000000000001',
    author: author.few,
    publisher: publisher.few,
    price: '2.00',
    pages: 2,
  });

  it.each<[what: string, method: 'POST' | 'PATCH' | 'PUT', url: (size: Size) => string, json: (size: Size) => object, statements: number]>([
    // The one check of keys and uniqueness; the row with the links of its genres; the row as it is shown.
    ['the create of a row with many-to-many rows', 'POST', () => '/library/books/', (size) => ({ ...newBook(size), genres: genres(size) }), 3],
    // The check; the list, its items; the list as it is shown.
    ['the create of a row with nested rows', 'POST', () => '/library/reading-lists/', (size) => ({ name: size, items: items(size) }), 4],
    // The row; the check; the items that go; the row, its items; the row as it is shown.
    ['the replacement of nested rows', 'PUT', (size) => `/library/reading-lists/${list[size]}/`, (size) => ({ name: size, items: items(size) }), 6],
  ])('%s', async (_what, method, url, json, statements) => {
    const few = await cost(method, url('few'), { as: 'alice', json: json('few') });
    const many = await cost(method, url('many'), { as: 'alice', json: json('many') });
    expect([few.status, many.status], few.body).toEqual(method === 'POST' ? [201, 201] : [200, 200]);
    expect([few.statements - 1, many.statements - 1]).toEqual([statements, statements]);
  });
});

describe('Authentication by token', () => {
  it('costs one statement more', async () => {
    const [anonymous, signed] = [await cost('GET', '/library/genres/'), await cost('GET', '/library/genres/', { as: 'alice' })];
    expect([anonymous.statements, signed.statements]).toEqual([1, 2]);
  });

  it('costs nothing for a header that holds no token', async () => {
    const answer = await cost('GET', '/library/genres/', { headers: { authorization: 'Token' } });
    expect(answer).toMatchObject({ status: 401, statements: 0 });
  });
});

describe('What never reaches a handler costs no statement, and its client’s token one', () => {
  it.each<[what: string, status: number, method: 'GET' | 'OPTIONS' | 'DELETE' | 'POST' | 'PUT', url: string, headers?: Record<string, string>]>([
    ['an unknown address', 404, 'GET', '/library/nothing/'],
    ['metadata', 200, 'OPTIONS', '/library/books/'],
    ['a format that there is not', 404, 'GET', '/library/books/?format=xml'],
    ['a media type that there is not', 406, 'GET', '/library/books/', { accept: 'image/png' }],
    ['the slash that is missing', 301, 'GET', '/library/books'],
    ['missing credentials', 401, 'POST', '/library/books/'],
    ['missing credentials and no such method', 401, 'DELETE', '/library/books/'],
    ['missing credentials for a detail', 401, 'PUT', '/library/books/1/'],
  ])('%s', async (_what, status, method, url, headers) => {
    expect(await cost(method, url, { headers: headers ?? {} })).toMatchObject({ status, statements: 0 });
  });

  it.each<
    [what: string, status: number, method: 'POST' | 'OPTIONS' | 'DELETE', url: string, sent: { payload?: string; headers?: Record<string, string> }]
  >([
    ['no such method', 405, 'DELETE', '/library/books/', {}],
    ['metadata', 200, 'OPTIONS', '/library/books/', {}],
    ['a malformed body', 400, 'POST', '/library/books/', { payload: '{', headers: { 'content-type': 'application/json' } }],
    ['a body that nothing parses', 415, 'POST', '/library/books/', { payload: 'x', headers: { 'content-type': 'text/csv' } }],
    ['a body of another type than an object', 400, 'POST', '/library/books/', { payload: '[]', headers: { 'content-type': 'application/json' } }],
  ])('%s, signed in', async (_what, status, method, url, sent) => {
    expect(await cost(method, url, { as: 'alice', ...sent })).toMatchObject({ status, statements: 1 });
  });
});
