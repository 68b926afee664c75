import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { OrderingFilter } from '../../../src/framework/filters/ordering-filter.js';
import { models } from '../../../src/library/generated/models.js';
import { bookView, encoded, filtered } from './filtering.js';

const orderingFields = [
  { name: 'id', key: 'id' },
  { name: 'title', key: 'title' },
  { name: 'in_stock', key: 'inStock' },
  { name: 'author__name', key: 'author__name' },
  { name: 'review_count', key: 'reviews__count' },
  { name: 'author', key: 'author' },
];
const backend = new OrderingFilter(bookView({ orderingFields }));

/** An order as it is written in `orderBy`. */
async function order(text: string, filter = backend): Promise<string[]> {
  const { ordering } = await filtered(filter, encoded({ ordering: text }));
  return ordering.map(({ path, count, descending }) => `${descending ? '-' : ''}${[...path, ...(count ? ['count'] : [])].join('__')}`);
}

describe('OrderingFilter', () => {
  it.each([
    ['title', ['title', 'id']],
    ['-title', ['-title', '-id']],
    [' title , -id ', ['title', '-id']],
    ['author__name,-title', ['author__name', '-title', '-id']],
    ['-in_stock', ['-inStock', '-id']],
    ['-review_count,title', ['-reviews__count', 'title', 'id']],
    ['-author', ['-author__id', '-id']],
    ['id', ['id']],
    ['-id,title', ['-id', 'title']],
  ])('orders by %s', async (text, expected) => {
    expect(await order(text)).toEqual(expected);
  });

  it.each([
    ['pages,-title', ['-title', '-id']],
    ['title,title,-title', ['title', 'id']],
    ['--title,title', ['title', 'id']],
    ['__proto__,constructor,title', ['title', 'id']],
    [`${'x,'.repeat(2000)}title`, ['title', 'id']],
    ['title\0,id', ['id']],
    ['inStock', ['id']],
    ['TITLE', ['id']],
    ['-', ['id']],
    [',', ['id']],
  ])('drops what is unknown or comes again in %s', async (text, expected) => {
    expect(await order(text)).toEqual(expected);
  });

  it('says that the client chose the order, only where it did', async () => {
    expect((await filtered(backend, 'ordering=title')).orderedByClient).toBe(true);
    expect((await filtered(backend, 'ordering=pages')).orderedByClient).toBe(false);
    expect((await filtered(backend, '')).orderedByClient).toBe(false);
    expect((await filtered(backend, 'ordering=title&ordering=')).orderedByClient).toBe(false);
  });

  it('lets clients order by nothing where the view names no fields', async () => {
    const none = new OrderingFilter(bookView());
    expect(await order('title', none)).toEqual(['id']);
    expect(none.parameters()).toEqual([]);
  });

  it("takes the default order's directions for a relation", async () => {
    const model = { ...models.genre, ordering: ['-slug'] };
    const book = {
      ...models.book,
      relations: { ...models.book.relations, publisher: { ...models.book.relations['publisher']!, model: () => model } },
    };
    const filter = new OrderingFilter(bookView({ model: book, orderingFields: [{ name: 'publisher', key: 'publisher' }] }));
    const { ordering } = await filtered(filter, 'ordering=-publisher', book);
    expect(ordering[0]).toEqual({ path: ['publisher', 'slug'], descending: false });
  });

  it('refuses a field that nothing can be ordered by at boot', () => {
    expect(() => new OrderingFilter(bookView({ orderingFields: [{ name: 'x', key: 'genres__name' }] }))).toThrow(ConfigurationError);
  });
});
