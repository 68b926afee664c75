import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { method } from '../../../src/framework/fields/method-field.js';
import { readOnly } from '../../../src/framework/fields/read-only-field.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { HyperlinkedModelSerializer } from '../../../src/framework/serializers/hyperlinked-model-serializer.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer, type SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { writeOf } from '../../../src/framework/serializers/writes/write-data.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from './compiling.js';

describe('a field of a model', () => {
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
      /^ModelSerializer\(Book\): fields names titel, which the model lacks\. Did you mean title\? It has id, title/,
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
    ['no fields', () => ModelSerializer(models.book, {} as never), /neither fields nor exclude is given; list the fields, or say fields: 'all'\.$/],
    [
      'fields beside exclude',
      () => ModelSerializer(models.book, { fields: ['id'], exclude: ['id'] } as never),
      /fields and exclude exclude each other/,
    ],
    [
      'another word than all',
      () => ModelSerializer(models.book, { fields: '__all__' } as never),
      /fields is __all__; list the fields, or say 'all'\.$/,
    ],
    [
      'a field to leave out that is not there',
      () => ModelSerializer(models.book, { exclude: ['titel'] } as never),
      /exclude names titel, which is not among all fields: leave it out of exclude\. Did you mean title\?/,
    ],
    [
      'a reverse relation to leave out, which is left out already',
      () => ModelSerializer(models.book, { exclude: ['reviews'] } as never),
      /exclude names reviews, which is not among all fields/,
    ],
    [
      'an option that there is none of',
      () => ModelSerializer(models.book, { fields: ['id'], readonly: ['id'] } as never),
      /there is no option readonly\. Did you mean readOnly\?/,
    ],
    [
      'options of a misspelt field',
      () => ModelSerializer(models.book, { fields: ['title'], extra: { titel: {} } } as never),
      /titel has options but is not in fields, which has title; add it there/,
    ],
    [
      'a depth of eleven',
      () => ModelSerializer(models.book, { fields: 'all', depth: 11 } as never),
      /depth is 11; give a whole number from 0 to 10\.$/,
    ],
    [
      'a hidden field that no client writes',
      () =>
        compile(ModelSerializer(models.user, { fields: ['password'], readOnly: ['password'], extra: { password: { writeOnly: true } } } as never)),
      /^User\.password would be neither shown nor written: leave it out/,
    ],
    ['a writable field of another row', () => compile(Dotted), /^Dotted\.name: source is author\.name, of another row.*Set readOnly: true/],
    ['a declared field without a column', () => compile(Missing), /^Missing: Book has no field subtitle\. It has id/],
    ['a source without a relation', () => compile(Path), /^Path: Book has no relation autor\. Did you mean author\? It has author/],
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
