import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertWhere } from '../../../src/framework/plan/assert-where.js';
import type { Where } from '../../../src/framework/plan/where.js';
import type { Lookup } from '../../../src/framework/plan/lookup.js';
import { models } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from './library-database.js';

let library: LibraryDatabase;
beforeAll(async () => void (library = await openLibraryDatabase()));
afterAll(() => library.close());

type Exists = Omit<Extract<Lookup, { kind: 'exists' }>, 'kind' | 'model'>;
const day = (text: string) => Temporal.PlainDate.from(text);
const moment = (text: string) => Temporal.Instant.from(text);
const book = (where: object): Where => assertWhere(models.book, where as never) as Where;
const author = (where: object): Where => assertWhere(models.author, where as never) as Where;
const asks = async (model: Lookup['model'], lookup: Exists) => (await library.database.answerLookups([{ kind: 'exists', model, ...lookup }]))[0];

/** Book 1 is The Golden Archive of author 3, of 1999-06-17 at 24.50; author 1 was born 1935-02-11 and entered 2024-01-01T08:00Z. */
describe('whether a row exists', () => {
  it.each<[string, Exists, boolean]>([
    ['a text in other letters', { values: { title: 'the GOLDEN archive' } }, false],
    ['a text but for its case', { values: { title: 'the GOLDEN archive' }, compare: { title: 'iexact' } }, true],
    ['a text with signs of a pattern', { values: { title: 'the%archive' }, compare: { title: 'iexact' } }, false],
    ['a text that no column holds', { values: { title: 'a\0' }, compare: { title: 'iexact' } }, false],
    ['its day', { values: { published: day('1999-06-17') }, compare: { published: 'date' } }, true],
    ['the day after', { values: { published: day('1999-06-18') }, compare: { published: 'date' } }, false],
    ['its month in another year', { values: { id: 1, published: day('1805-06-30') }, compare: { published: 'month' } }, true],
    ['the month after', { values: { id: 1, published: day('1999-07-17') }, compare: { published: 'month' } }, false],
    ['its year on another day', { values: { id: 1, published: day('1999-12-31') }, compare: { published: 'year' } }, true],
    ['the year before', { values: { id: 1, published: day('1998-06-17') }, compare: { published: 'year' } }, false],
    ['the last year of the calendar', { values: { published: day('9999-12-31') }, compare: { published: 'year' } }, false],
    ['a scope that holds', { values: { id: 1 }, scope: book({ language: 'es', price: { gte: '24' } }) }, true],
    ['a scope that does not', { values: { id: 1 }, scope: book({ OR: [{ language: 'en' }, { price: { lt: '24' } }] }) }, false],
    ['a scope over a relation', { values: { id: 1 }, scope: book({ author: { name: { startsWith: '' } } }) }, true],
    ['a scope over a relation, the row itself left out', { values: { id: 1 }, except: { id: 1 }, scope: book({ author: { id: 3 } }) }, false],
    [
      'a scope over a relation and a part of a date',
      { values: { published: day('1999-01-01') }, compare: { published: 'year' }, scope: book({ author: { id: 3 } }) },
      true,
    ],
    [
      'a scope over a relation and a text but for its case',
      { values: { title: 'THE golden archive' }, compare: { title: 'iexact' }, scope: book({ author: { id: 3 } }) },
      true,
    ],
    ['a condition that holds for both rows', { values: { id: 1 }, condition: { where: book({ language: 'es' }), values: { language: 'es' } } }, true],
    [
      'a condition that holds for the row there alone',
      { values: { id: 1 }, condition: { where: book({ language: 'es' }), values: { language: 'en' } } },
      false,
    ],
    [
      'a condition that holds for the new row alone',
      { values: { id: 1 }, condition: { where: book({ language: 'en' }), values: { language: 'en' } } },
      false,
    ],
    ['a condition on null', { values: { id: 1 }, condition: { where: book({ NOT: { published: null } }), values: { published: null } } }, false],
    [
      'a condition of a value that no column holds',
      { values: { id: 1 }, condition: { where: book({ pages: { gt: 1 } }), values: { pages: 1e12 } } },
      false,
    ],
  ])('finds %s', async (_what, lookup, expected) => expect(await asks(models.book, lookup)).toBe(expected));

  it.each<[string, Exists, boolean]>([
    ['the day of a moment, in UTC', { values: { id: 1, createdAt: moment('2024-01-01T23:59:59.999Z') }, compare: { createdAt: 'date' } }, true],
    ['the day before, in UTC', { values: { id: 1, createdAt: moment('2023-12-31T23:59:59Z') }, compare: { createdAt: 'date' } }, false],
    [
      'a moment finer than the column',
      { values: { id: 1, createdAt: moment('2024-01-31T10:00:00.123456Z') }, compare: { createdAt: 'month' } },
      true,
    ],
    ['the year of a moment', { values: { id: 1, createdAt: moment('2024-12-31T23:00:00Z') }, compare: { createdAt: 'year' } }, true],
    ['a moment’s scope', { values: { id: 1 }, scope: author({ createdAt: { gt: moment('2024-01-01T07:59:59Z') } }) }, true],
  ])('finds %s', async (_what, lookup, expected) => expect(await asks(models.author, lookup)).toBe(expected));

  it.each<[string, object, boolean]>([
    ['equals', { title: 'The Golden Archive' }, true],
    ['not', { title: { not: 'The Golden Archive' } }, false],
    ['in', { language: { in: ['de', 'es'] } }, true],
    ['in nothing', { language: { in: [] } }, false],
    ['an enum’s order, which is its declaration’s', { language: { gt: 'en' } }, true],
    ['the other way', { language: { lte: 'en' } }, false],
    ['contains', { title: { contains: 'Golden' } }, true],
    ['contains, signs of a pattern as they are', { title: { contains: 'G_lden' } }, false],
    ['startsWith', { title: { startsWith: 'The G' } }, true],
    ['endsWith', { title: { endsWith: 'archive' } }, false],
    ['endsWith but for its case', { title: { endsWith: 'archive', mode: 'insensitive' } }, true],
    ['equals but for its case', { title: { equals: 'the golden archive', mode: 'insensitive' } }, true],
    ['a boolean', { inStock: true }, true],
    ['a float', { rating: { lte: 2.2 } }, true],
    ['a date', { published: { gte: day('1999-06-17'), lt: day('1999-06-18') } }, true],
    ['not null', { published: { not: null } }, true],
    ['null', { publisherId: null, published: null }, false],
    ['nothing', {}, true],
    ['NOT', { NOT: { language: 'es' } }, false],
    ['no alternative', { OR: [] }, false],
  ])('understands a scope as Prisma does: %s', async (_what, scope, expected) => {
    const where = book(scope);
    expect(await asks(models.book, { values: { id: 1 }, scope: where })).toBe(expected);
    expect(
      await library.database
        .objects(models.book)
        .filter({ AND: [{ id: 1 }, where] } as never)
        .exists(),
    ).toBe(expected);
  });

  it('asks all of a request in one statement', async () => {
    const statements = await library.counter.during(async () => {
      const answers = await library.database.answerLookups([
        { kind: 'exists', model: models.book, values: { title: 'the golden archive' }, compare: { title: 'iexact' } },
        {
          kind: 'exists',
          model: models.book,
          values: { published: day('1999-06-17') },
          compare: { published: 'month' },
          scope: book({ language: 'es' }),
        },
        { kind: 'exists', model: models.book, values: { id: 1 }, condition: { where: book({ language: 'es' }), values: { language: 'es' } } },
        { kind: 'rows', model: models.publisher, field: 'id', values: [1, 2], scope: { country: 'FR' } as never },
      ]);
      expect(answers.map((answer) => (answer instanceof Map ? [...answer.keys()] : answer))).toEqual([true, true, true, ['1']]);
    });
    expect(statements).toHaveLength(1);
  });
});
