import { Decimal } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../../src/framework/exceptions/exceptions.js';
import type { Model } from '../../../src/framework/models/model.js';
import { violatedUnique } from '../../../src/framework/prisma/prisma-errors.js';
import { ModelService } from '../../../src/framework/services/model-service.js';
import { toWrite } from '../../../src/framework/services/to-write.js';
import type { RelationWrite, RowWrite, Write } from '../../../src/framework/plan/write.js';
import { models } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from './library-database.js';

let library: LibraryDatabase;
beforeAll(async () => void (library = await openLibraryDatabase()));
afterAll(() => library.close());

const serviceOf = <M extends Model>(model: M) => Object.assign(new ModelService(model), { database: library.database, sources: library.sources });
const write = (model: Model, data: object, relations: Record<string, RelationWrite> = {}): Write => {
  const plain = toWrite(model, data as never);
  return { ...plain, relations: { ...plain.relations, ...relations } };
};
const rows = (others: 'keep' | 'remove', ...all: (Write | RowWrite)[]): RelationWrite => ({
  kind: 'rows',
  others,
  rows: all.map((one) => ('write' in one ? one : { write: one })),
});
const item = (book: number, position: number, note = '') => write(models.readingListItem, { book, position, note });
const changedItem = (id: number, data: object): RowWrite => ({ key: { id }, write: write(models.readingListItem, data) });

let made = 0;
const newBook = () => ({ title: `Written ${++made}`, isbn: String(9_000_000_000_000 + made), author: 1, price: new Decimal('1.00'), pages: 1 });
const newList = async (size: number) => {
  const list = await serviceOf(models.readingList).create(
    write(models.readingList, { owner: 1, name: `list ${++made}` }, { items: rows('keep', ...Array.from({ length: size }, (_, at) => item(1, at))) }),
  );
  return { id: list.id, items: await itemsOf(list.id) };
};
const itemsOf = (id: number) => library.client.readingListItem.findMany({ where: { readingListId: id }, orderBy: { position: 'asc' } });
const shown = async (id: number) => (await itemsOf(id)).map(({ bookId, position, note }) => [bookId, position, note]);
const statementsOf = async (run: () => unknown) => (await library.counter.during(run)).length;

describe('rows that keep the key of their parent', () => {
  it('are made, changed and deleted beside each other', async () => {
    const list = await newList(3);
    const [first, second] = list.items;
    await serviceOf(models.readingList).update(
      list.id,
      write(models.readingList, {}, { items: rows('remove', changedItem(second!.id, { note: 'kept' }), item(2, 7)) }),
    );
    expect(await shown(list.id)).toEqual([
      [1, 1, 'kept'],
      [2, 7, ''],
    ]);
    expect(await library.client.readingListItem.count({ where: { id: first!.id } })).toBe(0);
  });

  it('stay where nothing else is said', async () => {
    const list = await newList(2);
    await serviceOf(models.readingList).update(
      list.id,
      write(models.readingList, {}, { items: rows('keep', changedItem(list.items[0]!.id, { position: 9 })) }),
    );
    expect(await shown(list.id)).toEqual([
      [1, 1, ''],
      [1, 9, ''],
    ]);
  });

  it.each<[string, (mine: { id: number }, others: number) => RelationWrite]>([
    ['changed', (_mine, others) => rows('keep', changedItem(others, { note: 'stolen' }))],
    ['changed among others', (mine, others) => rows('remove', changedItem(mine.id, { note: 'a' }), changedItem(others, { note: 'stolen' }))],
  ])('of another parent are never %s, and nothing else is either', async (_what, change) => {
    const [mine, other] = [await newList(2), await newList(1)];
    const before = [await itemsOf(mine.id), await itemsOf(other.id)];
    const failing = serviceOf(models.readingList).update(
      mine.id,
      write(models.readingList, { name: 'no' }, { items: change(mine.items[0]!, other.items[0]!.id) }),
    );
    await expect(failing).rejects.toBeInstanceOf(Conflict);
    expect([await itemsOf(mine.id), await itemsOf(other.id)]).toEqual(before);
    expect((await library.client.readingList.findUniqueOrThrow({ where: { id: mine.id } })).name).not.toBe('no');
  });

  it('may exchange the values of a unique set', async () => {
    const list = await newList(3);
    const ids = list.items.map(({ id }) => id);
    await serviceOf(models.readingList).update(
      list.id,
      write(models.readingList, {}, { items: rows('remove', ...ids.map((id, at) => changedItem(id, { position: 2 - at, note: String(at) }))) }),
    );
    expect(await shown(list.id)).toEqual([
      [1, 0, '2'],
      [1, 1, '1'],
      [1, 2, '0'],
    ]);
  });

  it('that would have the same values of a unique set end in its constraint, and nothing is changed', async () => {
    const list = await newList(2);
    const ids = list.items.map(({ id }) => id);
    const error: unknown = await serviceOf(models.readingList)
      .update(list.id, write(models.readingList, {}, { items: rows('keep', ...ids.map((id) => changedItem(id, { position: 5 }))) }))
      .catch((thrown: unknown) => thrown);
    expect(violatedUnique(models.readingListItem, error)?.fields).toEqual(['readingListId', 'position']);
    expect(await shown(list.id)).toEqual([
      [1, 0, ''],
      [1, 1, ''],
    ]);
  });

  it('that are gone are a Conflict, a parent that is gone is NotFound', async () => {
    const list = await newList(1);
    const change = (id: number) => serviceOf(models.readingList).update(id, write(models.readingList, {}, { items: rows('keep', item(2, 8)) }));
    await expect(change(999_999)).rejects.toBeInstanceOf(NotFound);
    await library.client.readingListItem.deleteMany({ where: { readingListId: list.id } });
    const gone = serviceOf(models.readingList).update(
      list.id,
      write(models.readingList, {}, { items: rows('keep', changedItem(list.items[0]!.id, { note: 'x' })) }),
    );
    await expect(gone).rejects.toThrow('A row that was to be changed is gone.');
    await expect(gone).rejects.toBeInstanceOf(Conflict);
  });

  it.each([1, 8])('cost the same statements for %i of them', async (size) => {
    const list = await newList(size);
    const change = rows('remove', ...list.items.map(({ id }) => changedItem(id, { note: 'x' })), ...list.items.map((_, at) => item(2, size + at)));
    // The lock of the list, for no column of it is written; what goes, what changes, what is new; the list as it is answered.
    expect(await statementsOf(() => serviceOf(models.readingList).update(list.id, write(models.readingList, {}, { items: change })))).toBe(5);
  });
});

describe('rows that are linked by a join table', () => {
  const genres = async (id: number) =>
    (await library.client.genre.findMany({ where: { books: { some: { id } } }, orderBy: { slug: 'asc' } })).map(({ name }) => name);
  const newGenre = (name: string) => write(models.genre, { name, slug: name.toLowerCase() });

  it('are made, changed and unlinked, and never deleted', async () => {
    const book = await serviceOf(models.book).create(write(models.book, newBook(), { genres: rows('keep', newGenre('Aa'), newGenre('Bb')) }));
    expect(await genres(book.id)).toEqual(['Aa', 'Bb']);
    const aa = await library.client.genre.findUniqueOrThrow({ where: { slug: 'aa' } });
    await serviceOf(models.book).update(
      book,
      write(models.book, {}, { genres: rows('remove', { key: { id: aa.id }, write: write(models.genre, { name: 'Az' }) }, newGenre('Cc')) }),
    );
    expect(await genres(book.id)).toEqual(['Az', 'Cc']);
    expect(await library.client.genre.count({ where: { slug: 'bb' } })).toBe(1);
  });

  it('are not changed where they are not linked', async () => {
    const book = await serviceOf(models.book).create(newBook());
    const change = rows('keep', { key: { id: 1 }, write: write(models.genre, { name: 'Stolen' }) });
    await expect(serviceOf(models.book).update(book, write(models.book, { pages: 77 }, { genres: change }))).rejects.toBeInstanceOf(Conflict);
    expect(await library.client.genre.count({ where: { name: 'Stolen' } })).toBe(0);
    expect((await library.client.book.findUniqueOrThrow({ where: { id: book.id } })).pages).toBe(1);
  });
});

describe('rows that others refer to', () => {
  it('are made before them, and changed through them', async () => {
    const author = (name: string) => write(models.author, { name, email: `${name}@w.example` });
    const { author: _, ...rest } = newBook();
    const book = await serviceOf(models.book).create(write(models.book, rest, { author: rows('keep', author('ann')) }));
    expect(await library.client.author.findUniqueOrThrow({ where: { id: book.authorId } })).toMatchObject({ name: 'ann' });
    await serviceOf(models.book).update(
      book,
      write(models.book, { pages: 5 }, { author: rows('keep', { key: { id: book.authorId }, write: write(models.author, { bio: 'New.' }) }) }),
    );
    expect(await library.client.author.findUniqueOrThrow({ where: { id: book.authorId } })).toMatchObject({ name: 'ann', bio: 'New.' });
    const moved = await serviceOf(models.book).update(book, write(models.book, {}, { author: rows('keep', author('bea')) }));
    expect(moved.authorId).not.toBe(book.authorId);
    expect(moved.updatedAt).not.toEqual(book.updatedAt);
  });
});

describe('many rows, each with rows under it', () => {
  const author = (at: number, size: number) =>
    write(
      models.author,
      { name: `w${at}`, email: `${++made}@many.example` },
      {
        books: rows(
          'keep',
          ...Array.from({ length: size }, () => {
            const { author: _, ...rest } = newBook();
            return write(models.book, rest, {
              reviews: rows('keep', ...[1, 2].map((user) => write(models.review, { user, rating: user }))),
              genres: { kind: 'set', keys: [1, 2] },
            });
          }),
        ),
      },
    );

  it.each([1, 6])('are made in as many statements for %i as for one, level by level', async (size) => {
    const statements = await statementsOf(async () => {
      const authors = await serviceOf(models.author).createMany(Array.from({ length: size }, (_, at) => author(at, size)));
      expect(authors.map(({ name }) => name)).toEqual(Array.from({ length: size }, (_, at) => `w${at}`));
      for (const { id } of authors) {
        const books = await library.client.book.findMany({ where: { authorId: id }, include: { reviews: true, genres: true } });
        expect(books).toHaveLength(size);
        for (const one of books) expect([one.reviews.map(({ rating }) => rating).sort(), one.genres.length]).toEqual([[1, 2], 2]);
      }
    });
    // Authors, books, reviews, links, the authors as they are answered; what this test reads for each author.
    expect(statements - 5 - size).toBe(0);
  });

  it('are changed each in columns of its own, of every type', async () => {
    const books = await serviceOf(models.book).createMany([newBook(), newBook(), newBook()]);
    const data = [
      { title: `it's "\\ ☃ $1`, price: new Decimal('123456.78'), published: Temporal.PlainDate.from('1969-07-20'), language: 'fr' as const },
      { metadata: { a: ['x', 1.5, null, { b: true }] }, rating: 4.25, inStock: false, publisher: 2 },
      { metadata: 'text', published: null, rating: null, publisher: null, pages: 9999 },
    ];
    const statements = await library.counter.during(() => serviceOf(models.book).updateMany(books.map((row, at) => ({ row, data: data[at]! }))));
    expect(statements).toHaveLength(2);
    const stored = await Promise.all(books.map(({ id }) => library.client.book.findUniqueOrThrow({ where: { id } })));
    expect(
      stored.map(({ title, price, published, language, metadata, rating, inStock, publisherId, pages }) => ({
        title,
        price: String(price),
        published,
        language,
        metadata,
        rating,
        inStock,
        publisherId,
        pages,
      })),
    ).toEqual([
      {
        title: `it's "\\ ☃ $1`,
        price: '123456.78',
        published: new Date('1969-07-20'),
        language: 'fr',
        metadata: {},
        rating: null,
        inStock: true,
        publisherId: null,
        pages: 1,
      },
      {
        title: books[1]!.title,
        price: '1',
        published: null,
        language: 'en',
        metadata: { a: ['x', 1.5, null, { b: true }] },
        rating: 4.25,
        inStock: false,
        publisherId: 2,
        pages: 1,
      },
      {
        title: books[2]!.title,
        price: '1',
        published: null,
        language: 'en',
        metadata: 'text',
        rating: null,
        inStock: true,
        publisherId: null,
        pages: 9999,
      },
    ]);
    stored.forEach(({ updatedAt, createdAt }, at) => {
      expect(updatedAt.getTime()).toBeGreaterThan(books[at]!.updatedAt.epochMilliseconds);
      expect(createdAt.getTime()).toBe(books[at]!.createdAt.epochMilliseconds);
    });
  });

  it('with keys that are UUIDs keep moments to the millisecond', async () => {
    const due = Temporal.PlainDate.from('2030-02-28');
    const loans = await serviceOf(models.loan).createMany([
      { book: 1, borrower: 1, due },
      { book: 2, borrower: 1, due },
    ]);
    const returnedAt = Temporal.Instant.from('2029-12-31T23:59:59.123Z');
    const changed = await serviceOf(models.loan).updateMany(loans.map((row) => ({ row, data: { returnedAt } })));
    expect(changed.map((loan) => String(loan.returnedAt))).toEqual([String(returnedAt), String(returnedAt)]);
    await serviceOf(models.loan).destroyMany(changed);
    await expect(serviceOf(models.loan).destroyMany(changed)).rejects.toBeInstanceOf(NotFound);
  });

  it('are changed and destroyed all or none', async () => {
    const books = await serviceOf(models.book).createMany([newBook(), newBook()]);
    const failing = serviceOf(models.book).updateMany([
      { row: books[0]!, data: { pages: 5 } },
      { row: 999_999, data: { pages: 5 } },
    ]);
    await expect(failing).rejects.toBeInstanceOf(NotFound);
    await expect(serviceOf(models.book).destroyMany([books[0]!, 999_999])).rejects.toBeInstanceOf(NotFound);
    const [author] = await serviceOf(models.author).createMany([{ name: 'x', email: `${++made}@gone.example` }]);
    await expect(serviceOf(models.author).destroyMany([author!, 1])).rejects.toBeInstanceOf(Conflict);
    expect(await library.client.book.findMany({ where: { id: { in: books.map(({ id }) => id) } }, select: { pages: true } })).toEqual([
      { pages: 1 },
      { pages: 1 },
    ]);
    expect(await library.client.author.count({ where: { id: author!.id } })).toBe(1);
  });

  it('go through a service’s own functions, one by one', async () => {
    class Loud extends ModelService<typeof models.genre> {
      readonly calls: string[] = [];
      override createAs(...args: Parameters<ModelService<typeof models.genre>['createAs']>) {
        this.calls.push('create');
        return super.createAs(...args);
      }
      override updateAs(...args: Parameters<ModelService<typeof models.genre>['updateAs']>) {
        this.calls.push('update');
        return super.updateAs(...args);
      }
      override destroy(row: never) {
        this.calls.push('destroy');
        return super.destroy(row);
      }
    }
    const loud = Object.assign(new Loud(models.genre), { database: library.database, sources: library.sources });
    const genres = await loud.createMany(['L1', 'L2'].map((name) => ({ name, slug: name.toLowerCase() })));
    await loud.updateMany(genres.map((row) => ({ row, data: { name: `${row.name}!` } })));
    await loud.destroyMany(genres);
    expect(loud.calls).toEqual(['create', 'create', 'update', 'update', 'destroy', 'destroy']);
  });
});

describe('a great many rows', () => {
  it('are made in their order', async () => {
    const list = await newList(0);
    const size = 12_000;
    await serviceOf(models.readingList).update(
      list.id,
      write(models.readingList, {}, { items: rows('remove', ...Array.from({ length: size }, (_, at) => item(1 + (at % 3), size - at))) }),
    );
    const stored = await library.client.readingListItem.findMany({
      where: { readingListId: list.id },
      orderBy: { id: 'asc' },
      select: { position: true },
    });
    expect(stored.map(({ position }) => position)).toEqual(Array.from({ length: size }, (_, at) => size - at));
  });

  it('answer their keys in the order in which they were given', async () => {
    const names = Array.from({ length: 15_000 }, (_, at) => `Great ${(at * 7919) % 15_000}`);
    const made = await serviceOf(models.genre).createMany(names.map((name, at) => ({ name, slug: `great-${at}` })));
    expect(made.map(({ name }) => name)).toEqual(names);
    const stored = await library.client.genre.findMany({ where: { id: { in: made.slice(-3).map(({ id }) => id) } }, orderBy: { id: 'asc' } });
    expect(stored.map(({ name }) => name)).toEqual(names.slice(-3));
  });
});
