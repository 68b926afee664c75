import { Module, type Type } from '@nestjs/common';
import {
  AllowAny,
  ModelSerializer,
  ModelViewSet,
  nested,
  ViewSet,
  type Model,
  type RestRequest,
  type SerializerClass,
  type WritePolicy,
} from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

const policies = ['create', 'update', 'replace', 'append'] as const satisfies readonly WritePolicy[];

class ItemSerializer extends ModelSerializer(models.readingListItem, { fields: ['id', 'book', 'position', 'note'] }) {}
const listOf = (write: WritePolicy) =>
  class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name', 'owner'] }) {
    items = nested(() => ItemSerializer, { many: true, required: false, write });
  };

class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}
class PersonSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email', 'bio'] }) {}
class HouseSerializer extends ModelSerializer(models.publisher, { fields: ['id', 'name', 'country'] }) {}
const bookOf = (write: WritePolicy, one: Exclude<WritePolicy, 'replace'>) =>
  class FullBookSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'price', 'pages'] }) {
    author = nested(() => PersonSerializer, { write: one });
    publisher = nested(() => HouseSerializer, { write: one, required: false, allowNull: true });
    genres = nested(() => GenreSerializer, { many: true, required: false, write });
  };

class OpinionSerializer extends ModelSerializer(models.review, { fields: ['id', 'user', 'rating', 'text'] }) {}
class WorkSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'price', 'pages'] }) {
  reviews = nested(() => OpinionSerializer, { many: true, required: false, write: 'append' });
  genres = nested(() => GenreSerializer, { many: true, required: false, write: 'connect', queryset: { NOT: { slug: 'horror' } } });
}
class WriterSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {
  books = nested(() => WorkSerializer, { many: true, required: false, write: 'replace' });
}
class ListedSerializer extends ModelSerializer(models.book, { fields: ['id', 'title'], readOnly: ['title'] }) {}
class CatalogueSerializer extends ModelSerializer(models.publisher, { fields: ['id', 'name', 'country'] }) {
  books = nested(() => ListedSerializer, { many: true, required: false, write: 'connect' });
}

function viewSet(prefix: string, model: Model, serializer: SerializerClass): Type {
  class NestedViewSet extends ModelViewSet<Model> {
    override performCreate(request: RestRequest, data: Record<string, unknown>) {
      return super.performCreate(request, data, prefix === 'noted-lists' ? { owner: 3, items: { note: 'by us' } } : {});
    }
  }
  ViewSet(prefix, { model, serializer, basename: prefix, permissions: [AllowAny] })(NestedViewSet);
  return NestedViewSet;
}

@Module({
  controllers: [
    ...policies.map((policy) => viewSet(`lists-${policy}`, models.readingList, listOf(policy))),
    ...policies.map((policy) => viewSet(`books-${policy}`, models.book, bookOf(policy, policy === 'replace' ? 'append' : policy))),
    viewSet('books-connect', models.book, bookOf('connect', 'connect')),
    viewSet('noted-lists', models.readingList, listOf('replace')),
    viewSet('writers', models.author, WriterSerializer),
    viewSet('catalogues', models.publisher, CatalogueSerializer),
  ],
})
class NestedModule {}

let library: Library;
beforeAll(async () => {
  library = await openLibrary({ imports: [NestedModule] });
  await library.prisma.$executeRawUnsafe(`alter table "review" add constraint "review_text_check" check ("text" <> 'boom')`);
});
afterAll(() => library.close());

let made = 0;
const isbn = () => String(9_100_000_000_000 + ++made);
async function send(method: 'POST' | 'PUT' | 'PATCH', url: string, json: unknown): Promise<[status: number, body: any]> {
  const answer = await library.send(method, url, { json });
  return [answer.statusCode, answer.json()];
}
async function newList(size = 3) {
  const { id } = await library.prisma.readingList.create({
    data: {
      name: `list ${++made}`,
      ownerId: 2,
      items: { create: Array.from({ length: size }, (_, position) => ({ bookId: 1, position, note: 'old' })) },
    },
  });
  return { id, items: (await itemsOf(id)).map((item) => item.id) };
}
const itemsOf = (id: number) => library.prisma.readingListItem.findMany({ where: { readingListId: id }, orderBy: { position: 'asc' } });
/** The items of a list: which of those that it began with, or a new one; position and note. */
async function stored({ id, items }: { id: number; items: number[] }) {
  return (await itemsOf(id)).map((item) => [items.indexOf(item.id), item.position, item.note]);
}
const old = [
  [0, 0, 'old'],
  [1, 1, 'old'],
  [2, 2, 'old'],
];

describe('the rows of a to-many relation', () => {
  it.each<[policy: WritePolicy, what: string, sent: (items: number[]) => unknown[], rows: unknown[]]>([
    ['create', 'makes new rows beside those that are there', () => [{ book: 2, position: 5 }], [...old, [-1, 5, '']]],
    ['create', 'reads no key', ([id]) => [{ id, book: 2, position: 5 }], [...old, [-1, 5, '']]],
    ['update', 'changes the rows that are named, and no other', ([, id]) => [{ id, note: 'new' }], [old[0], [1, 1, 'new'], old[2]]],
    ['update', 'takes the key as a text', ([, id]) => [{ id: String(id), note: 'new' }], [old[0], [1, 1, 'new'], old[2]]],
    [
      'replace',
      'changes, makes and removes',
      ([, id]) => [
        { id, note: 'new' },
        { book: 2, position: 5 },
      ],
      [
        [1, 1, 'new'],
        [-1, 5, ''],
      ],
    ],
    ['replace', 'takes null for no key', ([id]) => [{ id }, { id: null, book: 2, position: 5 }], [old[0], [-1, 5, '']]],
    ['replace', 'with nothing removes everything', () => [], []],
    ['replace', 'may take a value that a removed row had', ([id]) => [{ id }, { book: 2, position: 1 }], [old[0], [-1, 1, '']]],
    [
      'replace',
      'may exchange values',
      ([a, b, c]) => [{ id: a, position: 2 }, { id: b }, { id: c, position: 0 }],
      [[2, 0, 'old'], old[1], [0, 2, 'old']],
    ],
    [
      'append',
      'changes and makes, and removes nothing',
      ([id]) => [
        { id, note: 'new' },
        { book: 2, position: 5 },
      ],
      [[0, 0, 'new'], old[1], old[2], [-1, 5, '']],
    ],
    ['append', 'with nothing changes nothing', () => [], old],
  ])('%s %s', async (policy, _what, sent, rows) => {
    const [list, other] = [await newList(), await newList()];
    const [status, body] = await send('PATCH', `/lists-${policy}/${list.id}/`, { items: sent(list.items) });
    expect([status, body.items?.length], JSON.stringify(body)).toEqual([200, rows.length]);
    expect(await stored(list)).toEqual(rows);
    expect(await stored(other)).toEqual(old);
  });

  const missing = (id: number | string) => ({ id: [`Invalid pk "${id}" - object does not exist.`] });
  const unique = { non_field_errors: ['The fields reading_list, position must make a unique set.'] };
  it.each<
    [policy: WritePolicy, what: string, sent: (mine: number[], others: number[]) => unknown, errors: (mine: number[], others: number[]) => unknown]
  >([
    ['update', 'a row of another parent', (_, [id]) => [{ id, note: 'stolen' }], (_, [id]) => ({ 0: missing(id!) })],
    ['replace', 'a row of another parent', ([a], [id]) => [{ id: a }, { id, note: 'stolen' }], (_, [id]) => ({ 1: missing(id!) })],
    ['append', 'a row of another parent', (_, [id]) => [{ id }], (_, [id]) => ({ 0: missing(id!) })],
    ['update', 'a row that is not there', () => [{ id: 999_999 }], () => ({ 0: missing(999_999) })],
    ['update', 'a key past every column', () => [{ id: 2 ** 60 }], () => ({ 0: missing(2 ** 60) })],
    ['update', 'no key', () => [{ note: 'x' }], () => ({ 0: { id: ['This field is required.'] } })],
    ['update', 'a key of another type', () => [{ id: {} }], () => ({ 0: { id: ['Incorrect type. Expected pk value, received dict.'] } })],
    ['append', 'a key that is a text of no number', () => [{ id: 'x' }], () => ({ 0: { id: ['Incorrect type. Expected pk value, received str.'] } })],
    ['replace', 'the same row twice', ([id]) => [{ id }, { id, note: 'x' }], () => ({ 1: { id: ['This row is named more than once.'] } })],
    ['replace', 'null', ([id]) => [null, { id }], () => ({ 0: ['This field may not be null.'] })],
    ['replace', 'what is no object', () => [7], () => ({ 0: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] } })],
    [
      'replace',
      'a new row without what it needs',
      () => [{ note: 'x' }],
      () => ({ 0: { book: ['This field is required.'], position: ['This field is required.'] } }),
    ],
    ['append', 'a value that a row which stays has', () => [{ book: 2, position: 1 }], () => ({ 0: unique })],
    ['create', 'a value that a row which is there has', () => [{ book: 2, position: 1 }], () => ({ 0: unique })],
    ['update', 'a value that a row which stays has', ([id]) => [{ id, position: 2 }], () => ({ 0: unique })],
    ['replace', 'the same unique values twice', ([id]) => [{ id }, { book: 1, position: 7 }, { book: 2, position: 7 }], () => ({ 2: unique })],
    [
      'replace',
      'what the field refuses of a row that is there',
      ([id]) => [{ id, position: -1 }],
      () => ({ 0: { position: ['Ensure this value is greater than or equal to 0.'] } }),
    ],
    ['replace', 'what is no list', () => ({ id: 1 }), () => ({ non_field_errors: ['Expected a list of items but got type "dict".'] })],
  ])('%s refuses %s, and nothing is written', async (policy, _what, sent, errors) => {
    const [list, other] = [await newList(), await newList()];
    const answer = await send('PATCH', `/lists-${policy}/${list.id}/`, { name: 'no', items: sent(list.items, other.items) });
    expect(answer).toEqual([400, { items: errors(list.items, other.items) }]);
    expect([await stored(list), await stored(other)]).toEqual([old, old]);
    expect(await library.prisma.readingList.count({ where: { name: 'no' } })).toBe(0);
  });

  it('is left alone where nothing is sent for it', async () => {
    const list = await newList();
    expect((await send('PATCH', `/lists-replace/${list.id}/`, { name: 'renamed' }))[0]).toBe(200);
    expect(await stored(list)).toEqual(old);
  });

  it('is read whole by PUT: a row that is changed needs every field', async () => {
    const list = await newList(1);
    const answer = await send('PUT', `/lists-replace/${list.id}/`, { name: 'x', owner: 2, items: [{ id: list.items[0], note: 'x' }] });
    expect(answer).toEqual([400, { items: { 0: { book: ['This field is required.'], position: ['This field is required.'] } } }]);
  });

  it.each(['create', 'replace', 'append'])('%s makes them with a new parent', async (policy) => {
    const [status, body] = await send('POST', `/lists-${policy}/`, {
      name: 'n',
      owner: 2,
      items: [
        { book: 1, position: 0 },
        { book: 2, position: 1 },
      ],
    });
    expect([status, body.items.map((item: { position: number }) => item.position)]).toEqual([201, [0, 1]]);
    const twice = await send('POST', `/lists-${policy}/`, {
      name: 'never',
      owner: 2,
      items: [
        { book: 1, position: 0 },
        { book: 2, position: 0 },
      ],
    });
    expect(twice).toEqual([400, { items: { 1: unique } }]);
    expect(await library.prisma.readingList.count({ where: { name: 'never' } })).toBe(0);
  });

  it('finds no row of a new parent', async () => {
    const { items } = await newList(1);
    const answer = await send('POST', '/lists-replace/', { name: 'n', owner: 2, items: [{ id: items[0], book: 1, position: 0 }] });
    expect(answer).toEqual([400, { items: { 0: missing(items[0]!) } }]);
  });
});

const bookData = () => ({ title: `Nested ${++made}`, isbn: isbn(), price: '1.00', pages: 1 });
const person = (name: string) => ({ name, email: `${name}${++made}@nested.example` });

describe('a row that the parent refers to', () => {
  it('is made with it, and another one later beside the first', async () => {
    const [status, book] = await send('POST', '/books-create/', { ...bookData(), author: person('ann') });
    expect([status, book.author.name, book.publisher]).toEqual([201, 'ann', null]);
    const [, changed] = await send('PATCH', `/books-create/${book.id}/`, { author: person('bea') });
    expect([changed.author.name, changed.author.id === book.author.id]).toEqual(['bea', false]);
    expect(await library.prisma.author.count({ where: { id: book.author.id } })).toBe(1);
  });

  it('is changed without being named, in what is sent of it', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('cleo') });
    const [status, changed] = await send('PATCH', `/books-update/${book.id}/`, { author: { bio: 'Writes.' } });
    expect([status, changed.author]).toEqual([200, { ...book.author, bio: 'Writes.' }]);
  });

  it('keeps its own unique value, and takes no one else’s (VAL-8)', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('dora') });
    const { email } = book.author;
    expect((await send('PATCH', `/books-update/${book.id}/`, { author: { email, bio: 'x' } }))[0]).toBe(200);
    const [, other] = await send('POST', '/books-create/', { ...bookData(), author: person('eve') });
    expect(await send('PATCH', `/books-update/${other.id}/`, { author: { email } })).toEqual([
      400,
      { author: { email: ['author with this email already exists.'] } },
    ]);
  });

  it('of another parent cannot be reached by its key', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('fay') });
    expect(await send('PATCH', `/books-update/${book.id}/`, { author: { id: 1, bio: 'stolen' } })).toEqual([
      400,
      { author: { id: ['Invalid pk "1" - object does not exist.'] } },
    ]);
    expect(await library.prisma.author.count({ where: { bio: 'stolen' } })).toBe(0);
  });

  it('that is not there is nothing to change, and made by append', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('gil') });
    const house = { name: `House ${++made}`, country: 'FR' };
    expect(await send('PATCH', `/books-update/${book.id}/`, { publisher: house })).toEqual([
      400,
      { publisher: ['There is no publisher to change.'] },
    ]);
    const [status, changed] = await send('PATCH', `/books-append/${book.id}/`, { publisher: house });
    expect([status, changed.publisher]).toEqual([200, { id: expect.any(Number), ...house }]);
    const [, again] = await send('PATCH', `/books-append/${book.id}/`, { publisher: { country: 'DE' } });
    expect(again.publisher).toEqual({ ...changed.publisher, country: 'DE' });
    const [, without] = await send('PATCH', `/books-append/${book.id}/`, { publisher: null });
    expect(without.publisher).toBeNull();
    expect(await library.prisma.publisher.count({ where: { id: changed.publisher.id } })).toBe(1);
  });

  it('is connected by its key, whatever else stands beside it', async () => {
    const [status, book] = await send('POST', '/books-connect/', {
      ...bookData(),
      author: { id: 2, name: 'not read' },
      publisher: { id: 1 },
      genres: [{ id: 2 }, { id: 1 }],
    });
    expect([status, book.author.id, book.publisher.id, book.genres.map(({ id }: { id: number }) => id)]).toEqual([
      201,
      2,
      1,
      expect.arrayContaining([1, 2]),
    ]);
    expect(book.author.name).not.toBe('not read');
    const [, changed] = await send('PATCH', `/books-connect/${book.id}/`, { publisher: null, genres: [{ id: 3 }] });
    expect([changed.publisher, changed.genres.map(({ id }: { id: number }) => id)]).toEqual([null, [3]]);
    expect(
      await send('PATCH', `/books-connect/${book.id}/`, {
        author: { id: 999_999 },
        publisher: {},
        genres: [{ id: 1 }, { id: 'x' }, 7, { id: 999_999 }],
      }),
    ).toEqual([
      400,
      {
        author: { id: ['Invalid pk "999999" - object does not exist.'] },
        publisher: { id: ['This field is required.'] },
        genres: {
          1: { id: ['Incorrect type. Expected pk value, received str.'] },
          2: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] },
          3: { id: ['Invalid pk "999999" - object does not exist.'] },
        },
      },
    ]);
  });
});

describe('the rows of a many-to-many relation', () => {
  const genre = (name: string) => ({ name: `${name} ${++made}`, slug: `${name}-${made}` });
  const genresOf = async (id: number) =>
    (await library.prisma.genre.findMany({ where: { books: { some: { id } } }, orderBy: { id: 'asc' } })).map(({ name }) => name);

  it.each<[policy: WritePolicy, what: string, names: (old: string[], made: string) => string[]]>([
    ['create', 'links new ones', (before, one) => [...before, one]],
    ['append', 'links new ones and changes those that are named', ([, b], one) => ['changed', b!, one]],
    ['replace', 'unlinks those that are not named', (_, one) => ['changed', one]],
  ])('%s %s', async (policy, _what, names) => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('hal'), genres: [genre('a'), genre('b')] });
    const before: { id: number; name: string }[] = book.genres.sort((a: { id: number }, b: { id: number }) => a.id - b.id);
    const [first, one] = [before[0]!, genre('new')];
    const changed = `changed ${++made}`;
    const [status, body] = await send('PATCH', `/books-${policy}/${book.id}/`, {
      genres: policy === 'create' ? [one] : [{ id: first.id, name: changed }, one],
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await genresOf(book.id)).toEqual(
      names(
        before.map(({ name }) => name),
        one.name,
      ).map((name) => (name === 'changed' ? changed : name)),
    );
    expect(await library.prisma.genre.count({ where: { id: { in: before.map(({ id }) => id) } } })).toBe(2);
  });

  it('that is not linked is not changed', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('ian') });
    expect(await send('PATCH', `/books-update/${book.id}/`, { genres: [{ id: 1, name: 'stolen' }] })).toEqual([
      400,
      { genres: { 0: { id: ['Invalid pk "1" - object does not exist.'] } } },
    ]);
  });

  it('may exchange unique texts, and take none of another row', async () => {
    const [, book] = await send('POST', '/books-create/', { ...bookData(), author: person('jo'), genres: [genre('a'), genre('b')] });
    const [a, b] = book.genres;
    const swap = [
      { id: a.id, slug: a.slug, name: b.name },
      { id: b.id, slug: b.slug, name: a.name },
    ];
    const [status, body] = await send('PATCH', `/books-update/${book.id}/`, { genres: swap });
    expect([status, body.genres], JSON.stringify(body)).toEqual([200, expect.arrayContaining(swap)]);
    expect(await send('PATCH', `/books-update/${book.id}/`, { genres: [{ id: a.id, slug: 'crime' }] })).toEqual([
      400,
      { genres: { 0: { slug: ['genre with this slug already exists.'] } } },
    ]);
  });
});

describe('rows that are let go', () => {
  it('lose their parent where they may be without one', async () => {
    const { id } = await library.prisma.publisher.create({ data: { name: `P ${++made}`, country: 'FR' } });
    const books = await library.prisma.book.createManyAndReturn({ data: [1, 2, 3].map(() => ({ ...bookData(), authorId: 1 })) });
    const [a, b, c] = books.map((book) => book.id);
    const own = async () => (await library.prisma.book.findMany({ where: { publisherId: id }, orderBy: { id: 'asc' } })).map((book) => book.id);
    expect((await send('PATCH', `/catalogues/${id}/`, { books: [{ id: a }, { id: b, title: 'not read' }] }))[0]).toBe(200);
    expect(await own()).toEqual([a, b]);
    expect((await send('PATCH', `/catalogues/${id}/`, { books: [{ id: b }, { id: c }] }))[0]).toBe(200);
    expect(await own()).toEqual([b, c]);
    expect(await library.prisma.book.count({ where: { title: 'not read' } })).toBe(0);
  });
});

describe('rows several levels deep', () => {
  const work = (reviews: unknown[] = []) => ({ ...bookData(), reviews, genres: [{ id: 1 }] });
  const review = (user: number, text = '') => ({ user, rating: 3, text });
  const writer = (books: unknown[]) => ({ ...person('kim'), books });

  it('are made, changed and removed in one request', async () => {
    const [status, kim] = await send('POST', '/writers/', writer([work([review(1), review(2)]), work()]));
    expect([status, kim.books.map((book: any) => [book.reviews.length, book.genres.length])]).toEqual([
      201,
      [
        [2, 1],
        [0, 1],
      ],
    ]);
    const [first, second] = kim.books;
    const books = [{ id: first.id, reviews: [{ id: first.reviews[0].id, rating: 5 }, review(3)], genres: [] }, work([review(4)])];
    const [again, body] = await send('PATCH', `/writers/${kim.id}/`, { books });
    expect(
      [again, body.books.map((book: any) => [book.reviews.map(({ rating }: any) => rating).sort(), book.genres.length])],
      JSON.stringify(body),
    ).toEqual([
      200,
      [
        [[3, 3, 5], 0],
        [[3], 1],
      ],
    ]);
    expect(await library.prisma.book.count({ where: { id: second.id } })).toBe(0);
  });

  it('tell of their errors by the whole path', async () => {
    const [, kim] = await send('POST', '/writers/', writer([work([review(1)]), work([review(1)])]));
    const [first, second] = kim.books;
    const books = [
      // A review of the other book is none of this one's; the reviewer has written one of it already.
      { id: first.id, reviews: [{ id: second.reviews[0].id, rating: 5 }, review(1)], genres: [{ id: 999_999 }] },
      { ...work([{ user: 999_999, rating: 9 }]), title: first.title },
    ];
    expect(await send('PATCH', `/writers/${kim.id}/`, { books })).toEqual([
      400,
      {
        books: {
          0: {
            reviews: {
              0: { id: [`Invalid pk "${second.reviews[0].id}" - object does not exist.`] },
              1: { non_field_errors: ['The fields book, user must make a unique set.'] },
            },
            genres: { 0: { id: ['Invalid pk "999999" - object does not exist.'] } },
          },
          1: {
            reviews: { 0: { user: ['Invalid pk "999999" - object does not exist.'], rating: ['Ensure this value is less than or equal to 5.'] } },
          },
        },
      },
    ]);
  });

  it('that the database refuses half way leave nothing behind', async () => {
    const [, kim] = await send('POST', '/writers/', writer([work([review(1)])]));
    const before = await library.prisma.author.findUniqueOrThrow({
      where: { id: kim.id },
      include: { books: { include: { reviews: true, genres: true } } },
    });
    const counts = async () => [await library.prisma.author.count(), await library.prisma.book.count(), await library.prisma.review.count()];
    const all = await counts();
    const [status] = await send('PATCH', `/writers/${kim.id}/`, { name: 'never', books: [work([review(1)]), work([review(2, 'boom')])] });
    expect(status).toBe(400);
    expect((await send('POST', '/writers/', writer([work([review(1, 'boom')])])))[0]).toBe(400);
    expect(
      await library.prisma.author.findUniqueOrThrow({ where: { id: kim.id }, include: { books: { include: { reviews: true, genres: true } } } }),
    ).toEqual(before);
    expect(await counts()).toEqual(all);
  });

  it.each([1, 7])('cost the same statements for %i of each', async (size) => {
    const reviews = () => Array.from({ length: size }, (_, at) => review(at + 1));
    const works = () => Array.from({ length: size }, () => work(reviews()));
    if (size > 4)
      await library.prisma.user.createMany({ data: Array.from({ length: size }, (_, at) => ({ username: `deep-${at}`, password: '!' })) });
    let kim: any;
    const statements = async (run: () => Promise<unknown>) => (await library.counter.during(run)).length;
    const creating = await statements(async () => void ([, kim] = await send('POST', '/writers/', writer(works()))));
    // What is looked up, all in one; authors, books, reviews, links, the author as it is shown.
    expect(creating).toBe(6);
    const changed = kim.books.map((book: any) => ({
      id: book.id,
      pages: 5,
      genres: [{ id: 2 }],
      reviews: book.reviews.map(({ id }: any) => ({ id, rating: 4 })),
    }));
    const changing = await statements(async () =>
      expect((await send('PATCH', `/writers/${kim.id}/`, { books: [...changed, ...works()] }))[0]).toBe(200),
    );
    // The author with all beneath; the look-up; its lock, books that go, that change and their reviews, links that go and come; new books, reviews and
    // links; the author as it is shown.
    expect(changing).toBe(12);
  });
});

describe('values of the application’s', () => {
  it('win over the client’s, in every row of a nested serializer too', async () => {
    const [status, body] = await send('POST', '/noted-lists/', {
      name: 'n',
      owner: 2,
      items: [
        { book: 1, position: 0, note: 'mine' },
        { book: 2, position: 1 },
      ],
    });
    expect([status, body.owner, body.items.map(({ note }: { note: string }) => note)]).toEqual([201, 3, ['by us', 'by us']]);
    const [, empty] = await send('POST', '/noted-lists/', { name: 'n', owner: 2 });
    expect([empty.owner, empty.items]).toEqual([3, []]);
  });
});

describe('PATCH', () => {
  it('writes the columns that were sent, and when it was', async () => {
    const statements = await library.counter.during(() => send('PATCH', '/books-connect/5/', { pages: 77 }));
    const [update] = statements.filter((sql) => /^update/i.test(sql));
    expect(update).toMatch(/^UPDATE "public"\."book" SET "pages" = \$\d, "updated_at" = \$\d WHERE/i);
    const changes = await library.counter.during(() => send('PATCH', '/books-connect/5/', { genres: [{ id: 1 }] }));
    expect(changes.filter((sql) => /^update/i.test(sql)).map((sql) => /set (.*?) where/i.exec(sql)?.[1])).toEqual([
      expect.stringMatching(/^"updated_at" = \$\d$/),
    ]);
  });
});
