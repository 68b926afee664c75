import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import type { Field, FieldOptions } from '../../../src/framework/fields/field.js';
import { method } from '../../../src/framework/fields/method-field.js';
import type { Model } from '../../../src/framework/models/model.js';
import type { ReadTree } from '../../../src/framework/plan/read-plan.js';
import { StringRelatedField } from '../../../src/framework/relations/string-related-field.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { HyperlinkedModelSerializer } from '../../../src/framework/serializers/hyperlinked-model-serializer.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import type { SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { render, run } from '../generator/schema.js';
import { compile } from './compiling.js';

const names = (serializer: SerializerClass, routes?: Routes) => compile(serializer, {}, routes).fields.map(({ name }) => name);
const routes = new Routes();
for (const model of ['author', 'book', 'publisher', 'genre', 'user', 'review'])
  routes.add({ path: `/${model}s/:pk/`, routeName: `${model}-detail`, methods: ['GET'] });

const REVIEW = ['id', 'rating', 'text', 'createdAt', 'book', 'user'];

describe('the fields of a model’s serializer', () => {
  it.each<[string, () => SerializerClass, string[]]>([
    ['a list', () => ModelSerializer(models.review, { fields: ['text', 'id'] }), ['text', 'id']],
    ['all: the key, the columns, the relations that hold a key (SER-20)', () => ModelSerializer(models.review, { fields: 'all' }), REVIEW],
    [
      'all, without hidden columns and without other models’ rows',
      () => ModelSerializer(models.user, { fields: 'all' }),
      ['id', 'username', 'email', 'isStaff', 'isSuperuser', 'isActive', 'dateJoined'],
    ],
    ['all but some', () => ModelSerializer(models.review, { exclude: ['createdAt', 'user'] }), ['id', 'rating', 'text', 'book']],
    [
      'all with the declared ones after the key',
      () =>
        class extends ModelSerializer(models.review, { fields: 'all' }) {
          mood = method(models.review, { reads: ['rating'] }, ({ rating }) => rating > 3);
        },
      ['id', 'mood', 'rating', 'text', 'createdAt', 'book', 'user'],
    ],
    [
      'all, of which a declared one takes the place where it is declared',
      () =>
        class extends ModelSerializer(models.review, { fields: 'all' }) {
          override text = new CharField({ maxLength: 10 }) as never;
        },
      ['id', 'text', 'rating', 'createdAt', 'book', 'user'],
    ],
    [
      'a list with the declared ones last',
      () =>
        class extends ModelSerializer(models.review, { fields: ['rating', 'id'] }) {
          mood = method(models.review, { reads: ['rating'] }, ({ rating }) => rating > 3);
        },
      ['rating', 'id', 'mood'],
    ],
    [
      'those that getFields answers (SER-7)',
      () =>
        class extends ModelSerializer(models.review, { fields: ['id', 'rating', 'text'] }) {
          override getFields(): Record<string, Field> {
            const { text: _text, ...others } = super.getFields();
            return others;
          }
        },
      ['id', 'rating'],
    ],
    [
      'addresses in place of the key',
      () => HyperlinkedModelSerializer(models.review, { fields: 'all' }),
      ['url', 'rating', 'text', 'createdAt', 'book', 'user'],
    ],
    [
      'its address where the list names it',
      () => HyperlinkedModelSerializer(models.review, { fields: ['id', 'url', 'text'] }),
      ['id', 'url', 'text'],
    ],
    ['its address first where it does not', () => HyperlinkedModelSerializer(models.review, { fields: ['id', 'text'] }), ['url', 'id', 'text']],
    [
      'addresses without its own excluded',
      () => HyperlinkedModelSerializer(models.review, { exclude: ['text', 'user'] }),
      ['url', 'rating', 'createdAt', 'book'],
    ],
  ])('are %s', (_what, make, fields) => {
    expect(names(make(), routes)).toEqual(fields);
  });

  it('are shown in the order of the model and never show what is hidden', () => {
    const { tree } = compile(ModelSerializer(models.user, { fields: 'all' }));
    expect([...(tree as ReadTree).columns]).not.toContain('password');
  });

  it('are written and not shown where they are hidden and named', () => {
    const user = compile(ModelSerializer(models.user, { fields: ['id', 'password'] }));
    expect([...(user.tree as ReadTree).columns]).toEqual(['id']);
    expect(user.writable.map(({ name }) => name)).toEqual(['password']);
  });

  it('are shown where they are hidden, and extra says so', () => {
    const user = compile(ModelSerializer(models.user, { fields: ['password'], extra: { password: { writeOnly: false } } }));
    expect([...(user.tree as ReadTree).columns]).toEqual(['password']);
  });

  it('are written where the database makes a value, and extra says so', () => {
    const { field } = compile(ModelSerializer(models.loan, { fields: ['id'], extra: { id: { readOnly: false } } })).writable[0]!;
    expect(field).toMatchObject({ required: false });
  });

  it('may have a default where the model asks for a value', () => {
    const { field } = compile(ModelSerializer(models.review, { fields: ['rating'], extra: { rating: { default: 3 } } })).writable[0]!;
    expect(field).toMatchObject({ required: false, options: { default: 3, min: 1 } });
  });

  it('have other options at their own address', () => {
    const { fields } = compile(
      HyperlinkedModelSerializer(models.author, { fields: ['name'], extra: { url: { viewName: 'genre-detail', lookupField: 'email' } } }),
      {},
      routes,
    );
    expect(fields[0]?.field).toMatchObject({ options: { readOnly: true } });
  });
});

describe('depth (SER-24)', () => {
  const shape = (tree: ReadTree): object =>
    Object.fromEntries([
      ...[...tree.columns].map((name) => [name, 1] as const),
      ...[...tree.relations].map(([name, one]) => [name, shape(one.tree)] as const),
    ]);
  const author = { id: 1, name: 1, email: 1, bio: 1, born: 1, createdAt: 1 };

  it('nests a relation with all its fields, and keys under it', () => {
    class Review extends ModelSerializer(models.review, { fields: ['id', 'user'], depth: 1 }) {}
    const compiled = compile(Review);
    expect(shape(compiled.tree as ReadTree)).toEqual({
      id: 1,
      user: { id: 1, username: 1, email: 1, isStaff: 1, isSuperuser: 1, isActive: 1, dateJoined: 1 },
    });
    expect(compiled.writable).toEqual([]);
  });

  it('nests what is under it as deep as it says', () => {
    class Review extends ModelSerializer(models.review, { fields: ['book'], depth: 2 }) {}
    expect(shape(compile(Review).tree as ReadTree)).toMatchObject({ book: { title: 1, author, publisher: { name: 1 }, genres: { slug: 1 } } });
    class Shallow extends ModelSerializer(models.review, { fields: ['book'], depth: 1 }) {}
    expect(shape(compile(Shallow).tree as ReadTree)).toMatchObject({ book: { authorId: 1, publisherId: 1, genres: { id: 1 } } });
  });

  it('never shows a hidden column, however deep', () => {
    class Review extends ModelSerializer(models.review, { fields: 'all', depth: 10 }) {}
    expect(JSON.stringify(shape(compile(Review).tree as ReadTree))).not.toMatch(/password|digest/);
  });

  it('nests lists too, and rows that may be missing', () => {
    class Author extends ModelSerializer(models.author, { fields: ['books'], depth: 1 }) {}
    const rows = { books: [{ id: 1, title: 'T', authorId: 2, publisherId: null, genres: [{ id: 3 }], favouritedBy: [] }] };
    expect(compile(Author).render(rows as never, { baseUrl: '' })).toMatchObject({
      books: [{ id: 1, title: 'T', author: 2, publisher: null, genres: [3] }],
    });
    class Book extends ModelSerializer(models.book, { fields: ['publisher'], depth: 1 }) {}
    expect(compile(Book).render({ publisher: null } as never, { baseUrl: '' })).toEqual({ publisher: null });
  });

  it('nests addresses under a hyperlinked serializer', () => {
    class Review extends HyperlinkedModelSerializer(models.review, { fields: ['book'], depth: 1 }) {}
    const row = { id: 7, book: { id: 1, author: { id: 2 }, publisher: null, genres: [], favouritedBy: [{ id: 4 }] } };
    expect(compile(Review, {}, routes).render(row as never, { baseUrl: 'http://a' })).toMatchObject({
      url: 'http://a/reviews/7/',
      book: { url: 'http://a/books/1/', author: 'http://a/authors/2/', publisher: null, genres: [], favourited_by: ['http://a/users/4/'] },
    });
    expect(names(Review, routes)).toEqual(['url', 'book']);
  });

  it('makes the nested serializer of a model once, so that documents tell of it once', () => {
    const nestedIn = (serializer: SerializerClass) =>
      compile(serializer).fields.map(({ field }) => (field as never as { serializer: SerializerClass }).serializer);
    const [one] = nestedIn(ModelSerializer(models.review, { fields: ['user'], depth: 1 }));
    const [other] = nestedIn(ModelSerializer(models.loan, { fields: ['borrower'], depth: 1 }));
    expect(one).toBe(other);
    expect(one?.name).toBe('NestedUserSerializer');
  });
});

describe('the hooks that make fields (SER-23)', () => {
  it('are asked for a column, a relation and a nested relation', () => {
    const asked: string[] = [];
    class Review extends ModelSerializer(models.review, { fields: ['text', 'user'], readOnly: ['user'], extra: { text: { label: 'T' } } }) {
      protected override buildStandardField(name: string, extra: FieldOptions): Field {
        asked.push(`${name} ${JSON.stringify(extra)}`);
        return super.buildStandardField(name, extra);
      }
      protected override buildRelationalField(name: string, extra: FieldOptions): Field {
        asked.push(`${name} ${JSON.stringify(extra)}`);
        return new StringRelatedField();
      }
    }
    compile(class extends Review {});
    expect(asked).toEqual(['text {"label":"T"}', 'user {"readOnly":true}']);
    class Deep extends ModelSerializer(models.review, { fields: ['user'], depth: 3 }) {
      protected override buildNestedField(name: string, extra: FieldOptions, depth: number): Field {
        asked.push(`${name} ${depth}`);
        return super.buildNestedField(name, extra, depth);
      }
    }
    compile(Deep);
    expect(asked.at(-1)).toBe('user 3');
  });
});

describe('a model that fits badly', () => {
  const modelOf = async (body: string): Promise<Model> => (await run(render(`model M {\n id Int @id\n ${body}\n}`)))['m']!;

  it('because it has a field url, is not hyperlinked', async () => {
    const model = await modelOf('url String');
    expect(() => HyperlinkedModelSerializer(model, { fields: ['id'] })).toThrow(
      new ConfigurationError(
        'HyperlinkedModelSerializer(M): the model has a field url itself; use ModelSerializer, and hyperlinkedIdentity() under another name.',
      ),
    );
  });

  it('because a field is called as a method of serializers, is refused', async () => {
    class Serializer extends ModelSerializer(await modelOf('validate String'), { fields: ['validate'] }) {}
    expect(() => compile(Serializer)).toThrow(new ConfigurationError('Serializer: validate is a method of every serializer; rename M.validate.'));
  });
});
