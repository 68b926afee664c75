import { FilterSet, ModelViewSet, numberFilter, ViewSet, type DataOf, type Where } from 'nest-rest-framework';
import { describe, expectTypeOf, it } from 'vitest';
import { BookSerializer } from '#library/books/books.serializers.js';
import { models, type Book, type BookModel } from '#library/generated/models.js';

describe('a condition', () => {
  it('speaks of the model’s columns, relations and their columns', () => {
    const where: Where<BookModel> = {
      title: 'Dune',
      price: { lte: 10 as never },
      published: null,
      author: { name: { contains: 'x', mode: 'insensitive' } },
      publisher: null,
      genres: { some: { slug: { in: ['a'] } } },
      NOT: { language: 'en' },
      OR: [{ inStock: true }, { pages: { gt: 3, lt: 9 } }],
    };
    expectTypeOf(where).toExtend<Where<BookModel>>();
  });

  it('of what the model lacks does not compile', () => {
    // @ts-expect-error a misspelt field
    ({ titel: 'Dune' }) satisfies Where<BookModel>;
    // @ts-expect-error a value of another type
    ({ title: 3 }) satisfies Where<BookModel>;
    // @ts-expect-error a value that the enum lacks
    ({ language: 'xx' }) satisfies Where<BookModel>;
    // @ts-expect-error a lookup that there is none of
    ({ title: { like: 'x' } }) satisfies Where<BookModel>;
    // @ts-expect-error many rows are asked for with some, none or every
    ({ genres: { slug: 'x' } }) satisfies Where<BookModel>;
    // @ts-expect-error a field that authors lack
    ({ author: { isbn: 'x' } }) satisfies Where<BookModel>;
    // @ts-expect-error a column that may not be null
    ({ title: null }) satisfies Where<BookModel>;
  });
});

describe('data to write', () => {
  it('has columns, keys of relations, and rows to make', () => {
    const data: DataOf<BookModel> = { title: 'Dune', author: 3, publisher: null, genres: [1, 2], favouritedBy: { kind: 'link', keys: [1] } };
    expectTypeOf(data).toExtend<DataOf<BookModel>>();
  });

  it('that the model lacks does not compile', () => {
    // @ts-expect-error a misspelt field
    ({ titel: 'Dune' }) satisfies DataOf<BookModel>;
    // @ts-expect-error a key of another type
    ({ author: 'Frank' }) satisfies DataOf<BookModel>;
    // @ts-expect-error a list where there is one row
    ({ author: [3] }) satisfies DataOf<BookModel>;
    // @ts-expect-error a value of another type
    ({ inStock: 'yes' }) satisfies DataOf<BookModel>;
  });
});

describe('a filter set', () => {
  it('names fields, paths of relations and lookups of the model', () => {
    FilterSet(models.book, { title: ['exact', 'icontains'], author__name: ['icontains'], published: ['year__gte', 'isnull'], genres__slug: ['in'] });
  });

  it('of what the model lacks does not compile', () => {
    // @ts-expect-error a misspelt field
    FilterSet(models.book, { titel: ['exact'] });
    // @ts-expect-error a lookup that there is none of
    FilterSet(models.book, { title: ['like'] });
    // @ts-expect-error a field that authors lack
    FilterSet(models.book, { author__isbn: ['exact'] });
    // @ts-expect-error a relation that books lack
    FilterSet(models.book, { editor__name: ['exact'] });
    class Wrong extends FilterSet(models.book, {}) {
      // @ts-expect-error a declared filter on a field that the model lacks
      minPrice = numberFilter({ field: 'prize', lookup: 'gte' });
    }
    void Wrong;
  });
});

describe('a viewset', () => {
  it('orders and searches by columns, by paths, and by fields of its serializer', () => {
    ViewSet('books', {
      model: models.book,
      serializer: BookSerializer,
      ordering: ['-title', 'id'],
      orderingFields: ['price', 'author__name', 'genres'],
      searchFields: ['title', '^isbn', '=author__name'],
    });
  });

  it('of names that the model lacks does not compile', () => {
    // @ts-expect-error a misspelt field
    ViewSet('books', { model: models.book, serializer: BookSerializer, ordering: ['titel'] });
    // @ts-expect-error a misspelt field
    ViewSet('books', { model: models.book, serializer: BookSerializer, orderingFields: ['titel'] });
    // @ts-expect-error a direction is the client's to choose
    ViewSet('books', { model: models.book, serializer: BookSerializer, orderingFields: ['-title'] });
    // @ts-expect-error a misspelt field
    ViewSet('books', { model: models.book, serializer: BookSerializer, searchFields: ['^titel'] });
    // @ts-expect-error a prefix that the database has no search for
    ViewSet('books', { model: models.book, serializer: BookSerializer, searchFields: ['$title'] });
    // @ts-expect-error a field that the model lacks
    ViewSet('books', { model: models.book, lookupField: 'slug' });
    // @ts-expect-error a relation that the model lacks
    ViewSet('books', { model: models.book, parents: { editor: models.user } });
    // @ts-expect-error a setting that there is none of
    ViewSet('books', { model: models.book, permission: [] });
  });

  it('has rows of its model', () => {
    class Books extends ModelViewSet<BookModel> {
      override getQueryset(): Where<BookModel> {
        // @ts-expect-error a misspelt field
        return { titel: 'x' };
      }
      read() {
        return this.getObject({} as never);
      }
    }
    expectTypeOf<ReturnType<Books['read']>>().toEqualTypeOf<Promise<Book>>();
  });
});
