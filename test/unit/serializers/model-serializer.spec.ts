import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { method } from '../../../src/framework/fields/method-field.js';
import { readOnly } from '../../../src/framework/fields/read-only-field.js';
import type { Model } from '../../../src/framework/models/model.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { HyperlinkedModelSerializer } from '../../../src/framework/serializers/hyperlinked-model-serializer.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer, type SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { writeOf } from '../../../src/framework/serializers/write-data.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from './compiling.js';

const fieldOf = (model: Model, name: string) => {
  class One extends ModelSerializer(model, { fields: [name] }) {}
  return compile(One).fields[0]!.field;
};

describe('a field of a model', () => {
  it.each<[Model, string, string, object]>([
    [models.book, 'id', 'IntegerField', { readOnly: true }],
    [models.book, 'title', 'CharField', { required: true, maxLength: 200 }],
    [models.book, 'price', 'DecimalField', { required: true, maxDigits: 8, decimalPlaces: 2, min: 0 }],
    [models.book, 'pages', 'IntegerField', { required: true, min: 1, max: 10_000 }],
    [models.book, 'published', 'DateField', { required: false, allowNull: true }],
    [models.book, 'language', 'ChoiceField', { required: false }],
    [models.book, 'inStock', 'BooleanField', { required: false }],
    [models.book, 'rating', 'FloatField', { required: false, allowNull: true }],
    [models.book, 'metadata', 'JSONField', { required: false }],
    [models.book, 'createdAt', 'DateTimeField', { readOnly: true }],
    [models.book, 'author', 'PrimaryKeyRelatedField', { required: true }],
    [models.book, 'publisher', 'PrimaryKeyRelatedField', { required: false, allowNull: true }],
    [models.book, 'genres', 'PrimaryKeyRelatedField', { many: true, required: false }],
    [models.book, 'reviews', 'PrimaryKeyRelatedField', { many: true, readOnly: true }],
    [models.loan, 'id', 'UUIDField', { readOnly: true }],
    [models.author, 'email', 'EmailField', { required: true, maxLength: 254 }],
    [models.author, 'bio', 'CharField', { required: false, allowBlank: true }],
    [models.publisher, 'website', 'URLField', { required: false, allowBlank: true, maxLength: 200 }],
    [models.genre, 'slug', 'SlugField', { required: true, maxLength: 50 }],
    [models.review, 'rating', 'IntegerField', { min: 1, max: 5 }],
    [models.user, 'isStaff', 'BooleanField', { label: 'Staff status' }],
  ])('%#: is of the column’s type, with the options that the model says (SER-21, SER-22)', (model, name, type, options) => {
    const field = fieldOf(model, name);
    expect(field.constructor.name).toBe(type);
    expect(field.options).toMatchObject(options);
  });

  it('never takes an integer that the column cannot hold', () => {
    expect(fieldOf({ ...models.book, fields: { pages: { ...models.book.fields['pages']!, annotations: {} } } }, 'pages').options).toMatchObject({
      min: -(2 ** 31),
      max: 2 ** 31 - 1,
    });
    expect(
      fieldOf({ ...models.book, fields: { pages: { ...models.book.fields['pages']!, annotations: {}, nativeType: ['SmallInt'] } } }, 'pages').options,
    ).toMatchObject({ min: -32_768, max: 32_767 });
  });

  it('takes what the serializer says over what the model says', () => {
    class Book extends ModelSerializer(models.book, {
      fields: ['id', 'title', 'price'],
      readOnly: ['price'],
      extra: { title: { label: 'Name', required: false } },
    }) {}
    const [, title, price] = compile(Book).fields;
    expect(title?.field.options).toMatchObject({ label: 'Name', required: false, maxLength: 200 });
    expect(price?.field.options).toMatchObject({ readOnly: true });
    expect(compile(Book).writable.map(({ name }) => name)).toEqual(['title']);
  });
});

describe('a hyperlinked serializer', () => {
  const routes = new Routes();
  for (const [path, routeName] of [
    ['/authors/:pk/', 'author-detail'],
    ['/books/:pk/', 'book-detail'],
  ] as const)
    routes.add({ path, routeName, methods: ['GET'] });
  class Author extends HyperlinkedModelSerializer(models.author, { fields: ['id', 'name', 'books'], readOnly: ['books'] }) {}
  const row = { id: 7, name: 'A', books: [{ id: 1 }, { id: 2 }] } as never;

  it('shows its own address first, and relations as addresses (SER-20)', () => {
    expect(Object.entries(compile(Author, {}, routes).render(row, { baseUrl: 'http://api' }))).toEqual([
      ['url', 'http://api/authors/7/'],
      ['id', 7],
      ['name', 'A'],
      ['books', ['http://api/books/1/', 'http://api/books/2/']],
    ]);
  });

  it('calls its address as the urlFieldName setting says', () => {
    expect(Object.keys(compile(Author, { urlFieldName: 'href' }, routes).render(row, { baseUrl: '' }))).toEqual(['href', 'id', 'name', 'books']);
  });

  it('is refused where no viewset answers the address', () => {
    expect(() => compile(Author)).toThrow(new ConfigurationError('Author: no address is called author-detail. Known are none.'));
  });
});

describe('a mistake in a serializer', () => {
  class Dotted extends ModelSerializer(models.book, { fields: ['id'] }) {
    name = new CharField({ source: 'author.name' });
  }
  class Missing extends ModelSerializer(models.book, { fields: ['id'] }) {
    subtitle = readOnly();
  }
  class Path extends ModelSerializer(models.book, { fields: ['id'] }) {
    name = readOnly({ source: 'autor.name' });
  }
  class Many extends ModelSerializer(models.book, { fields: ['id'] }) {
    slug = readOnly({ source: 'genres.slug' });
  }
  class Twice extends Serializer {
    isLong = new CharField();
    is_long = new CharField();
  }
  class Wrong extends ModelSerializer(models.book, { fields: ['id'] }) {
    author = primaryKeyRelated(models.genre);
  }
  class Computed extends ModelSerializer(models.book, { fields: ['id'] }) {
    isLong = method(models.author, { reads: ['bio'] }, ({ bio }) => bio.length);
  }

  it.each<[string, () => unknown, RegExp]>([
    [
      'a field that the model lacks',
      () => ModelSerializer(models.book, { fields: ['titel'] as never }),
      /^ModelSerializer\(Book\): fields names titel, which the model lacks\. It has id, title/,
    ],
    [
      'a name that every object has',
      () => ModelSerializer(models.book, { fields: ['constructor'] as never }),
      /fields names constructor, which the model lacks/,
    ],
    [
      'options of a field that is not shown',
      () => ModelSerializer(models.book, { fields: ['id'], readOnly: ['title'] as never }),
      /title has options but is not in fields; add it there/,
    ],
    ['a writable field of another row', () => compile(Dotted), /^Dotted\.name: source is author\.name, of another row.*Set readOnly: true/],
    ['a declared field without a column', () => compile(Missing), /^Missing: Book has no field subtitle\. It has id/],
    ['a source without a relation', () => compile(Path), /^Path: Book has no relation autor\. It has author/],
    ['a source over many rows', () => compile(Many), /^Many: Book\.genres is a list of rows: set many: true/],
    ['two fields under one name', () => compile(Twice), /^Twice: isLong and is_long are both is_long on the wire/],
    ['a relation to another model', () => compile(Wrong), /^Wrong: Book\.author leads to Author, and the field names Genre\. Name models\.author/],
    ['a method that reads another model’s field', () => compile(Computed), /^Computed: Book has no field bio/],
    [
      'saving without a model',
      () => writeOf(compile(class Plain extends Serializer {} as SerializerClass), {}),
      /^Plain has no model to save to: override performCreate/,
    ],
  ])('stops the application: %s', (_what, make, message) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });
});
