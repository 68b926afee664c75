import { describe, expect, it } from 'vitest';
import { InvalidPosition } from '../../../src/framework/sources/list-source.js';
import type { Model } from '../../../src/framework/models/model.js';
import { afterPosition, assertKeyset } from '../../../src/framework/plan/keyset.js';
import { parseOrdering } from '../../../src/framework/plan/ordering.js';
import { parsePosition, positionOf } from '../../../src/framework/plan/position.js';
import { models } from '../../../src/library/generated/models.js';

const order = (...keys: string[]) => parseOrdering(models.book, keys);

describe('afterPosition', () => {
  it('asks for what is beyond the first key, or level with it and beyond the next', () => {
    expect(afterPosition(models.book, order('title'), ['x', 3])).toEqual({
      AND: [{ title: { gte: 'x' } }, { OR: [{ title: { gt: 'x' } }, { AND: [{ title: { equals: 'x' } }, { id: { gt: 3 } }] }] }],
    });
  });

  it('puts nulls last when ascending', () => {
    expect(afterPosition(models.book, order('rating'), [4, 3])).toEqual({
      OR: [{ OR: [{ rating: { gt: 4 } }, { rating: { equals: null } }] }, { AND: [{ rating: { equals: 4 } }, { id: { gt: 3 } }] }],
    });
    expect(afterPosition(models.book, order('rating'), [null, 3])).toEqual({ AND: [{ rating: { equals: null } }, { id: { gt: 3 } }] });
  });

  it('puts nulls first when descending', () => {
    expect(afterPosition(models.book, order('-rating'), [null, 3])).toEqual({
      OR: [{ rating: { not: null } }, { AND: [{ rating: { equals: null } }, { id: { lt: 3 } }] }],
    });
  });

  it('takes a relation to nothing for null', () => {
    expect(afterPosition(models.book, order('publisher__name'), [null, 3])).toEqual({ AND: [{ publisher: { is: null } }, { id: { gt: 3 } }] });
  });
});

describe('assertKeyset', () => {
  it('refuses a number of rows, and columns without an order', () => {
    expect(() => assertKeyset(models.book, order('genres__count'))).toThrow(/a number of rows/);
    expect(() => assertKeyset(models.book, order('metadata'))).toThrow(/Json columns have no order/);
  });

  it('refuses a moment finer than a millisecond', () => {
    const fields = { ...models.book.fields, createdAt: { ...models.book.fields['createdAt']!, nativeType: ['Timestamptz', '6'] } };
    const fine = { ...models.book, fields } as unknown as Model;
    expect(() => assertKeyset(fine, parseOrdering(fine, ['createdAt']))).toThrow(/declare it @db.Timestamptz\(3\)/);
    expect(() => assertKeyset(models.book, order('createdAt', 'published', 'author__name'))).not.toThrow();
  });
});

describe('positions', () => {
  it('are JSON scalars, and are read back', () => {
    const ordering = order('createdAt', 'price', 'published', 'publisher__name', 'inStock');
    const row = {
      id: 3,
      createdAt: new Date('2024-01-01T00:00:00.120Z'),
      price: { toString: () => '10.50' },
      published: new Date('1999-06-17T00:00:00Z'),
      publisher: null,
      inStock: true,
    };
    const position = positionOf(models.book, ordering, row);
    expect(position).toEqual(['2024-01-01T00:00:00.120Z', '10.50', '1999-06-17', null, true, 3]);
    expect(parsePosition(models.book, ordering, JSON.parse(JSON.stringify(position))).map(String)).toEqual([
      '2024-01-01T00:00:00.12Z',
      '10.50',
      '1999-06-17',
      'null',
      'true',
      '3',
    ]);
  });

  it.each<[string, string[], unknown]>([
    ['too few values', ['title'], ['x']],
    ['too many values', ['title'], ['x', 1, 2]],
    ['no list', ['title'], 'x'],
    ['null of a column that has none', ['title'], [null, 1]],
    ['a text for a number', ['title'], ['x', '1']],
    ['a fraction', ['title'], ['x', 1.5]],
    ['a number out of range', ['title'], ['x', 1e15]],
    ['a NUL', ['title'], ['\0', 1]],
    ['a list for a text', ['title'], [['x'], 1]],
    ['an object for a text', ['title'], [{}, 1]],
    ['a malformed moment', ['createdAt'], ['yesterday', 1]],
    ['a number for a moment', ['createdAt'], [5, 1]],
    ['a moment past the calendar', ['createdAt'], ['+020000-01-01T00:00:00Z', 1]],
    ['a malformed date', ['published'], ['2024-13-01', 1]],
    ['a malformed decimal', ['price'], ['ten', 1]],
    ['a number for a decimal', ['price'], [10, 1]],
    ['an unknown choice', ['language'], ['xx', 1]],
  ])('refuse %s', (_, keys, position) => {
    expect(() => parsePosition(models.book, order(...keys), position as never)).toThrow(InvalidPosition);
  });
});
