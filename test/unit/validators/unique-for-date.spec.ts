import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import {
  UniqueForDateValidator,
  UniqueForMonthValidator,
  UniqueForYearValidator,
  type UniqueForOptions,
} from '../../../src/framework/validators/unique-for-date-validator.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, read, refusal } from '../serializers/compiling.js';
import { asking, type Exists } from './placing.js';

type Validator = typeof UniqueForDateValidator | typeof UniqueForMonthValidator | typeof UniqueForYearValidator;

const serialized = (validator: Validator, options: Partial<UniqueForOptions> = {}) =>
  compile(
    class BookSerializer extends ModelSerializer(models.book, {
      fields: ['title', 'published', 'pages', 'price', 'createdAt'],
      extra: { published: { required: false }, title: { required: false }, createdAt: { readOnly: false, required: false } },
    }) {
      override readonly validators = [new validator({ field: 'title', dateField: 'published', ...options })];
    },
  );
const published = Temporal.PlainDate.from('1979-06-01');
const input = { title: 'Kindred', published: '1979-06-01', pages: 1, price: '1' };
const instance = { id: 9, title: 'Kindred', published };

const kinds: [Validator, 'date' | 'month' | 'year'][] = [
  [UniqueForDateValidator, 'date'],
  [UniqueForMonthValidator, 'month'],
  [UniqueForYearValidator, 'year'],
];

describe.each(kinds)('%o', (validator, part) => {
  const book = serialized(validator);

  it.each<[string, object, Partial<FieldContext>, readonly Exists[]]>([
    ['a new row', input, {}, [{ values: { title: 'Kindred', published }, compare: { published: part } }]],
    [
      'a change, by what the row keeps',
      { title: 'Dawn' },
      { partial: true, instance },
      [{ values: { title: 'Dawn', published }, compare: { published: part }, except: { id: 9 } }],
    ],
    ['a change that leaves both as they are', { published: '1979-06-01' }, { partial: true, instance }, []],
    ['a date that is null', { ...input, published: null }, {}, []],
    ['a date that is wrong', { ...input, published: 'x' }, {}, []],
    ['a partial update of no row', { title: 'Dawn' }, { partial: true }, []],
  ])('asks about %s', async (_what, sent, context, expected) => {
    const { asked, lookups } = asking();
    await read(book, sent, { lookups, ...context }).catch(() => {});
    expect(asked).toEqual(expected);
  });

  it('refuses under the field, in DRF’s words (VAL-3, VAL-4)', async () => {
    const error = (await read(book, input, { lookups: asking(true).lookups }).catch((thrown: unknown) => thrown)) as ValidationError;
    expect(error.body()).toEqual({ title: [`This field must be unique for the "published" ${part}.`] });
    expect(error.getCodes()).toEqual({ title: ['unique'] });
  });

  it('asks for both on create', async () => {
    expect(await refusal(book, { pages: 1, price: '1', published: '1979-06-01' })).toEqual({ title: ['This field is required.'] });
  });

  it('may say it otherwise, and look at some rows alone', async () => {
    const other = serialized(validator, { message: 'Not on that {date_field}.', queryset: { inStock: true } as never });
    const { asked, lookups } = asking(true);
    expect(await refusal(other, input, { lookups })).toEqual({ title: ['Not on that published.'] });
    expect(asked[0]?.scope).toEqual({ inStock: { equals: true } });
  });

  it.each<[string, Partial<UniqueForOptions>, string]>([
    ['an unknown field', { field: 'colour' }, `BookSerializer: ${validator.name} names colour, which no field is that is written.`],
    ['a date that is none', { dateField: 'pages' }, `BookSerializer: ${validator.name}'s dateField is pages, which is neither a date nor a moment.`],
  ])('is refused at boot with %s', (_what, options, message) => {
    expect(() => serialized(validator, options)).toThrow(message);
  });
});

it('asks about a moment too, by its name on the wire', async () => {
  const book = serialized(UniqueForDateValidator, { dateField: 'createdAt' });
  expect(await refusal(book, { ...input, created_at: '2024-01-01T00:00:00Z' }, { lookups: asking(true).lookups })).toEqual({
    title: ['This field must be unique for the "created_at" date.'],
  });
});

it('cannot ask for a month under a scope over relations', () => {
  expect(() => serialized(UniqueForMonthValidator, { queryset: { author: { name: 'x' } } as never })).toThrow(
    'under which no month can be asked for',
  );
});
