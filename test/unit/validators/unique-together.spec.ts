import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { char } from '../../../src/framework/fields/char-field.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import type { Model } from '../../../src/framework/models/model.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { UniqueTogetherValidator, type UniqueTogetherOptions } from '../../../src/framework/validators/unique-together-validator.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, read, refusal } from '../serializers/compiling.js';
import { asking, type Exists } from './placing.js';

type Options = UniqueTogetherOptions<typeof models.book>;

const booked = (options: Options) =>
  compile(
    class BookSerializer extends ModelSerializer(models.book, {
      fields: ['title', 'isbn', 'author', 'publisher', 'language', 'inStock', 'published', 'createdAt'],
      extra: { isbn: { unique: false, required: false } },
      uniqueTogether: false,
    }) {
      override readonly validators = [new UniqueTogetherValidator(options)];
      heading = char({ source: 'title', required: false });
    },
  );
const input = { title: 'Kindred', isbn: '9780807083697', author: 3, language: 'en', in_stock: true, published: null };
const instance = { id: 9, title: 'Dawn', isbn: '9780446603775', authorId: 3, publisherId: null, language: 'en', inStock: false, published: null };

describe('UniqueTogetherValidator', () => {
  it.each<[string, Options, object, Partial<FieldContext>, readonly Exists[]]>([
    ['a new row', { fields: ['author', 'language'] }, input, {}, [{ values: { authorId: 3, language: 'en' } }]],
    [
      'a new row by the model’s default',
      { fields: ['author', 'language'] },
      { ...input, language: undefined },
      {},
      [{ values: { authorId: 3, language: 'en' } }],
    ],
    [
      'a change, by what the row keeps',
      { fields: ['author', 'language'] },
      { author: 4 },
      { instance, partial: true },
      [{ values: { authorId: 4, language: 'en' }, except: { id: 9 } }],
    ],
    [
      'a change that changes nothing of it',
      { fields: ['author', 'language'] },
      { author: 3, language: 'en', title: 'x' },
      { instance, partial: true },
      [],
    ],
    ['a null', { fields: ['author', 'published'] }, input, {}, []],
    ['a null that was not sent', { fields: ['author', 'publisher'] }, input, {}, []],
    ['a null of the row', { fields: ['author', 'publisher'] }, { author: 4 }, { instance, partial: true }, []],
    ['nulls that are alike', { fields: ['author', 'published'], nullsDistinct: false }, input, {}, [{ values: { authorId: 3, published: null } }]],
    [
      'some of the rows',
      { fields: ['author', 'language'], queryset: { pages: { gt: 10 } } },
      input,
      {},
      [{ values: { authorId: 3, language: 'en' }, scope: { pages: { gt: 10 } } as never }],
    ],
    [
      'a condition',
      { fields: ['author', 'language'], condition: { inStock: true } },
      input,
      {},
      [{ values: { authorId: 3, language: 'en' }, condition: { where: { inStock: { equals: true } } as never, values: { inStock: true } } }],
    ],
    [
      'a condition that a change makes true',
      { fields: ['author', 'language'], condition: { inStock: true } },
      { in_stock: true },
      { instance, partial: true },
      [
        {
          values: { authorId: 3, language: 'en' },
          except: { id: 9 },
          condition: { where: { inStock: { equals: true } } as never, values: { inStock: true } },
        },
      ],
    ],
    [
      'a value that the database makes',
      { fields: ['author', 'language'], condition: { createdAt: { gt: Temporal.Instant.from('2024-01-01T00:00:00Z') } } },
      input,
      {},
      [],
    ],
  ])('asks about %s', async (_what, options, sent, context, expected) => {
    const { asked, lookups } = asking();
    await read(booked(options), JSON.parse(JSON.stringify(sent)), { lookups, ...context });
    expect(asked).toEqual(expected);
  });

  it.each<[string, Options, object, object]>([
    [
      'in DRF’s words',
      { fields: ['author', 'language'] },
      { non_field_errors: ['The fields author, language must make a unique set.'] },
      { non_field_errors: ['unique'] },
    ],
    [
      'in words of its own',
      { fields: ['author', 'inStock'], message: 'One of {field_names}!', code: 'twice' },
      { non_field_errors: ['One of author, in_stock!'] },
      { non_field_errors: ['twice'] },
    ],
    ['of one field as that field’s', { fields: ['isbn'] }, { isbn: ['book with this isbn already exists.'] }, { isbn: ['unique'] }],
  ])('refuses %s', async (_what, options, body, codes) => {
    const error = (await read(booked(options), input, { lookups: asking(true).lookups }).catch((thrown: unknown) => thrown)) as ValidationError;
    expect([error.body(), error.getCodes()]).toEqual([body, codes]);
  });

  it('asks for its fields on create, those of its condition too, whatever they say themselves (SER-27)', async () => {
    const serializer = booked({ fields: ['author', 'isbn'], condition: { pages: { gt: 1 } } as never, conditionFields: ['title'] });
    const { isbn: _isbn, ...rest } = input;
    expect(await refusal(serializer, { ...rest, language: 'xx' })).toEqual({
      isbn: ['This field is required.'],
      language: ['"xx" is not a valid choice.'],
    });
    await expect(read(serializer, { isbn: '9780807083697' }, { partial: true })).resolves.toEqual({ isbn: '9780807083697' });
  });

  it('refuses a message’s code and nothing else while a field is wrong', async () => {
    expect(await refusal(booked({ fields: ['author', 'language'] }), { ...input, isbn: [] }, { lookups: asking(true).lookups })).toEqual({
      isbn: ['Not a valid string.'],
    });
  });

  it.each<[string, Options, string]>([
    ['an unknown field', { fields: ['colour'] }, 'BookSerializer: UniqueTogetherValidator names colour, which no field is that is written.'],
    [
      'a relation in its condition',
      { fields: ['author'], condition: { author: { name: 'x' } } },
      "BookSerializer: UniqueTogetherValidator's condition looks at author; it may look at Book's own columns alone.",
    ],
    [
      'a condition beside a scope over relations',
      { fields: ['author'], condition: { pages: 1 }, queryset: { author: { name: 'x' } } },
      'BookSerializer: UniqueTogetherValidator has a condition, and a queryset that looks at relations; say one of the two.',
    ],
  ])('is refused at boot with %s', (_what, options, message) => {
    expect(() => booked(options)).toThrow(message);
  });

  it('is refused without fields', () => {
    expect(() => new UniqueTogetherValidator({ fields: [] })).toThrow('fields is empty');
  });
});

/** A model with constraints of every kind that the generator can write. */
const shelf: Model = {
  ...models.readingListItem,
  name: 'Slot',
  verboseName: 'slot',
  uniques: [
    { fields: ['position'], index: 'slot_position_key', condition: { note: '' } as never },
    { fields: ['bookId', 'position'], index: 'slot_book_key', condition: 'sql' },
    { fields: ['bookId', 'readingListId'], index: 'slot_list_key', nullsDistinct: false },
  ],
};

describe('a model’s constraints', () => {
  class SlotSerializer extends ModelSerializer(shelf, { fields: ['readingList', 'book', 'position', 'note'] }) {}
  const slot = compile(SlotSerializer);
  const sent = { reading_list: 1, book: 2, position: 3 };

  it('are asked about as they are: conditions, and nulls that are alike; not those in SQL', async () => {
    const { asked, lookups } = asking();
    await read(slot, sent, { lookups });
    expect(asked).toEqual([
      { values: { position: 3 }, condition: { where: { note: { equals: '' } }, values: { note: '' } } },
      { values: { bookId: 2, readingListId: 1 } },
    ]);
  });

  it('of one column under a condition are that field’s', async () => {
    expect(await refusal(slot, sent, { lookups: asking(true).lookups })).toEqual({ position: ['slot with this position already exists.'] });
  });
});
