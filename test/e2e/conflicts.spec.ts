import { Module, type Type } from '@nestjs/common';
import {
  Action,
  AllowAny,
  BulkModelViewSet,
  ConstraintViolation,
  CurrentRequest,
  Database,
  hyperlinkedRelated,
  integer,
  ModelSerializer,
  ModelViewSet,
  nested,
  primaryKeyRelated,
  slugRelated,
  UniqueTogetherValidator,
  UniqueValidator,
  ViewSet,
  char,
  type Model,
  type RestOptions,
  type RestRequest,
  type SerializerClass,
} from 'nest-rest-framework';
import { openApiDocument } from 'nest-rest-framework/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type AuthorModel, type ReadingListModel, type ReviewModel } from '#library/generated/models.js';
import type { PrismaClient } from '#library/generated/client/client.js';
import { openLibrary, type Library } from './library.js';

/** What another request does between this one's look-up and its write. */
let rival: (() => Promise<unknown>) | undefined;
async function beaten<T>(data: T): Promise<T> {
  const act = rival;
  rival = undefined;
  await act?.();
  return data;
}

class ItemSerializer extends ModelSerializer(models.readingListItem, { fields: ['id', 'book', 'position', 'note'] }) {}
class ListSerializer extends ModelSerializer(models.readingList, { fields: ['id', 'name', 'owner'] }) {
  items = nested(() => ItemSerializer, { many: true, required: false, write: 'append' });
  override validate(data: unknown) {
    return beaten(data);
  }
}
class UpdatedListSerializer extends ListSerializer {
  override items = nested(() => ItemSerializer, { many: true, required: false, write: 'update' }) as never;
}

class OpinionSerializer extends ModelSerializer(models.review, { fields: ['id', 'user', 'rating'] }) {}
class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}
class NamedSerializer extends ModelSerializer(models.genre, { fields: ['id'] }) {}
class WorkSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'price', 'pages'] }) {
  reviews = nested(() => OpinionSerializer, { many: true, required: false, write: 'append' });
  genres = nested(() => NamedSerializer, { many: true, required: false, write: 'connect' });
}
class WriterSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {
  books = nested(() => WorkSerializer, { many: true, required: false, write: 'replace' });
  override validate(data: unknown) {
    return beaten(data);
  }
}
class PersonSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {}
class BookSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'price', 'pages', 'publisher'] }) {
  author = nested(() => PersonSerializer, { write: 'append' });
  genres = nested(() => GenreSerializer, { many: true, required: false, write: 'append' });
  override validate(data: unknown) {
    return beaten(data);
  }
}
class KeyedBookSerializer extends ModelSerializer(models.book, {
  fields: ['id', 'title', 'price', 'pages', 'genres'],
  extra: { genres: { required: false } },
}) {
  number = char({ source: 'isbn', validators: [new UniqueValidator({ message: 'This number is taken.' })] });
  writer = primaryKeyRelated(models.author, { source: 'author' });
  house = hyperlinkedRelated(models.publisher, { source: 'publisher', required: false });
  override readonly validators = [new UniqueTogetherValidator({ fields: ['writer', 'title'], message: 'This writer has one.' })];
  override validate(data: unknown) {
    return beaten(data);
  }
}
class SluggedBookSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'price', 'pages', 'author'] }) {
  genres = slugRelated(models.genre, { slug: 'slug', many: true });
  override validate(data: unknown) {
    return beaten(data);
  }
}
class RatedSerializer extends ModelSerializer(models.review, { fields: ['id', 'user', 'rating'] }) {
  override validate(data: unknown) {
    return beaten(data);
  }
}
class PlainAuthorSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {
  override validate(data: unknown) {
    return beaten(data);
  }
}
class CatalogueSerializer extends ModelSerializer(models.author, {
  fields: ['id', 'name', 'email', 'books'],
  extra: { books: { required: false, readOnly: false } },
}) {
  override validate(data: unknown) {
    return beaten(data);
  }
}
class NumberedListSerializer extends ModelSerializer(models.readingListItem, { fields: ['id', 'note', 'readingList', 'book'] }) {
  place = integer({ source: 'position' });
  override validate(data: unknown) {
    return beaten(data);
  }
}

function viewSet(prefix: string, model: Model, serializer: SerializerClass): Type {
  class ConflictViewSet extends ModelViewSet<Model> {
    @Action({ detail: false, methods: ['POST'], serializer })
    async inTransaction(@CurrentRequest() request: RestRequest) {
      return this.service.transaction(async () => {
        const data = await this.validate(request);
        try {
          return await this.database.savepoint(() => this.performCreate(request, data));
        } catch (error) {
          // The transaction is not spoiled: it goes on.
          await this.service.count();
          throw error;
        }
      });
    }
  }
  ViewSet(prefix, { model, serializer, basename: prefix, permissions: [AllowAny] })(ConflictViewSet);
  return ConflictViewSet;
}

const BULK = { permissions: [AllowAny], maxBulkSize: 50 };
@ViewSet('bulk-authors', { model: models.author, serializer: PlainAuthorSerializer, basename: 'bulk-author', ...BULK })
class BulkAuthorViewSet extends BulkModelViewSet<AuthorModel> {}
@ViewSet('bulk-writers', { model: models.author, serializer: WriterSerializer, basename: 'bulk-writer', ...BULK })
class BulkWriterViewSet extends BulkModelViewSet<AuthorModel> {}
@ViewSet('slow-authors', { model: models.author, serializer: PlainAuthorSerializer, basename: 'slow-author', ...BULK })
class SlowAuthorViewSet extends BulkModelViewSet<AuthorModel> {
  override performCreate(request: RestRequest, data: Record<string, unknown>) {
    return super.performCreate(request, data, { bio: 'slow' });
  }
}
@ViewSet('bulk-lists', { model: models.readingList, serializer: ListSerializer, basename: 'bulk-list', ...BULK })
class BulkListViewSet extends BulkModelViewSet<ReadingListModel> {}
@ViewSet('books/:book/ratings', {
  model: models.review,
  serializer: RatedSerializer,
  basename: 'rating',
  parents: { book: models.book },
  ...BULK,
})
class RatingViewSet extends BulkModelViewSet<ReviewModel> {}

@Module({
  controllers: [
    viewSet('lists', models.readingList, ListSerializer),
    viewSet('updated-lists', models.readingList, UpdatedListSerializer),
    viewSet('writers', models.author, WriterSerializer),
    viewSet('full-books', models.book, BookSerializer),
    viewSet('keyed-books', models.book, KeyedBookSerializer),
    viewSet('slugged-books', models.book, SluggedBookSerializer),
    viewSet('catalogues', models.author, CatalogueSerializer),
    viewSet('places', models.readingListItem, NumberedListSerializer),
    BulkAuthorViewSet,
    BulkWriterViewSet,
    SlowAuthorViewSet,
    BulkListViewSet,
    RatingViewSet,
  ],
})
class ConflictModule {}

const open = (settings: Partial<RestOptions> = {}) => openLibrary({ imports: [ConflictModule], settings });
let library: Library;
beforeAll(async () => {
  library = await open();
});
afterAll(() => library?.close());

let made = 0;
const isbn = () => String(9_300_000_000_000 + ++made);
const work = () => ({ title: `Work ${++made}`, isbn: isbn(), price: '1.00', pages: 1 });
const person = () => ({ name: `Person ${++made}`, email: `person${made}@conflicts.example` });
const newAuthor = () => library.prisma.author.create({ data: person() });
const newBook = async (data: object = {}) => library.prisma.book.create({ data: { ...work(), authorId: 1, ...data } });
const newUser = () => library.prisma.user.create({ data: { username: `user${++made}`, password: 'x' } });
const newGenre = () => library.prisma.genre.create({ data: { name: `Genre ${++made}`, slug: `genre-${made}` } });
const newList = (positions: number[] = []) =>
  library.prisma.readingList.create({
    data: { name: `list ${++made}`, ownerId: 2, items: { create: positions.map((position) => ({ bookId: 1, position })) } },
    include: { items: { orderBy: { position: 'asc' } } },
  });

async function lose(method: 'POST' | 'PUT' | 'PATCH', url: string, json: unknown, act: () => Promise<unknown>, on = library) {
  rival = act;
  const answer = await on.send(method, url, { json });
  expect(rival, `${answer.statusCode} ${answer.body}: validation is through`).toBeUndefined();
  return [answer.statusCode, answer.json()] as [number, any];
}

const missing = (key: unknown) => [`Invalid pk "${key}" - object does not exist.`];
const taken = (model: string, field: string) => [`${model} with this ${field} already exists.`];
const set = (...fields: string[]) => ({ non_field_errors: [`The fields ${fields.join(', ')} must make a unique set.`] });

describe('a unique value that another request has taken since the look-up', () => {
  it('is told at its nested row', async () => {
    const books = [work(), work(), work()];
    const writer = person();
    const answer = await lose('POST', '/writers/', { ...writer, books }, () => newBook({ isbn: books[1]!.isbn }));
    expect(answer).toEqual([400, { books: { 1: { isbn: taken('book', 'isbn') } } }]);
    expect(await library.prisma.author.count({ where: { email: writer.email } })).toBe(0);
  });

  it('is told at every row that it is true of', async () => {
    const books = [work(), work(), work()];
    const answer = await lose('POST', '/writers/', { ...person(), books }, async () => {
      await newBook({ isbn: books[2]!.isbn });
      await newBook({ isbn: books[0]!.isbn });
    });
    expect(answer).toEqual([400, { books: { 0: { isbn: taken('book', 'isbn') }, 2: { isbn: taken('book', 'isbn') } } }]);
  });

  it.each([
    [0, [9]],
    [1, [8, 9]],
    [2, [7, 8, 9]],
  ])('of a set that the parent is part of is told of the object (place %i)', async (at, positions) => {
    const list = await newList();
    const items = positions.map((position) => ({ book: 1, position }));
    const answer = await lose('PATCH', `/lists/${list.id}/`, { items }, () =>
      library.prisma.readingListItem.create({ data: { readingListId: list.id, bookId: 2, position: 9 } }),
    );
    expect(answer).toEqual([400, { items: { [at]: set('reading_list', 'position') } }]);
    expect(await library.prisma.readingListItem.count({ where: { readingListId: list.id } })).toBe(1);
  });

  it('is told at a row that is changed, whose other values are those that it has', async () => {
    const list = await newList([1, 2, 3]);
    const [a, b, c] = list.items;
    const items = [
      { id: a!.id, note: 'x' },
      { id: c!.id, position: 5 },
      { id: b!.id, position: 6 },
    ];
    const answer = await lose('PATCH', `/updated-lists/${list.id}/`, { items }, () =>
      library.prisma.readingListItem.create({ data: { readingListId: list.id, bookId: 2, position: 6 } }),
    );
    expect(answer).toEqual([400, { items: { 2: set('reading_list', 'position') } }]);
    expect(await library.prisma.readingListItem.count({ where: { id: a!.id, note: 'x' } })).toBe(0);
  });

  it('is told of a row that the written one refers to, and of a linked one', async () => {
    const [author, genre] = [person(), { name: `G ${++made}`, slug: `g-${made}` }];
    const book = { ...work(), author, genres: [{ name: `H ${made}`, slug: `h-${made}` }, genre] };
    expect(await lose('POST', '/full-books/', book, () => library.prisma.author.create({ data: author }))).toEqual([
      400,
      { author: { email: taken('author', 'email') } },
    ]);
    const other = { ...book, author: person() };
    expect(await lose('POST', '/full-books/', other, () => library.prisma.genre.create({ data: { ...genre, slug: 'other' } }))).toEqual([
      400,
      { genres: { 1: { name: taken('genre', 'name') } } },
    ]);
  });

  it('is told in the words and by the name of the field that is declared for it', async () => {
    const number = isbn();
    const book = { title: `T ${made}`, price: '1.00', pages: 1, number, writer: 1 };
    expect(await lose('POST', '/keyed-books/', book, () => newBook({ isbn: number }))).toEqual([400, { number: ['This number is taken.'] }]);
    const again = { ...book, number: isbn() };
    expect(await lose('POST', '/keyed-books/', again, () => newBook({ title: book.title }))).toEqual([
      400,
      { non_field_errors: ['This writer has one.'] },
    ]);
    const list = await newList();
    const place = { note: '', reading_list: list.id, book: 1, place: 4 };
    expect(
      await lose('POST', '/places/', place, () =>
        library.prisma.readingListItem.create({ data: { readingListId: list.id, bookId: 2, position: 4 } }),
      ),
    ).toEqual([400, set('reading_list', 'place')]);
  });

  it('is told of the field that moves rows to another parent', async () => {
    const [from, to] = [await newAuthor(), await newAuthor()];
    const books = [await newBook({ authorId: from.id }), await newBook({ authorId: from.id })];
    const answer = await lose('PATCH', `/catalogues/${to.id}/`, { books: books.map(({ id }) => id) }, () =>
      newBook({ authorId: to.id, title: books[1]!.title }),
    );
    expect(answer).toEqual([400, { books: ['The fields author, title must make a unique set.'] }]);
  });

  it('takes as many statements to be found for 20 rows as for 3', async () => {
    const counts: number[] = [];
    for (const size of [3, 20]) {
      const list = await newList();
      const items = Array.from({ length: size }, (_, position) => ({ book: 1, position }));
      const statements = await library.counter.during(async () => {
        const [status] = await lose('PATCH', `/lists/${list.id}/`, { items }, () =>
          library.prisma.readingListItem.create({ data: { readingListId: list.id, bookId: 2, position: 1 } }),
        );
        expect(status).toBe(400);
      });
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});

it('rows that exchange foreign keys of a unique set are refused, each in its place', async () => {
  const [book, users] = [await newBook({ authorId: (await newAuthor()).id }), [await newUser(), await newUser(), await newUser()]];
  const reviews = await library.prisma.review.createManyAndReturn({ data: users.map(({ id }) => ({ bookId: book.id, userId: id, rating: 1 })) });
  const json = [
    { id: reviews[0]!.id, rating: 2 },
    { id: reviews[1]!.id, user: users[2]!.id },
    { id: reviews[2]!.id, user: users[1]!.id },
  ];
  const answer = await library.send('PATCH', `/writers/${book.authorId}/`, { json: { books: [{ id: book.id, reviews: json }] } });
  expect([answer.statusCode, answer.json()]).toEqual([400, { books: { 0: { reviews: { 1: set('book', 'user'), 2: set('book', 'user') } } } }]);
});

describe('a row that is gone since the look-up', () => {
  it('is told of the relation that names it', async () => {
    const author = await newAuthor();
    const book = { title: `T ${++made}`, price: '1.00', pages: 1, number: isbn(), writer: author.id };
    const go = () => library.prisma.author.delete({ where: { id: author.id } });
    expect(await lose('POST', '/keyed-books/', book, go)).toEqual([400, { writer: missing(author.id) }]);
    const { id } = await library.prisma.publisher.create({ data: { name: `P ${++made}`, country: 'FR' } });
    const away = () => library.prisma.publisher.delete({ where: { id } });
    expect(await lose('POST', '/keyed-books/', { ...book, writer: 1, house: `/library/publishers/${id}/` }, away)).toEqual([
      400,
      { house: ['Invalid hyperlink - Object does not exist.'] },
    ]);
  });

  it('is told of the relation that is changed to it', async () => {
    const [author, book] = [await newAuthor(), await newBook()];
    const go = () => library.prisma.author.delete({ where: { id: author.id } });
    expect(await lose('PATCH', `/keyed-books/${book.id}/`, { writer: author.id }, go)).toEqual([400, { writer: missing(author.id) }]);
  });

  it('is told of many-to-many relations: by key, as an object, by slug', async () => {
    const go = (id: number) => () => library.prisma.genre.delete({ where: { id } });
    let genre = await newGenre();
    const keyed = { title: `T ${++made}`, price: '1.00', pages: 1, number: isbn(), writer: 1, genres: [1, genre.id] };
    expect(await lose('POST', '/keyed-books/', keyed, go(genre.id))).toEqual([400, { genres: missing(genre.id) }]);
    genre = await newGenre();
    const books = [work(), { ...work(), genres: [{ id: 1 }, { id: genre.id }] }];
    expect(await lose('POST', '/writers/', { ...person(), books }, go(genre.id))).toEqual([
      400,
      { books: { 1: { genres: { 1: { id: missing(genre.id) } } } } },
    ]);
    genre = await newGenre();
    const slugged = { ...work(), author: 1, genres: ['crime', genre.slug] };
    expect(await lose('POST', '/slugged-books/', slugged, go(genre.id))).toEqual([400, { genres: ['Object does not exist.'] }]);
  });

  it('is told of a relation of nested rows, however deep', async () => {
    const user = await newUser();
    const books = [
      work(),
      {
        ...work(),
        reviews: [
          { user: 1, rating: 1 },
          { user: user.id, rating: 2 },
        ],
      },
    ];
    const answer = await lose('POST', '/writers/', { ...person(), books }, () => library.prisma.user.delete({ where: { id: user.id } }));
    expect(answer).toEqual([400, { books: { 1: { reviews: { 1: { user: missing(user.id) } } } } }]);
  });

  it('is told of the nested object that names it', async () => {
    const list = await newList([1, 2, 3]);
    const items = list.items.map(({ id }) => ({ id, note: 'x' }));
    const { id } = list.items[1]!;
    const answer = await lose('PATCH', `/updated-lists/${list.id}/`, { items }, () => library.prisma.readingListItem.delete({ where: { id } }));
    expect(answer).toEqual([400, { items: { 1: { id: missing(id) } } }]);
    expect(await library.prisma.readingListItem.count({ where: { readingListId: list.id, note: 'x' } })).toBe(0);
  });

  it('is told of the field whose rows were to be linked', async () => {
    const author = await newAuthor();
    const books = [await newBook(), await newBook()];
    const answer = await lose('PATCH', `/catalogues/${author.id}/`, { books: books.map(({ id }) => id) }, () =>
      library.prisma.book.delete({ where: { id: books[1]!.id } }),
    );
    expect(answer).toEqual([400, { books: missing(books[1]!.id) }]);
  });

  it('is a 404 where the address is under it', async () => {
    const book = await newBook();
    const go = () => library.prisma.book.delete({ where: { id: book.id } });
    expect(await lose('POST', `/books/${book.id}/ratings/`, { user: 1, rating: 3 }, go)).toEqual([
      404,
      { detail: 'No Book matches the given query.' },
    ]);
  });
});

describe('a bulk write that has lost a race', () => {
  const authors = (size: number) => Array.from({ length: size }, person);

  it.each(['bulk-authors', 'slow-authors'])('tells it of the element (%s)', async (prefix) => {
    const json = authors(3);
    const answer = await lose('POST', `/${prefix}/`, json, () => library.prisma.author.create({ data: json[1]! }));
    expect(answer).toEqual([400, { 1: { email: taken('author', 'email') } }]);
    expect(await library.prisma.author.count({ where: { email: { in: json.map(({ email }) => email) } } })).toBe(1);
  });

  it('tells it of the changed element', async () => {
    const rows = await Promise.all([newAuthor(), newAuthor(), newAuthor()]);
    const json = rows.map(({ id }) => ({ id, email: `new-${id}@conflicts.example` }));
    const answer = await lose('PATCH', '/bulk-authors/', json, () => library.prisma.author.create({ data: { ...person(), email: json[2]!.email } }));
    expect(answer).toEqual([400, { 2: { email: taken('author', 'email') } }]);
    expect(await library.prisma.author.count({ where: { email: { startsWith: 'new-' } } })).toBe(1);
  });

  it('tells it of the nested row of the element', async () => {
    const json = [
      { ...person(), books: [work()] },
      { ...person(), books: [work(), work()] },
    ];
    const answer = await lose('POST', '/bulk-writers/', json, () => newBook({ isbn: json[1]!.books[1]!.isbn }));
    expect(answer).toEqual([400, { 1: { books: { 1: { isbn: taken('book', 'isbn') } } } }]);
    const user = await newUser();
    const lists = [
      { name: 'a', owner: 2 },
      { name: 'b', owner: user.id },
    ];
    expect(await lose('POST', '/bulk-lists/', lists, () => library.prisma.user.delete({ where: { id: user.id } }))).toEqual([
      400,
      { 1: { owner: missing(user.id) } },
    ]);
  });

  it('tells it under a parent', async () => {
    const [book, users] = [await newBook(), [await newUser(), await newUser()]];
    const json = users.map(({ id }) => ({ user: id, rating: 3 }));
    const review = { bookId: book.id, userId: users[1]!.id, rating: 1 };
    const answer = await lose('POST', `/books/${book.id}/ratings/`, json, () => library.prisma.review.create({ data: review }));
    expect(answer).toEqual([400, { 1: set('book', 'user') }]);
  });
});

it('in a transaction of the caller’s, it is found behind the savepoint', async () => {
  const json = { ...person(), books: [work(), work(), work()] };
  // Of the same transaction: one outside would wait for it.
  const insert = () =>
    (library.app.get(Database).client as PrismaClient).book.create({ data: { ...work(), authorId: 1, isbn: json.books[2]!.isbn } });
  const answer = await lose('POST', '/writers/in_transaction/', json, insert);
  expect(answer).toEqual([400, { books: { 2: { isbn: taken('book', 'isbn') } } }]);
});

describe('conflictStatus', () => {
  let strict: Library;
  beforeAll(async () => {
    strict = await open({ conflictStatus: 409 });
  });
  afterAll(() => strict?.close());

  it('409 is the status of what the database decides alone, with the same body', async () => {
    const author = person();
    const race = () => lose('POST', '/bulk-authors/', author, () => strict.prisma.author.create({ data: author }), strict);
    expect(await race()).toEqual([409, { email: taken('author', 'email') }]);
    const answer = await strict.send('POST', '/bulk-authors/', { json: author });
    expect([answer.statusCode, answer.json()]).toEqual([400, { email: taken('author', 'email') }]);
    const { id } = await strict.prisma.genre.create({ data: { name: `G ${++made}`, slug: `g-${made}` } });
    const book = { title: 'T', price: '1.00', pages: 1, number: isbn(), writer: 1, genres: [id] };
    expect(await lose('POST', '/keyed-books/', book, () => strict.prisma.genre.delete({ where: { id } }), strict)).toEqual([
      409,
      { genres: missing(id) },
    ]);
  });

  it('is in the document, where it is 409', async () => {
    const statuses = async (one: Library) => {
      const { paths } = await openApiDocument(one.app, { title: 'Library', version: '1' });
      const { post, put, patch, get } = paths['/bulk-authors/'] as Record<string, any>;
      return [post, put, patch, get].map(({ responses }) => '409' in responses);
    };
    expect(await statuses(strict)).toEqual([true, true, true, false]);
    expect(await statuses(library)).toEqual([false, false, false, false]);
  });

  it.each([200, '409', 404])('%s does not boot', async (conflictStatus) => {
    await expect(open({ conflictStatus: conflictStatus as never })).rejects.toThrow(`conflictStatus is ${conflictStatus}`);
  });
});

it('an application tells the violation from validation by its class', () => {
  expect(new ConstraintViolation(['x'], 409)).toMatchObject({ status: 409, detail: ['x'] });
});
