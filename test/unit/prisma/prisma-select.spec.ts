import { describe, expect, it } from 'vitest';
import type { Model } from '../../../src/framework/models/model.js';
import { parseOrdering } from '../../../src/framework/plan/ordering.js';
import type { ReadTree, RelationRead } from '../../../src/framework/plan/read-plan.js';
import { toOrderBy, toPrismaSelect } from '../../../src/framework/prisma/prisma-select.js';
import { models } from '../../../src/library/generated/models.js';

const tree = (model: Model, columns: string[], relations: Record<string, RelationRead> = {}, counts: string[] = []): ReadTree => ({
  model,
  columns: new Set(columns),
  counts: new Set(counts),
  relations: new Map(Object.entries(relations)),
});
const one = (related: ReadTree): RelationRead => ({ tree: related, many: false, ordering: [] });

describe('toPrismaSelect', () => {
  it('selects columns, related rows in their order, and numbers', () => {
    const genres: RelationRead = { tree: tree(models.genre, ['slug']), many: true, ordering: parseOrdering(models.genre, ['-slug']) };
    const author = one(tree(models.author, ['name'], {}, ['books']));
    expect(toPrismaSelect(tree(models.book, ['title'], { genres, author }, ['reviews']))).toMatchObject({
      load: {
        select: {
          title: true,
          genres: { select: { slug: true }, orderBy: [{ slug: 'desc' }, { id: 'desc' }] },
          author: { select: { name: true, _count: { select: { books: true } } } },
          _count: { select: { reviews: true } },
        },
        relationLoadStrategy: 'join',
      },
    });
  });

  it('puts numbers where the plan wants them, at every depth and for no row too', () => {
    const author = one(tree(models.author, ['name'], {}, ['books']));
    const books: RelationRead = { tree: tree(models.book, ['title'], { author }), many: true, ordering: [] };
    const { shape } = toPrismaSelect(tree(models.publisher, ['name'], { books }, ['books']));
    const row = {
      name: 'x',
      _count: { books: 2 },
      books: [
        { title: 'a', author: { name: 'y', _count: { books: 3 } } },
        { title: 'b', author: null },
      ],
    };
    expect(shape!(row)).toEqual({
      name: 'x',
      $counts: { books: 2 },
      books: [
        { title: 'a', author: { name: 'y', $counts: { books: 3 } } },
        { title: 'b', author: null },
      ],
    });
  });

  it('is made once for a tree, and selects a column at least', () => {
    const empty = tree(models.book, []);
    expect(toPrismaSelect(empty)).toBe(toPrismaSelect(empty));
    expect(toPrismaSelect(empty)).toEqual({ load: { select: { id: true } } });
  });

  it.each([
    ['by a join where a double keeps their digits', ['Decimal', '15', '2'], 'join'],
    ['by a statement of its own where it does not', ['Decimal', '16', '2'], 'query'],
    ['by a statement of its own where they have as many as they like', undefined, 'query'],
  ])('reads related decimals %s', (_, nativeType, strategy) => {
    const fields = { ...models.book.fields, price: { ...models.book.fields['price']!, nativeType } };
    const book = { ...models.book, fields } as unknown as Model;
    expect(toPrismaSelect(tree(models.review, ['rating'], { book: one(tree(book, ['price'])) })).load.relationLoadStrategy).toBe(strategy);
    expect(toPrismaSelect(tree(book, ['price'], { author: one(tree(models.author, ['name'])) })).load.relationLoadStrategy).toBe('join');
  });

  it('orders by columns, related columns and numbers', () => {
    expect(toOrderBy(parseOrdering(models.book, ['author__name', '-genres__count']))).toEqual([
      { author: { name: 'asc' } },
      { genres: { _count: 'desc' } },
      { id: 'desc' },
    ]);
  });
});
