import {
  extendSerializer,
  HyperlinkedModelSerializer,
  ModelSerializer,
  nested,
  primaryKeyRelated,
  slugRelated,
  type Decimal,
  type InputOf,
  type OutputOf,
  type PatchOf,
  type Temporal,
} from 'nest-rest-framework';
import { describe, expectTypeOf, it } from 'vitest';
import { BookDetailSerializer, BookSerializer } from '#library/books/books.serializers.js';
import { models, type Language } from '#library/generated/models.js';
import { LoanSerializer } from '#library/loans/loans.serializers.js';
import { ReadingListSerializer } from '#library/reading-lists/reading-lists.viewset.js';
import { ReviewSerializer } from '#library/reviews/reviews.serializers.js';

describe('a serializer’s values', () => {
  type Output = OutputOf<typeof BookSerializer>;
  type Input = InputOf<typeof BookSerializer>;

  it('are those of the model’s columns', () => {
    expectTypeOf<Output['title']>().toEqualTypeOf<string>();
    expectTypeOf<Output['price']>().toEqualTypeOf<Decimal>();
    expectTypeOf<Output['published']>().toEqualTypeOf<Temporal.PlainDate | null>();
    expectTypeOf<Output['language']>().toEqualTypeOf<Language>();
    expectTypeOf<Input['rating']>().toEqualTypeOf<number | null | undefined>();
  });

  it('are keys of relations, null where the relation may be', () => {
    expectTypeOf<Output['author']>().toEqualTypeOf<number>();
    expectTypeOf<Output['publisher']>().toEqualTypeOf<number | null>();
    expectTypeOf<Input['author']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Input['publisher']>().toEqualTypeOf<number | null | undefined>();
  });

  it('are those of declared fields', () => {
    expectTypeOf<Output['genres']>().toEqualTypeOf<string[]>();
    expectTypeOf<Input>().toHaveProperty('genres');
  });

  it('have no methods and no providers among them', () => {
    expectTypeOf<Output>().not.toHaveProperty('validate');
    expectTypeOf<Output>().not.toHaveProperty('validateTitle');
    expectTypeOf<Output>().not.toHaveProperty('clock');
  });

  it('follow what an extending serializer leaves out and declares anew', () => {
    type Detail = OutputOf<typeof BookDetailSerializer>;
    expectTypeOf<Detail['author']>().toEqualTypeOf<{ id: number; name: string }>();
    expectTypeOf<Detail['genres']>().toEqualTypeOf<{ name: string; slug: string }[]>();
    expectTypeOf<Detail['isLong']>().toEqualTypeOf<boolean>();
    expectTypeOf<Detail['languageName']>().toEqualTypeOf<string>();
    expectTypeOf<Detail['title']>().toEqualTypeOf<string>();
    expectTypeOf<InputOf<typeof BookDetailSerializer>>().not.toHaveProperty('author');
    expectTypeOf<InputOf<typeof BookDetailSerializer>>().not.toHaveProperty('isLong');
    expectTypeOf<InputOf<typeof BookDetailSerializer>>().toHaveProperty('title');
  });

  it('may all be missing from a partial update', () => {
    expectTypeOf<{}>().toExtend<PatchOf<typeof BookSerializer>>();
    expectTypeOf<{ title: string }>().toExtend<PatchOf<typeof BookSerializer>>();
    expectTypeOf<{ title: number }>().not.toExtend<PatchOf<typeof BookSerializer>>();
  });

  it('are not written where they are read-only, and not shown where they are hidden', () => {
    expectTypeOf<InputOf<typeof LoanSerializer>>().not.toHaveProperty('book');
    expectTypeOf<InputOf<typeof LoanSerializer>>().not.toHaveProperty('overdue');
    expectTypeOf<InputOf<typeof LoanSerializer>>().toHaveProperty('due');
    expectTypeOf<OutputOf<typeof LoanSerializer>['overdue']>().toEqualTypeOf<boolean>();
    expectTypeOf<OutputOf<typeof ReviewSerializer>>().not.toHaveProperty('user');
    expectTypeOf<InputOf<typeof ReviewSerializer>>().toHaveProperty('user');
    expectTypeOf<InputOf<typeof ReviewSerializer>>().not.toHaveProperty('username');
  });

  it('are nested', () => {
    expectTypeOf<OutputOf<typeof ReadingListSerializer>['items']>().toEqualTypeOf<{ book: number; position: number; note: string }[]>();
    expectTypeOf<InputOf<typeof ReadingListSerializer>['items'][number]['position']>().toEqualTypeOf<number | undefined>();
  });

  it('are addresses where relations are hyperlinks', () => {
    class Publisher extends HyperlinkedModelSerializer(models.publisher, { fields: ['id', 'books'], readOnly: ['books'] }) {}
    expectTypeOf<OutputOf<typeof Publisher>>().toEqualTypeOf<{ url: string; id: number; books: string[] }>();
    expectTypeOf<InputOf<typeof Publisher>>().not.toHaveProperty('books');
  });

  it('are not shown where they are only written', () => {
    class Written extends ModelSerializer(models.book, { fields: ['id'] }) {
      author = primaryKeyRelated(models.author, { writeOnly: true });
    }
    expectTypeOf<OutputOf<typeof Written>>().toEqualTypeOf<{ id: number }>();
    expectTypeOf<InputOf<typeof Written>['author']>().toEqualTypeOf<number>();
  });
});

describe('what the model lacks does not compile', () => {
  it('as a field, a read-only field or an option', () => {
    // @ts-expect-error a misspelt field
    ModelSerializer(models.book, { fields: ['id', 'titel'] });
    // @ts-expect-error a field of another model
    ModelSerializer(models.book, { fields: ['bio'] });
    // @ts-expect-error a read-only field that is not among the fields
    ModelSerializer(models.book, { fields: ['id'], readOnly: ['title'] });
    // @ts-expect-error options of a field that is not among the fields
    ModelSerializer(models.book, { fields: ['id'], extra: { title: { required: false } } });
    // @ts-expect-error an option that no field has
    ModelSerializer(models.book, { fields: ['id'], extra: { id: { requred: false } } });
  });

  it('as a relation or a slug', () => {
    // @ts-expect-error a field that genres lack
    slugRelated(models.genre, { slug: 'isbn' });
    // @ts-expect-error a scope that authors lack
    primaryKeyRelated(models.author, { queryset: { title: 'x' } });
  });

  it('as a field to leave out', () => {
    // @ts-expect-error a field that the serializer lacks
    extendSerializer(BookSerializer, { omit: ['titel'] });
  });

  it('as data to write', () => {
    const input = {} as InputOf<typeof LoanSerializer>;
    // @ts-expect-error read-only, never in input
    void input.book;
    const patch: PatchOf<typeof BookSerializer> = { title: 'x' };
    // @ts-expect-error a price is a Decimal once it is validated
    patch.price = '9.99';
  });

  it('as a nested serializer', () => {
    // @ts-expect-error a thunk is asked for
    nested(BookSerializer, { many: true });
  });
});
