import { describe, expect, it } from 'vitest';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import type { Model } from '../../../src/framework/models/model.js';
import type { Lookup, LookupAnswer } from '../../../src/framework/plan/lookup.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, everything, read, refusal } from './compiling.js';

class BookSerializer extends ModelSerializer(models.book, { fields: ['id', 'title', 'isbn', 'author', 'publisher', 'price', 'pages', 'genres'] }) {}
const book = compile(BookSerializer);
const input = { title: 'Kindred', isbn: '9780807083697', author: 3, publisher: null, price: '9.99', pages: 264, genres: [1, 2, 1] };

/** Records what is asked, and answers that every key is there and every row of unique values is taken, or none. */
function asking(taken: boolean) {
  const calls: (readonly Lookup[])[] = [];
  const lookups = async (asked: readonly Lookup[]): Promise<LookupAnswer[]> => {
    calls.push(asked);
    return (await everything(asked)).map((answer) => (answer instanceof Map ? answer : taken));
  };
  return { calls, lookups };
}

describe('the questions of a request', () => {
  it('go to the database in one call: keys, unique fields, unique sets', async () => {
    const { calls, lookups } = asking(false);
    await read(book, input, { lookups });
    expect(calls).toEqual([
      [
        { kind: 'exists', model: models.book, values: { isbn: '9780807083697' } },
        { kind: 'rows', model: models.author, field: 'id', values: [3] },
        { kind: 'rows', model: models.genre, field: 'id', values: [1, 2] },
        { kind: 'exists', model: models.book, values: { authorId: 3, title: 'Kindred' } },
      ],
    ]);
  });

  it('are not asked where there are none', async () => {
    const { calls, lookups } = asking(false);
    await read(book, { price: '9.99' }, { lookups, partial: true });
    expect(calls).toEqual([]);
  });

  it('leave out the row itself', async () => {
    const { calls, lookups } = asking(false);
    await read(book, input, { lookups, instance: { id: 9, authorId: 3, title: 'Dawn' } });
    expect(calls[0]?.filter(({ kind }) => kind === 'exists').map((lookup) => 'except' in lookup && lookup.except)).toEqual([{ id: 9 }, { id: 9 }]);
  });
});

describe('uniqueness', () => {
  it('of a field is an error of the field, and hides what is of the whole (VAL-1)', async () => {
    expect(await refusal(book, input, { lookups: asking(true).lookups })).toEqual({ isbn: ['book with this isbn already exists.'] });
  });

  it('of a set is an error of the whole (VAL-2)', async () => {
    const { lookups } = asking(true);
    expect(await refusal(book, { title: 'Kindred' }, { lookups, partial: true, instance: { id: 9, authorId: 3, title: 'Dawn' } })).toEqual({
      non_field_errors: ['The fields author, title must make a unique set.'],
    });
  });

  it.each<[string, object, object]>([
    ['the row’s own values stand in for those that were not sent', { title: 'Dawn' }, { authorId: 3, title: 'Dawn' }],
    ['those that were sent come first', { author: 4 }, { authorId: 4, title: 'Kindred' }],
  ])('of a set on a partial update: %s', async (_what, sent, values) => {
    const { calls, lookups } = asking(false);
    await read(book, sent, { lookups, partial: true, instance: { id: 9, authorId: 3, title: 'Kindred' } });
    expect(calls.flat().find(({ kind }) => kind === 'exists')).toMatchObject({ values });
  });

  it('of a set is not asked about where a change leaves it as it is (VAL-2)', async () => {
    const { calls, lookups } = asking(true);
    const instance = { id: 9, authorId: 3, title: 'Kindred' };
    await read(book, { title: 'Kindred', author: 3, price: '1.00' }, { lookups, partial: true, instance });
    expect(calls.flat().map(({ kind }) => kind)).toEqual(['rows']);
  });

  it('asks for every field of a set on create (SER-27)', async () => {
    const { title: _title, author: _author, ...rest } = input;
    expect(await refusal(book, rest)).toEqual({ title: ['This field is required.'], author: ['This field is required.'] });
  });

  it('counts a read-only field with a default in, which is not in validated data (SER-31)', async () => {
    class Review extends ModelSerializer(models.review, { fields: ['book', 'user', 'rating'], extra: { user: { readOnly: true, default: 5 } } }) {}
    const { calls, lookups } = asking(false);
    expect(await read(compile(Review), { book: 2, rating: 3, user: 9 }, { lookups })).toEqual({ book: 2, rating: 3 });
    expect(calls[0]?.at(-1)).toMatchObject({ kind: 'exists', values: { bookId: 2, userId: 5 } });
  });

  it('is not asked about, and asks for nothing, where the serializer says so', async () => {
    class Free extends ModelSerializer(models.book, {
      fields: ['title', 'isbn', 'author', 'price'],
      extra: { isbn: { unique: false }, title: { required: false } },
      uniqueTogether: false,
    }) {}
    const { calls, lookups } = asking(true);
    expect(await read(compile(Free), { isbn: '9780807083697', author: 3, price: '1.00' }, { lookups })).toMatchObject({ author: 3 });
    expect(calls.flat().map(({ kind }) => kind)).toEqual(['rows']);
  });

  it('counts a hidden field in', async () => {
    class Review extends ModelSerializer(models.review, { fields: ['book', 'rating'] }) {
      user = hidden({ default: () => 5 });
    }
    const { calls, lookups } = asking(false);
    await read(compile(Review), { book: 2, rating: 3 }, { lookups });
    expect(calls[0]?.at(-1)).toMatchObject({ kind: 'exists', values: { bookId: 2, userId: 5 } });
  });
});

/** A set of which one column may be null and another has a default, and a one-to-one relation. */
const seat: Model = {
  ...models.readingListItem,
  name: 'Seat',
  verboseName: 'seat',
  uniques: [
    { fields: ['readingListId', 'position', 'bookId'], index: 'seat_key' },
    { fields: ['authorId'], index: 'seat_author_key' },
  ],
  fields: {
    ...models.readingListItem.fields,
    position: { ...models.readingListItem.fields['position']!, hasDefault: true, default: 1 },
    bookId: { ...models.readingListItem.fields['bookId']!, nullable: true },
    authorId: { ...models.book.fields['authorId']!, unique: true },
  },
  relations: {
    ...models.readingListItem.relations,
    book: { ...models.readingListItem.relations['book']!, nullable: true },
    author: models.book.relations['author']!,
  },
};
class SeatSerializer extends ModelSerializer(seat, { fields: ['readingList', 'position', 'book', 'author'] }) {}

describe('a unique set', () => {
  const seats = compile(SeatSerializer);

  it('takes what was not sent from the model’s default', async () => {
    const { calls, lookups } = asking(false);
    await read(seats, { reading_list: 4, book: 2, author: 1 }, { lookups });
    expect(calls[0]?.at(-1)).toMatchObject({ values: { readingListId: 4, position: 1, bookId: 2 } });
  });

  it.each<[string, object]>([
    ['null', { reading_list: 4, book: null, author: 1 }],
    ['missing', { reading_list: 4, author: 1 }],
    ['null over a value of the row', { book: null }],
  ])('is not asked about while a value is %s', async (what, sent) => {
    const { calls, lookups } = asking(false);
    const change = what.endsWith('row') ? { partial: true, instance: { id: 1, readingListId: 4, position: 1, bookId: 2 } } : {};
    await read(seats, sent, { lookups, ...change });
    expect(calls.flat().filter((lookup) => lookup.kind === 'exists' && 'position' in lookup.values)).toEqual([]);
  });

  it('of one relation is a one-to-one relation, and an error of its field', async () => {
    expect(await refusal(seats, { reading_list: 4, author: 1 }, { lookups: asking(true).lookups })).toEqual({
      author: ['seat with this author already exists.'],
    });
  });
});
