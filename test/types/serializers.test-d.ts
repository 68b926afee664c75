import {
  char,
  extendSerializer,
  HyperlinkedModelSerializer,
  modelField,
  ModelSerializer,
  nested,
  primaryKeyRelated,
  Serializer,
  slugRelated,
  Temporal,
  View,
  ViewSet,
  type Decimal,
  type InputOf,
  type OutputOf,
  type PatchOf,
  type Serializers,
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
    expectTypeOf<Input['author']>().toEqualTypeOf<number>();
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
    expectTypeOf<InputOf<typeof ReadingListSerializer>['items'][number]['position']>().toEqualTypeOf<number>();
  });

  it('are keys of nested rows that are connected, and rows with their keys where they are changed', () => {
    class Genre extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {}
    class Author extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
    class Review extends ModelSerializer(models.review, { fields: ['id', 'rating', 'text'] }) {}
    class Book extends ModelSerializer(models.book, { fields: ['id', 'title'] }) {
      author = nested(() => Author, { write: 'connect' });
      genres = nested(() => Genre, { many: true, write: 'connect', allowNull: true });
      reviews = nested(() => Review, { many: true, write: 'append' });
    }
    expectTypeOf<InputOf<typeof Book>['author']>().toEqualTypeOf<number>();
    expectTypeOf<InputOf<typeof Book>['genres']>().toEqualTypeOf<number[] | null>();
    expectTypeOf<InputOf<typeof Book>['reviews'][number]['rating']>().toEqualTypeOf<number>();
    expectTypeOf<InputOf<typeof Book>['reviews'][number]['id']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<PatchOf<typeof Book>['author']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<{ reviews: { id: 7; text: 'shorter' }[] }>().toExtend<PatchOf<typeof Book>>();
    expectTypeOf<{ reviews: { id: 7; text: 7 }[] }>().not.toExtend<PatchOf<typeof Book>>();
    expectTypeOf<{ reviews: { id: 7; text: 'shorter' }[] }>().not.toExtend<Partial<InputOf<typeof Book>>>();
    expectTypeOf<OutputOf<typeof Book>['author']>().toEqualTypeOf<{ id: number; name: string }>();
  });

  it('are those of a model’s columns in a serializer of none', () => {
    class Stocktaking extends Serializer {
      isbn = modelField(models.book, 'isbn');
      publisher = modelField(models.book, 'publisher');
      language = modelField(models.book, 'language', { required: true });
      createdAt = modelField(models.book, 'createdAt');
    }
    expectTypeOf<InputOf<typeof Stocktaking>>().toEqualTypeOf<{
      isbn: string;
      publisher?: number | null;
      language: 'en' | 'fr' | 'de' | 'es' | 'ja';
    }>();
    expectTypeOf<OutputOf<typeof Stocktaking>['createdAt']>().toEqualTypeOf<Temporal.Instant>();
    // @ts-expect-error the model lacks it
    modelField(models.book, 'isnb');
    // @ts-expect-error an option of another column's field
    modelField(models.book, 'isbn', { maxDigits: 5 });
  });

  it('are addresses where relations are hyperlinks, and keys once they are validated', () => {
    class Publisher extends HyperlinkedModelSerializer(models.publisher, { fields: ['id', 'books'], readOnly: ['books'] }) {}
    expectTypeOf<OutputOf<typeof Publisher>>().toEqualTypeOf<{ url: string; id: number; books: string[] }>();
    expectTypeOf<InputOf<typeof Publisher>>().toEqualTypeOf<{}>();
    class Linked extends HyperlinkedModelSerializer(models.book, { fields: ['url', 'author', 'publisher', 'genres'] }) {}
    expectTypeOf<OutputOf<typeof Linked>>().toEqualTypeOf<{ url: string; author: string; publisher: string | null; genres: string[] }>();
    expectTypeOf<InputOf<typeof Linked>>().toEqualTypeOf<{ author: number; publisher?: number | null; genres?: number[] }>();
    class All extends HyperlinkedModelSerializer(models.review, { fields: 'all' }) {}
    expectTypeOf<keyof OutputOf<typeof All>>().toEqualTypeOf<'url' | 'rating' | 'text' | 'createdAt' | 'book' | 'user'>();
  });

  it('are those of all fields, without what is hidden', () => {
    class All extends ModelSerializer(models.review, { fields: 'all' }) {}
    expectTypeOf<OutputOf<typeof All>>().toEqualTypeOf<{
      id: number;
      rating: number;
      text: string;
      createdAt: Temporal.Instant;
      book: number;
      user: number;
    }>();
    expectTypeOf<InputOf<typeof All>>().toEqualTypeOf<{ rating: number; text?: string; book: number; user: number }>();
    class User extends ModelSerializer(models.user, { fields: 'all' }) {}
    expectTypeOf<OutputOf<typeof User>>().not.toHaveProperty('password');
    expectTypeOf<OutputOf<typeof User>>().not.toHaveProperty('reviews');
  });

  it('are those of all fields but some', () => {
    class Some extends ModelSerializer(models.review, { exclude: ['createdAt', 'text', 'id'], readOnly: ['user'] }) {}
    expectTypeOf<OutputOf<typeof Some>>().toEqualTypeOf<{ rating: number; book: number; user: number }>();
    expectTypeOf<InputOf<typeof Some>>().toEqualTypeOf<{ rating: number; book: number }>();
  });

  it('are nested rows as deep as depth says, and never written', () => {
    class One extends ModelSerializer(models.book, { fields: ['id', 'title', 'author', 'publisher'], depth: 1 }) {}
    type Out = OutputOf<typeof One>;
    expectTypeOf<Out['author']['name']>().toEqualTypeOf<string>();
    expectTypeOf<Extract<Out['publisher'], null>>().toEqualTypeOf<null>();
    expectTypeOf<NonNullable<Out['publisher']>['founded']>().toEqualTypeOf<Temporal.PlainDate | null>();
    expectTypeOf<InputOf<typeof One>>().toEqualTypeOf<{ title: string }>();
    class Two extends ModelSerializer(models.review, { fields: 'all', depth: 2 }) {}
    type Deep = OutputOf<typeof Two>;
    expectTypeOf<Deep['book']['author']['name']>().toEqualTypeOf<string>();
    expectTypeOf<Deep['book']['genres'][number]['slug']>().toEqualTypeOf<string>();
    expectTypeOf<Deep['user']>().not.toHaveProperty('password');
    class Shallow extends ModelSerializer(models.review, { fields: 'all', depth: 1 }) {}
    expectTypeOf<OutputOf<typeof Shallow>['book']['genres']>().toEqualTypeOf<number[]>();
    expectTypeOf<OutputOf<typeof Shallow>['book']['publisher']>().toEqualTypeOf<number | null>();
    class Linked extends HyperlinkedModelSerializer(models.review, { fields: ['book'], depth: 1 }) {}
    expectTypeOf<OutputOf<typeof Linked>['book']['url']>().toEqualTypeOf<string>();
    expectTypeOf<OutputOf<typeof Linked>['book']['author']>().toEqualTypeOf<string>();
    expectTypeOf<OutputOf<typeof Linked>['book']>().not.toHaveProperty('id');
  });

  it('follow what extra says of a field', () => {
    class Extra extends ModelSerializer(models.book, {
      fields: ['id', 'title', 'isbn', 'pages', 'price', 'rating', 'author', 'publisher', 'createdAt', 'reviews'],
      extra: {
        id: { readOnly: false },
        title: { required: false, maxLength: 10 },
        isbn: { allowNull: true },
        pages: { default: 3 },
        price: { readOnly: true },
        rating: { allowNull: false, required: true },
        author: { writeOnly: true, queryset: { name: 'x' } },
        publisher: { required: true },
        createdAt: { readOnly: false, default: () => Temporal.Now.instant() },
      },
    }) {}
    expectTypeOf<InputOf<typeof Extra>>().toEqualTypeOf<{
      id?: number;
      title?: string;
      isbn: string | null;
      pages?: number;
      rating: number;
      author: number;
      publisher: number | null;
      createdAt?: Temporal.Instant;
    }>();
    expectTypeOf<OutputOf<typeof Extra>>().toEqualTypeOf<{
      id: number;
      title: string;
      isbn: string | null;
      pages: number;
      price: Decimal;
      rating: number | null;
      publisher: number | null;
      createdAt: Temporal.Instant;
      reviews: number[];
    }>();
  });

  it('are written and not shown where a column is hidden', () => {
    class User extends ModelSerializer(models.user, { fields: ['username', 'password'] }) {}
    expectTypeOf<OutputOf<typeof User>>().toEqualTypeOf<{ username: string }>();
    expectTypeOf<InputOf<typeof User>>().toEqualTypeOf<{ username: string; password: string }>();
    class Shown extends ModelSerializer(models.user, { fields: ['password'], extra: { password: { writeOnly: false } } }) {}
    expectTypeOf<OutputOf<typeof Shown>>().toEqualTypeOf<{ password: string }>();
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
    // @ts-expect-error another word than all
    ModelSerializer(models.book, { fields: '__all__' });
    // @ts-expect-error neither fields nor exclude
    ModelSerializer(models.book, { readOnly: ['title'] });
    // @ts-expect-error fields beside exclude
    ModelSerializer(models.book, { fields: ['id'], exclude: ['title'] });
    // @ts-expect-error a field to leave out that is not there
    ModelSerializer(models.book, { exclude: ['titel'] });
    // @ts-expect-error a field to leave out that is left out already
    ModelSerializer(models.book, { exclude: ['reviews'] });
    // @ts-expect-error an option that there is none of
    ModelSerializer(models.book, { fields: ['id'], readonly: ['id'] });
    // @ts-expect-error a read-only field that is not among the fields
    ModelSerializer(models.book, { fields: ['id'], readOnly: ['title'] });
    // @ts-expect-error a read-only field that is excluded
    ModelSerializer(models.book, { exclude: ['title'], readOnly: ['title'] });
    // @ts-expect-error options of a field that is not among the fields
    ModelSerializer(models.book, { fields: ['id'], extra: { title: { required: false } } });
    // @ts-expect-error an option that no field has
    ModelSerializer(models.book, { fields: ['id'], extra: { id: { requred: false } } });
    // @ts-expect-error one that no field has beside one that it has
    ModelSerializer(models.book, { fields: ['title'], extra: { title: { required: false, lable: 'Title' } } });
    // @ts-expect-error an option of another kind of field
    ModelSerializer(models.book, { fields: ['title'], extra: { title: { decimalPlaces: 2 } } });
    // @ts-expect-error a condition that authors lack
    ModelSerializer(models.book, { fields: ['author'], extra: { author: { queryset: { title: 'x' } } } });
    // @ts-expect-error deeper than ten
    ModelSerializer(models.book, { fields: ['author'], depth: 11 });
    // @ts-expect-error the row's own address is a hyperlinked serializer's
    ModelSerializer(models.book, { fields: ['id', 'url'] });
    HyperlinkedModelSerializer(models.book, { fields: ['id', 'url'], extra: { url: { lookupField: 'id' } } });
    // @ts-expect-error a key that stands for nothing among all fields of a hyperlinked serializer
    HyperlinkedModelSerializer(models.book, { exclude: ['id'] });
  });

  it('as a relation or a slug', () => {
    // @ts-expect-error a field that genres lack
    slugRelated(models.genre, { slug: 'isbn' });
    // @ts-expect-error a scope that authors lack
    primaryKeyRelated(models.author, { queryset: { title: 'x' } });
  });

  it('as a source', () => {
    class Sound extends ModelSerializer(models.book, { fields: ['id'] }) {
      writer = char({ source: 'author.name', readOnly: true });
      called = char({ source: 'title' });
      written = primaryKeyRelated(models.author, { source: 'author' });
      everything = char({ source: '*', readOnly: true, reads: ['title'] });
    }
    class Misspelt extends ModelSerializer(models.book, { fields: ['id'] }) {
      called = char({ source: 'titel' });
    }
    class MisspeltOnTheWay extends ModelSerializer(models.book, { fields: ['id'] }) {
      writer = char({ source: 'autor.name', readOnly: true });
    }
    class MisspeltAtTheEnd extends ModelSerializer(models.book, { fields: ['id'] }) {
      writer = char({ source: 'author.nam', readOnly: true });
    }
    class NoRelation extends ModelSerializer(models.book, { fields: ['id'] }) {
      written = primaryKeyRelated(models.author, { source: 'writer' });
    }
    class Plain extends Serializer {
      called = char({ source: 'titel' });
    }
    const serializers = {} as Serializers;
    ViewSet('books', { model: models.book, serializer: Sound });
    ViewSet('books', { serializer: BookSerializer });
    serializers.of(Sound);
    // Without a model nothing is known of what a serializer shows.
    ViewSet('plain', { serializer: Plain });
    // @ts-expect-error a column that books lack
    ViewSet('books', { model: models.book, serializer: Misspelt });
    // @ts-expect-error a relation that books lack
    ViewSet('books', { model: models.book, serializer: MisspeltOnTheWay });
    // @ts-expect-error a column that authors lack
    ViewSet('books', { model: models.book, serializer: MisspeltAtTheEnd });
    // @ts-expect-error a relation that books lack
    ViewSet('books', { model: models.book, serializer: NoRelation });
    // @ts-expect-error a column that the view's model lacks
    ViewSet('books', { model: models.book, serializer: Plain });
    // @ts-expect-error the same of a view
    View('book', { model: models.book, serializer: Misspelt });
    // @ts-expect-error the same of a serializer by itself
    serializers.of(Misspelt);
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
