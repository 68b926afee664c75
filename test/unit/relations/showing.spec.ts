import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import type { ReadTree } from '../../../src/framework/plan/read-plan.js';
import { count } from '../../../src/framework/relations/count-field.js';
import { hyperlinkedIdentity } from '../../../src/framework/relations/hyperlinked-identity-field.js';
import { hyperlinkedRelated } from '../../../src/framework/relations/hyperlinked-related-field.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { slugRelated } from '../../../src/framework/relations/slug-related-field.js';
import { stringRelated } from '../../../src/framework/relations/string-related-field.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from '../serializers/compiling.js';

const routes = new Routes();
for (const [path, routeName] of [
  ['/authors/:pk/', 'author-detail'],
  ['/genres/:slug/', 'genre-detail'],
  ['/books/:pk/', 'book-detail'],
] as const) {
  routes.add({ path, routeName, methods: ['GET'] });
}

/** A serializer of books with one field, `it`. */
const withField = (make: () => unknown) =>
  compile(
    class Book extends ModelSerializer(models.book, { fields: [] }) {
      it = make();
    },
    {},
    routes,
  );
interface Read {
  columns: string[];
  counts?: string[];
  relations?: Record<string, Read>;
}
const read = (tree: ReadTree): Read => ({
  columns: [...tree.columns],
  ...(tree.counts.size && { counts: [...tree.counts] }),
  ...(tree.relations.size && { relations: Object.fromEntries([...tree.relations].map(([name, one]) => [name, read(one.tree)])) }),
});
const context = { baseUrl: 'https://api.example' };

describe('a relation', () => {
  it.each<[string, () => unknown, Read, object, unknown]>([
    ['a key without the row (REL-2)', () => primaryKeyRelated(models.author, { source: 'author' }), { columns: ['authorId'] }, { authorId: 3 }, 3],
    ['no key', () => primaryKeyRelated(models.publisher, { source: 'publisher' }), { columns: ['publisherId'] }, { publisherId: null }, null],
    [
      'a key on another row',
      () => primaryKeyRelated(models.publisher, { source: 'publisher', readOnly: true }),
      { columns: ['publisherId'] },
      { publisherId: 1 },
      1,
    ],
    [
      'keys',
      () => primaryKeyRelated(models.genre, { source: 'genres', many: true }),
      { columns: [], relations: { genres: { columns: ['id'] } } },
      { genres: [{ id: 1 }, { id: 2 }] },
      [1, 2],
    ],
    [
      'no keys',
      () => primaryKeyRelated(models.genre, { source: 'genres', many: true }),
      { columns: [], relations: { genres: { columns: ['id'] } } },
      { genres: [] },
      [],
    ],
    [
      'a slug (REL-5)',
      () => slugRelated(models.author, { source: 'author', slug: 'email' }),
      { columns: [], relations: { author: { columns: ['email'] } } },
      { author: { email: 'a@b.c' } },
      'a@b.c',
    ],
    [
      'no slug',
      () => slugRelated(models.publisher, { source: 'publisher', slug: 'name' }),
      { columns: [], relations: { publisher: { columns: ['name'] } } },
      { publisher: null },
      null,
    ],
    [
      'slugs',
      () => slugRelated(models.genre, { source: 'genres', slug: 'slug', many: true }),
      { columns: [], relations: { genres: { columns: ['slug'] } } },
      { genres: [{ slug: 'x' }] },
      ['x'],
    ],
    [
      'text (REL-1)',
      () => stringRelated({ source: 'author' }),
      { columns: [], relations: { author: { columns: ['name'] } } },
      { author: { name: 'A' } },
      'A',
    ],
    [
      'no text',
      () => stringRelated({ source: 'publisher' }),
      { columns: [], relations: { publisher: { columns: ['name'] } } },
      { publisher: null },
      null,
    ],
    [
      'texts',
      () => stringRelated({ source: 'genres', many: true }),
      { columns: [], relations: { genres: { columns: ['name'] } } },
      { genres: [{ name: 'G' }] },
      ['G'],
    ],
    [
      'text of a field of the row',
      () => stringRelated({ source: 'author.email' }),
      { columns: [], relations: { author: { columns: ['email'] } } },
      { author: { email: 'a@b.c' } },
      'a@b.c',
    ],
    [
      'an address (REL-3)',
      () => hyperlinkedRelated(models.author, { source: 'author' }),
      { columns: [], relations: { author: { columns: ['id'] } } },
      { author: { id: 3 } },
      'https://api.example/authors/3/',
    ],
    [
      'an address by another field, encoded',
      () => hyperlinkedRelated(models.genre, { source: 'genres', many: true, lookupField: 'slug' }),
      { columns: [], relations: { genres: { columns: ['slug'] } } },
      { genres: [{ slug: 'a/b é' }] },
      ['https://api.example/genres/a%2Fb%20%C3%A9/'],
    ],
    ['its own address (REL-4)', () => hyperlinkedIdentity(), { columns: ['id'] }, { id: 5 }, 'https://api.example/books/5/'],
    [
      'its own address in another view',
      () => hyperlinkedIdentity({ viewName: 'author-detail', lookupField: 'authorId' }),
      { columns: ['authorId'] },
      { authorId: 5 },
      'https://api.example/authors/5/',
    ],
    ['a count', () => count(models.book, 'reviews'), { columns: [], counts: ['reviews'] }, { $counts: { reviews: 4 } }, 4],
  ])('is shown as %s', (_what, make, tree, row, shown) => {
    const compiled = withField(make);
    expect(read(compiled.tree as ReadTree)).toEqual(tree);
    expect(compiled.render(row as never, context)).toEqual({ it: shown });
  });

  it('of many rows comes in the order of their model', () => {
    const { tree } = withField(() => primaryKeyRelated(models.genre, { source: 'genres', many: true, readOnly: true }));
    expect(tree?.relations.get('genres')?.ordering.map(({ path }) => path)).toEqual([['slug'], ['id']]);
  });

  it('is shown of plain objects too', () => {
    class Plain extends Serializer {
      author = primaryKeyRelated(models.author);
      genres = slugRelated(models.genre, { slug: 'slug', many: true });
    }
    expect(compile(Plain).render({ author: { id: 3 }, genres: [{ slug: 'x' }] } as never, context)).toEqual({ author: 3, genres: ['x'] });
  });

  it.each<[string, () => unknown, string]>([
    ['that the model lacks', () => primaryKeyRelated(models.author, { source: 'autor' }), 'Book: Book has no relation autor.'],
    [
      'to many rows, as one',
      () => primaryKeyRelated(models.genre, { source: 'genres', readOnly: true }),
      'Book: Book.genres is a list of rows: set many: true',
    ],
    [
      'to one row, as many',
      () => slugRelated(models.author, { source: 'author', slug: 'email', many: true }),
      'Book: Book.author is one row: leave many out',
    ],
    [
      'by a field that the related model lacks',
      () => slugRelated(models.author, { source: 'author', slug: 'slug' as never }),
      "Book: Book.author: Author cannot be looked up by 'slug': it has no such field; name a scalar field.",
    ],
    [
      'to a view that is not there',
      () => hyperlinkedRelated(models.publisher, { source: 'publisher' }),
      'Book: no address is called publisher-detail.',
    ],
    [
      'as text, of a model without one',
      () => stringRelated({ source: 'reviews', many: true }),
      'Book: Review does not say what stands for it as text: write /// @rest.str("field") over the model.',
    ],
    ['by no field', () => slugRelated(models.author, {} as never), 'SlugRelatedField: slug is missing; name the field that stands for a row'],
    ['that is counted and is none', () => count(models.book, 'pages' as never), 'Book: Book has no relation pages.'],
  ])('%s stops the application', (_what, make, message) => {
    expect(() => withField(make)).toThrow(ConfigurationError);
    expect(() => withField(make)).toThrow(message);
  });
});
