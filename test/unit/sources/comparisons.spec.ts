import { describe, expect, it } from 'vitest';
import { assertWhere } from '../../../src/framework/plan/assert-where.js';
import { comparisonsOf, whereOf } from '../../../src/framework/sources/remote/comparisons.js';
import { models } from '../../../src/library/generated/models.js';

const split = (where: object) => comparisonsOf(models.book, assertWhere(models.book, where as never));

describe('a condition as comparisons', () => {
  it.each<[string, object, unknown]>([
    ['an equality', { language: 'fr' }, [['language', 'exact', 'fr']]],
    [
      'several',
      { pages: { gte: 3, lt: 9 }, AND: [{ title: { contains: 'x' } }] },
      [
        ['pages', 'gte', 3],
        ['pages', 'lt', 9],
        ['title', 'contains', 'x'],
      ],
    ],
    ['without case', { title: { startsWith: 'x', mode: 'insensitive' } }, [['title', 'istartswith', 'x']]],
    ['null', { rating: null }, [['rating', 'isnull', true]]],
    ['not null', { rating: { not: null } }, [['rating', 'isnull', false]]],
    ['of a related row', { author: { name: { equals: 'x' } } }, [['author__name', 'exact', 'x']]],
    ['an OR of one', { OR: [{ id: { in: [1, 2] } }] }, [['id', 'in', [1, 2]]]],
  ])('is %s', (_what, where, expected) => {
    const { comparisons, rest } = split(where)!;
    expect(comparisons.map(({ path, lookup, value }) => [path, lookup, value])).toEqual(expected);
    expect(rest).toEqual([]);
    const again = comparisonsOf(models.book, { AND: comparisons.map(whereOf) })!;
    expect(again.comparisons).toEqual(comparisons);
  });

  it.each<[string, object]>([
    ['an OR', { OR: [{ id: 1 }, { id: 2 }] }],
    ['a NOT', { NOT: { id: 1 } }],
    ['another value', { title: { not: 'x' } }],
    ['a list without case', { title: { in: ['x'], mode: 'insensitive' } }],
    ['many rows', { genres: { some: { id: 1 } } }],
    ['a related row', { publisher: { isNot: null } }],
    ['an OR of a related row', { author: { is: { OR: [{ id: 1 }, { id: 2 }] } } }],
  ])('is none where it is %s', (_what, where) => {
    expect(split(where)).toMatchObject({ comparisons: [], rest: [expect.anything()] });
  });

  it('says that no row meets it', () => expect(split({ pages: 2 ** 40 })).toBeNull());
});
