import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import type { Lookup } from '../../../src/framework/plan/lookup.js';
import { models } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from './library-database.js';

let library: LibraryDatabase;
beforeAll(async () => void (library = await openLibraryDatabase()));
afterAll(() => library.close());

const LOAN = '00000000-0000-4000-8000-000000000001';
const one = async (lookup: Lookup) => {
  const [answer] = await library.database.answerLookups([lookup]);
  return typeof answer === 'boolean'
    ? answer
    : answer instanceof Set
      ? [...(answer as Set<number>)]
      : Object.fromEntries(answer as Map<string, unknown>);
};

describe('answerLookups', () => {
  it.each<[string, Lookup, unknown]>([
    ['texts', { kind: 'rows', model: models.genre, field: 'slug', values: ['crime', 'nope', "x'--"] }, { crime: { key: 3, rows: 1 } }],
    ['integers', { kind: 'rows', model: models.author, field: 'id', values: [1, 2, 12345] }, { 1: { key: 1, rows: 1 }, 2: { key: 2, rows: 1 } }],
    [
      'UUIDs, as they were written',
      { kind: 'rows', model: models.loan, field: 'id', values: [LOAN.toUpperCase()] },
      { [LOAN.toUpperCase()]: { key: LOAN, rows: 1 } },
    ],
    ['choices', { kind: 'rows', model: models.publisher, field: 'country', values: ['FR', 'XX'] }, { FR: { key: 1, rows: 1 } }],
    [
      'dates',
      { kind: 'rows', model: models.author, field: 'born', values: [Temporal.PlainDate.from('1935-02-11')] },
      { '1935-02-11': { key: 1, rows: 1 } },
    ],
    [
      'moments',
      { kind: 'rows', model: models.author, field: 'createdAt', values: [Temporal.Instant.from('2024-01-01T08:00:00Z')] },
      { '2024-01-01T08:00:00Z': { key: 1, rows: 1 } },
    ],
    [
      'decimals, however they are written',
      { kind: 'rows', model: models.book, field: 'price', values: ['24.500'] },
      { '24.500': { key: 1, rows: 1 } },
    ],
    [
      'values that several rows have',
      { kind: 'rows', model: models.book, field: 'inStock', values: [false] },
      { false: { key: expect.any(Number), rows: 17 } },
    ],
    [
      'a scope',
      { kind: 'rows', model: models.publisher, field: 'id', values: [1, 2], scope: { country: 'FR' } as never },
      { 1: { key: 1, rows: 1 } },
    ],
    [
      'decimals in a scope',
      { kind: 'rows', model: models.book, field: 'price', values: ['24.500'], scope: { id: 1 } as never },
      { '24.500': { key: 1, rows: 1 } },
    ],
    [
      'which values are taken',
      {
        kind: 'taken',
        model: models.book,
        columns: ['authorId', 'title'],
        values: [
          [3, 'The Golden Archive'],
          [4, 'The Golden Archive'],
          [3, "x'--"],
          [3, 'x\0'],
          [2 ** 40, 'The Golden Archive'],
        ],
        except: [],
      },
      [0],
    ],
    [
      'which values other rows have',
      {
        kind: 'taken',
        model: models.book,
        columns: ['authorId', 'title'],
        values: [[3, 'The Golden Archive']],
        except: [{ id: 1 }, { id: 2 ** 40 }],
      },
      [],
    ],
    [
      'which values of every type are taken',
      {
        kind: 'taken',
        model: models.publisher,
        columns: ['country', 'founded'],
        values: [
          ['FR', Temporal.PlainDate.from('1911-05-31')],
          ['XX', Temporal.PlainDate.from('1911-05-31')],
        ],
        except: [],
      },
      [0],
    ],
    ['that rows exist', { kind: 'exists', model: models.book, values: { authorId: 3, title: 'The Golden Archive' } }, true],
    ['that others do not', { kind: 'exists', model: models.book, values: { authorId: 3, title: 'The Golden Archive' }, except: { id: 1 } }, false],
    [
      'rows by every type at once',
      {
        kind: 'exists',
        model: models.book,
        values: { price: '24.5', inStock: true, rating: 2.2, language: 'es', published: Temporal.PlainDate.from('1999-06-17') },
      },
      true,
    ],
    ['null as nothing', { kind: 'exists', model: models.loan, values: { returnedAt: null } }, true],
  ])('finds %s', async (_, lookup, expected) => expect(await one(lookup)).toEqual(expected));

  it.each<[string, Lookup, unknown]>([
    ['no values', { kind: 'rows', model: models.genre, field: 'slug', values: [] }, {}],
    ['a text for an integer', { kind: 'rows', model: models.author, field: 'id', values: ['1', {}, null, undefined, [], true] }, {}],
    ['integers out of range', { kind: 'rows', model: models.author, field: 'id', values: [99999999999, -1e300, 1.5, NaN] }, {}],
    ['NUL and half a surrogate pair', { kind: 'rows', model: models.genre, field: 'slug', values: ['\0', '\ud800'] }, {}],
    ['a text that is no UUID', { kind: 'rows', model: models.loan, field: 'id', values: ['x'] }, {}],
    ['an integer out of range beside others', { kind: 'exists', model: models.book, values: { title: 'x', authorId: 99999999999 } }, false],
  ])('does not ask for %s', async (_, lookup, expected) => {
    const statements = await library.counter.during(async () => expect(await one(lookup)).toEqual(expected));
    expect(statements).toEqual([]);
  });

  it('asks all questions without a scope in one statement, the same whatever the values', async () => {
    const questions = (slugs: string[]): Lookup[] => [
      { kind: 'rows', model: models.genre, field: 'slug', values: slugs },
      { kind: 'rows', model: models.author, field: 'id', values: slugs.map((_, index) => index + 1) },
      { kind: 'exists', model: models.book, values: { isbn: '9782881978937' }, except: { id: slugs.length } },
    ];
    const statements = await library.counter.during(async () => {
      const [genres, authors, books] = await library.database.answerLookups(questions(['crime']));
      expect([(genres as Map<string, unknown>).size, (authors as Map<string, unknown>).size, books]).toEqual([1, 1, false]);
      await library.database.answerLookups(questions(['crime', 'poetry', ...Array.from({ length: 500 }, (_, index) => `none-${index}`)]));
    });
    expect(statements).toHaveLength(2);
    expect(statements[0]).toBe(statements[1]);
  });

  it('asks nothing where there is no question', async () => {
    expect(await library.counter.during(() => library.database.answerLookups([]))).toEqual([]);
  });

  it('refuses a field that has no equality', async () => {
    await expect(one({ kind: 'rows', model: models.book, field: 'metadata', values: [1] })).rejects.toThrow(/cannot be looked up by 'metadata'/);
    await expect(one({ kind: 'rows', model: models.book, field: 'nope', values: [1] })).rejects.toThrow(/it has no such field/);
  });
});
