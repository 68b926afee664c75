import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Decimal } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound, ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import type { ReadTree } from '../../../src/framework/plan/read-plan.js';
import { Database } from '../../../src/framework/prisma/database.js';
import { violatedUnique } from '../../../src/framework/prisma/prisma-errors.js';
import type { DataOf } from '../../../src/framework/services/data-of.js';
import { ModelService } from '../../../src/framework/services/model-service.js';
import { toWrite } from '../../../src/framework/services/to-write.js';
import { Sources } from '../../../src/framework/sources/sources.js';
import { models, type AuthorModel, type BookModel, type LoanModel, type ReadingListModel } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from './library-database.js';

@Injectable()
class LoansService extends ModelService<LoanModel> {
  constructor() {
    super(models.loan);
  }
}

@Injectable()
class BooksService extends ModelService<BookModel> {
  constructor() {
    super(models.book);
  }
}

@Injectable()
class AuthorsService extends ModelService<AuthorModel> {
  constructor() {
    super(models.author);
  }
}

@Injectable()
class ReadingListsService extends ModelService<ReadingListModel> {
  constructor() {
    super(models.readingList);
  }
}

let library: LibraryDatabase;
let loans: LoansService;
let books: BooksService;
let lists: ReadingListsService;
let authors: AuthorsService;

beforeAll(async () => {
  library = await openLibraryDatabase();
  const module = await Test.createTestingModule({
    providers: [
      LoansService,
      AuthorsService,
      BooksService,
      ReadingListsService,
      { provide: Sources, useValue: library.sources },
      { provide: Database, useValue: library.database },
    ],
  }).compile();
  authors = module.get(AuthorsService);
  [loans, books, lists] = [module.get(LoansService), module.get(BooksService), module.get(ReadingListsService)];
});
afterAll(() => library.close());

let isbn = 1000;
const newBook = (): DataOf<BookModel> => ({ title: `Book ${++isbn}`, isbn: String(isbn), author: 1, price: new Decimal('10.50'), pages: 3 });

describe('ModelService', () => {
  it('reads rows under conditions', async () => {
    expect((await loans.list({ borrower: { username: 'alice' } }, { ordering: ['-due'], limit: 2 })).length).toBeGreaterThan(0);
    expect(await books.count()).toBe(57);
    expect((await books.retrieve({ isbn: '9782881978937' })).id).toBe(1);
    await expect(books.retrieve({ isbn: 'x' })).rejects.toThrow(new NotFound('No Book matches the given query.'));
  });

  it('creates an instance of plain data in one statement', async () => {
    const due = Temporal.PlainDate.from('2030-02-28');
    const statements = await library.counter.during(async () => {
      const loan = await loans.create({ book: 1, borrower: 2, due });
      expect([loan.bookId, loan.borrowerId, String(loan.due), loan.returnedAt]).toEqual([1, 2, '2030-02-28', null]);
      expect(loan.borrowedAt).toBeInstanceOf(Temporal.Instant);
    });
    expect(statements).toHaveLength(1);
  });

  it('creates and updates many-to-many relations by key', async () => {
    const book = await books.create({ ...newBook(), genres: [1, 2] });
    const genres = () =>
      library.client.genre.findMany({ where: { books: { some: { id: book.id } } }, orderBy: { id: 'asc' } }).then((rows) => rows.map(({ id }) => id));
    expect(await genres()).toEqual([1, 2]);
    const updated = await books.update(book, { genres: [2, 3], pages: 4 });
    expect([await genres(), updated.pages, updated.title]).toEqual([[2, 3], 4, book.title]);
    await books.update(book.id, { model: models.book, columns: {}, relations: { genres: { kind: 'link', keys: [4] } } });
    const linked = await books.update(book.id, { model: models.book, columns: {}, relations: { genres: { kind: 'unlink', keys: [2] } } });
    expect(await genres()).toEqual([3, 4]);
    // Django's `add` and `remove` are no change of the row itself.
    expect(linked.updatedAt).toEqual(updated.updatedAt);
    await books.update(book.id, { genres: [] });
    expect(await genres()).toEqual([]);
  });

  it.each([1, 20])('takes the same statements for %i children', async (size) => {
    const items = (from: number) => Array.from({ length: size }, (_, index) => ({ book: from, position: index }));
    const made = await library.counter.during(async () => {
      const list = await lists.create({ owner: 1, name: 'mine', items: items(1) });
      expect(await library.client.readingListItem.count({ where: { readingListId: list.id, bookId: 1 } })).toBe(size);
      await lists.update(list, { items: items(2) });
      expect(await library.client.readingListItem.groupBy({ by: ['bookId'], where: { readingListId: list.id }, _count: true })).toEqual([
        { bookId: 2, _count: size },
      ]);
    });
    expect(made).toHaveLength(9);
  });

  it.each([1, 8])('takes the same statements for %i linked rows', async (size) => {
    const statements = await library.counter.during(() =>
      books.create({ ...newBook(), genres: Array.from({ length: size }, (_, index) => index + 1) }),
    );
    expect(statements).toHaveLength(2);
  });

  it("replaces one row's children alone", async () => {
    const others = () => library.client.readingListItem.count({ where: { readingListId: { not: 1 } } });
    const before = await others();
    await expect(lists.update(1, { items: [] })).rejects.toThrow("To delete them, write { kind: 'rows', rows: [], others: 'remove' }.");
    expect(await library.client.readingListItem.count({ where: { readingListId: 1 } })).toBeGreaterThan(0);
    await lists.update(1, { items: { kind: 'rows', rows: [], others: 'remove' } });
    expect([await others(), await library.client.readingListItem.count({ where: { readingListId: 1 } })]).toEqual([before, 0]);
  });

  it('answers what was written by a tree', async () => {
    const items: ReadTree = { model: models.readingListItem, columns: new Set(['position']), counts: new Set(), relations: new Map() };
    const tree: ReadTree = {
      model: models.readingList,
      columns: new Set(['name']),
      counts: new Set(['items']),
      relations: new Map([['items', { tree: items, many: true, ordering: [{ path: ['position'], descending: false }] }]]),
    };
    const write = toWrite(models.readingList, {
      owner: 1,
      name: 'tree',
      items: [
        { book: 2, position: 2 },
        { book: 1, position: 1 },
      ],
    });
    expect(await lists.createAs(write, tree)).toEqual({
      id: expect.any(Number),
      name: 'tree',
      items: [{ position: 1 }, { position: 2 }],
      $counts: { items: 2 },
    });
  });

  it('destroys a row, given itself or its key', async () => {
    const [one, other] = [await books.create(newBook()), await books.create(newBook())];
    await books.destroy(one);
    await books.destroy(other.id);
    expect(await books.count({ id: { in: [one.id, other.id] } })).toBe(0);
  });
});

describe('errors', () => {
  let book: DataOf<BookModel>;
  beforeEach(() => void (book = newBook()));

  it('of rows that are gone are NotFound', async () => {
    await expect(books.update(99999, { pages: 3 })).rejects.toThrow(new NotFound('No Book matches the given query.'));
    await expect(books.destroy(99999)).rejects.toThrow(NotFound);
    await expect(books.destroy(99999999999)).rejects.toThrow(NotFound);
  });

  it('of protected rows are Conflict', async () => {
    await expect(authors.destroy(3)).rejects.toBeInstanceOf(Conflict);
  });

  it.each([
    ['one field', { isbn: '9782881978937' }, ['isbn']],
    ['several fields', { title: 'The Golden Archive', author: 3 }, ['authorId', 'title']],
  ])('of unique constraints name %s', async (_, data, fields) => {
    const error: unknown = await books.create({ ...book, ...data }).catch((thrown: unknown) => thrown);
    expect(violatedUnique(models.book, error)?.fields).toEqual(fields);
  });

  it.each<[string, DataOf<BookModel>]>([
    ['a NUL', { title: 'a\0' }],
    ['half a surrogate pair', { title: '\ud800' }],
    ['a number out of range', { pages: 99999999999 }],
    ['a fraction', { pages: 1.5 }],
    ['null in a column that has none', { title: null as never }],
    ['an unknown choice', { language: 'xx' as never }],
    ['a year past the calendar', { published: Temporal.PlainDate.from('+020000-01-01') }],
    ['JSON with a NUL', { metadata: { a: '\0' } as never }],
  ])('of values are ValidationError before the database is asked: %s', async (_, data) => {
    const statements = await library.counter.during(async () => {
      const error: unknown = await books.create({ ...book, ...data }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ValidationError);
      expect(Object.keys((error as ValidationError).body() as object)).toEqual(Object.keys(data));
    });
    expect(statements).toEqual([]);
  });
});

describe('transactions', () => {
  it('keep all or nothing, of every service', async () => {
    const before = [await books.count(), await loans.count()];
    const failing = books.transaction(async () => {
      const book = await books.create(newBook());
      await loans.create({ book: book.id, borrower: 2, due: Temporal.PlainDate.from('2030-01-01') });
      expect([await books.count(), await loans.count()]).toEqual(before.map((rows) => rows + 1));
      throw new RangeError('mine');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect([await books.count(), await loans.count()]).toEqual(before);
  });

  it('go on behind a savepoint after a violated constraint', async () => {
    const written = await books.transaction(
      async () => {
        const failed = await library.database
          .savepoint(() => books.create({ ...newBook(), isbn: '9782881978937' }))
          .catch((error: unknown) => violatedUnique(models.book, error)?.index);
        return [failed, (await books.create(newBook())).id];
      },
      { isolation: 'Serializable', retry: 1, timeout: 10_000 },
    );
    expect(written).toEqual(['book_isbn_key', expect.any(Number)]);
    expect(await books.count({ id: written[1] as number })).toBe(1);
  });

  it('write through the client of the transaction, nested replacements too', async () => {
    await expect(
      lists.transaction(async () => {
        await lists.update(2, { items: [{ book: 9, position: 9 }] });
        throw new RangeError('mine');
      }),
    ).rejects.toThrow(RangeError);
    expect(await library.client.readingListItem.count({ where: { readingListId: 2, bookId: 9, position: 9 } })).toBe(0);
  });
});
