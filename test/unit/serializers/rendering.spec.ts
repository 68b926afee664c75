import { describe, expect, it } from 'vitest';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { IntegerField } from '../../../src/framework/fields/integer-field.js';
import { method } from '../../../src/framework/fields/method-field.js';
import { readOnly } from '../../../src/framework/fields/read-only-field.js';
import { stringRelated } from '../../../src/framework/relations/string-related-field.js';
import { extendSerializer } from '../../../src/framework/serializers/extend-serializer.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from './compiling.js';

const context = { baseUrl: 'http://api' };
const show = (serializer: Parameters<typeof compile>[0], row: object) => compile(serializer).render(row as never, context);

describe('a serializer', () => {
  it('shows its fields in their order, the model’s first, under their names on the wire (SER-7)', () => {
    class Book extends ModelSerializer(models.book, { fields: ['title', 'inStock', 'id'] }) {
      isLong = method(models.book, { reads: ['pages'] }, ({ pages }) => pages >= 500);
    }
    expect(Object.entries(show(Book, { id: 1, title: 'Dune', inStock: true, pages: 612 }))).toEqual([
      ['title', 'Dune'],
      ['in_stock', true],
      ['id', 1],
      ['is_long', true],
    ]);
  });

  it('reads what it shows and nothing else: it is the query plan', () => {
    class Author extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
    class Book extends ModelSerializer(models.book, { fields: ['title', 'publisher', 'genres'] }) {
      author = nested(() => Author, { readOnly: true });
      isLong = method(models.book, { reads: ['pages'] }, ({ pages }) => pages >= 500);
    }
    const { tree } = compile(Book);
    expect([...(tree?.columns ?? [])].sort()).toEqual(['pages', 'publisherId', 'title']);
    expect([...(tree?.relations ?? [])].map(([name, read]) => [name, read.many, [...read.tree.columns]])).toEqual([
      ['genres', true, ['id']],
      ['author', false, ['id', 'name']],
    ]);
  });

  it('shows null as null, without asking the field (SER-13)', () => {
    class Loud extends CharField {
      override toRepresentation(value: string) {
        return value.toUpperCase();
      }
    }
    class Shown extends Serializer {
      name = new Loud();
      nick = new Loud();
    }
    expect(show(Shown, { name: 'ann', nick: null })).toEqual({ name: 'ANN', nick: null });
  });

  it('shows nothing that is only written', () => {
    class Account extends Serializer {
      name = new CharField();
      password = new CharField({ writeOnly: true });
    }
    expect(show(Account, { name: 'ann', password: 'x' })).toEqual({ name: 'ann' });
  });

  it('shows plain objects, one in another and lists of them', () => {
    class Part extends Serializer {
      size = new IntegerField();
    }
    class Whole extends Serializer {
      main = nested(() => Part);
      spares = nested(() => Part, { many: true });
      deep = readOnly({ source: 'main.size' });
    }
    expect(show(Whole, { main: { size: 1 }, spares: [{ size: 2 }, { size: 3 }] })).toEqual({
      main: { size: 1 },
      spares: [{ size: 2 }, { size: 3 }],
      deep: 1,
    });
    expect(show(Whole, { main: null, spares: [] })).toEqual({ main: null, spares: [] });
  });
});

describe('a row that is missing on the way of a source (SER-12)', () => {
  class Book extends ModelSerializer(models.book, { fields: ['id'] }) {
    country = readOnly({ source: 'publisher.country' });
    name = stringRelated({ source: 'publisher.name' });
    website = readOnly({ source: 'publisher.website', allowNull: true });
    founded = readOnly({ source: 'publisher.founded', default: 'unknown' });
  }

  it('leaves the field out, shows null where that is allowed, or the default', () => {
    expect(show(Book, { id: 1, publisher: null })).toEqual({ id: 1, website: null, founded: 'unknown' });
  });

  it('is no missing value of a row that is there', () => {
    expect(show(Book, { id: 1, publisher: { country: 'FR', name: 'P', website: '', founded: null } })).toEqual({
      id: 1,
      country: 'FR',
      name: 'P',
      website: '',
      founded: null,
    });
  });
});

describe('extendSerializer', () => {
  class Base extends ModelSerializer(models.book, { fields: ['id', 'title', 'author'] }) {
    extra = new CharField({ source: 'isbn' });
    validateTitle(title: string) {
      return title;
    }
  }
  class Extended extends extendSerializer(Base, { omit: ['author', 'extra'] }) {
    author = stringRelated();
  }

  it('leaves fields out, those of the model and declared ones, to be declared anew', () => {
    expect(compile(Extended).fields.map(({ name }) => name)).toEqual(['id', 'title', 'author']);
    expect(show(Extended, { id: 1, title: 'T', author: { name: 'A' } })).toEqual({ id: 1, title: 'T', author: 'A' });
  });

  it('keeps the model, the hooks, and the base as it was', () => {
    expect(compile(Extended).model).toBe(models.book);
    expect(compile(Extended).fields.find(({ name }) => name === 'title')?.hook).toBeTypeOf('function');
    expect(compile(Base).fields.map(({ name }) => name)).toEqual(['id', 'title', 'author', 'extra']);
  });
});
