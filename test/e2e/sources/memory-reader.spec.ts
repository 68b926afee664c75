import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src/framework/models/model.js';
import { avg, count, max, min, sum } from '../../../src/framework/plan/aggregates.js';
import { assertWhere } from '../../../src/framework/plan/assert-where.js';
import type { Lookup, LookupAnswer, LookupMatch } from '../../../src/framework/plan/lookup.js';
import { answerByRows } from '../../../src/framework/sources/answer-by-rows.js';
import { parseOrdering } from '../../../src/framework/plan/ordering.js';
import { QuerySet } from '../../../src/framework/plan/query-set.js';
import type { RawRow, ReadTree } from '../../../src/framework/plan/read-plan.js';
import { keyTree, scalarTree } from '../../../src/framework/plan/read-tree.js';
import { MemoryReader } from '../../../src/framework/sources/memory/memory-reader.js';
import type { Position, Positioned } from '../../../src/framework/sources/list-source.js';
import { models } from '../../../src/library/generated/models.js';
import { openLibraryDatabase, type LibraryDatabase } from '../data/library-database.js';
import { objectRows } from './object-rows.js';
import { orderings, wheres, type Tables } from './where-arbitrary.js';

const AMONG: readonly Model[] = [models.book, models.author, models.publisher, models.genre, models.review, models.loan];

let library: LibraryDatabase;
let tables: Tables;
let memory: MemoryReader;

beforeAll(async () => {
  library = await openLibraryDatabase();
  await addOddRows();
  tables = await objectRows(library.database, AMONG);
  memory = new MemoryReader((model) => tables.get(model.name)!);
});
afterAll(() => library.close());

/** Rows that tie, that lack what may be null, and whose texts sort otherwise in UTF-16. */
async function addOddRows() {
  const { client } = library;
  const author = await client.author.create({ data: { name: '\u{1F600} smile', email: 'odd@authors.example' } });
  await client.author.create({ data: { name: '～ tilde', email: 'odder@authors.example', bio: '100% of_it \\ ΟΔΟΣ ß É' } });
  await client.publisher.create({ data: { name: 'Nowhere', country: 'GB' } });
  const book = { authorId: author.id, pages: 100, price: '24.5', language: 'fr' as const };
  await client.book.create({ data: { ...book, title: 'ÉTÉ', isbn: '1000000000001', metadata: { b: [1, 2], a: 1 } } });
  await client.book.create({ data: { ...book, title: 'été', isbn: '1000000000002', rating: 4, publisherId: 1, metadata: 'x' } });
}

const both = (model: Model) => [library.database.objects(model), new QuerySet(model, memory)] as const;
const keys = async (queryset: QuerySet, offset?: number, limit?: number) =>
  (await queryset.rows(keyTree(queryset.model), offset, limit)).map((row) => String(row['id']));

/** Which of several rows with one value is told of is nobody's to rely on. */
const withoutSharedKeys = (answer: LookupAnswer) =>
  answer instanceof Map
    ? new Map([...answer].map(([value, { key, rows }]: [string, LookupMatch]) => [value, rows > 1 ? { rows } : { key, rows }]))
    : answer;

/** As many as a quick run takes; `RUNS=5000` for a thorough one. */
const numRuns = Number(process.env['RUNS'] ?? 120);

describe('rows at hand are what PostgreSQL answers through Prisma:', () => {
  it.each(AMONG)('under any condition on $name', async (model) => {
    const [there, here] = both(model);
    await fc.assert(
      fc.asyncProperty(wheres(model, tables), async (where) => {
        expect(await keys(here.filter(where))).toEqual(await keys(there.filter(where)));
      }),
      { numRuns },
    );
  });

  it.each(AMONG)('in any order and page of $name', async (model) => {
    const [there, here] = both(model);
    await fc.assert(
      fc.asyncProperty(
        wheres(model, tables, 1),
        orderings(model, tables),
        fc.nat(12),
        fc.option(fc.nat(9), { nil: undefined }),
        async (where, ordering, offset, limit) => {
          const asked = [there, here].map((rows) => rows.filter(where).orderBy(...ordering));
          expect(await keys(asked[1]!, offset, limit)).toEqual(await keys(asked[0]!, offset, limit));
          expect(await asked[1]!.count(limit)).toBe(await asked[0]!.count(limit));
        },
      ),
      { numRuns },
    );
  });

  it.each([models.book, models.author, models.loan] as Model[])('by any cursor over $name', async (model) => {
    const orders = orderings(model, tables).filter((ordering) => parseOrdering(model, ordering).every((key) => !key.count));
    const [there, here] = both(model).map((rows) => rows.asSource(keyTree(model), (row) => String(row['id'])).keyset!);
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 5 }), fc.boolean(), async (ordering, size, backwards) => {
        const [fromThere, fromHere] = [there!.orderBy(...ordering), here!.orderBy(...ordering)];
        let position: Position | null = null;
        for (let page = 0; page < 4; page += 1) {
          const expected: Positioned<string>[] = await fromThere.after(position, size, backwards);
          const found = await fromHere.after(position, size, backwards);
          expect(found).toEqual(expected);
          if (found.length < size) break;
          position = found.at(-1)!.position;
        }
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('in aggregates', async () => {
    const asked = {
      pages: avg('pages'),
      least: min('price'),
      most: max('rating'),
      worth: sum('price'),
      rated: count('rating'),
      books: count(),
      mean: avg('rating'),
    };
    const [there, here] = both(models.book);
    await fc.assert(
      fc.asyncProperty(wheres(models.book, tables, 1), async (where) => {
        const [expected, found] = [await there.filter(where).aggregate(asked), await here.filter(where).aggregate(asked)];
        for (const [name, value] of Object.entries(expected) as [keyof typeof asked, number | null][]) {
          if (value === null) expect(found[name]).toBeNull();
          else expect(found[name]).toBeCloseTo(value, 9);
        }
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('with their columns, counts and related rows in their order', async () => {
    const author: ReadTree = { ...scalarTree(models.author), counts: new Set(['books']) };
    const genres = { tree: keyTree(models.genre), many: true, ordering: parseOrdering(models.genre, ['-slug']) };
    const reviews = {
      tree: { ...scalarTree(models.review), columns: new Set(['rating', 'text']) },
      many: true,
      ordering: parseOrdering(models.review, ['rating']),
    };
    const tree: ReadTree = {
      model: models.book,
      columns: new Set(['id', 'title', 'price', 'published', 'metadata', 'createdAt', 'rating']),
      counts: new Set(['reviews', 'loans']),
      relations: new Map([
        ['author', { tree: author, many: false, ordering: [] }],
        ['publisher', { tree: keyTree(models.publisher), many: false, ordering: [] }],
        ['genres', genres],
        ['reviews', reviews],
      ]),
    };
    const [there, here] = await Promise.all(both(models.book).map((rows) => rows.rows(tree, 0, 100)));
    const plain = (rows: readonly RawRow[]) => JSON.parse(JSON.stringify(rows)) as unknown;
    expect(plain(here!)).toEqual(plain(there!));
  });

  it.each<[string, Lookup]>([
    ['keys', { kind: 'rows', model: models.author, field: 'id', values: [1, 2, 999, '3', 1.5, null] }],
    ['a field that several rows share', { kind: 'rows', model: models.book, field: 'authorId', values: [1, 2, 3, 2 ** 40] }],
    ['decimals however they are written', { kind: 'rows', model: models.book, field: 'price', values: ['24.50', '24.5', 10] }],
    ['keys in a scope', { kind: 'rows', model: models.book, field: 'id', values: [1, 2, 3, 4], scope: { genres: { some: {} } } }],
    ['a value', { kind: 'exists', model: models.publisher, values: { name: 'Gallimard' } }],
    ['a value of another row', { kind: 'exists', model: models.publisher, values: { name: 'Gallimard' }, except: { id: 2 } }],
    ['a value of the row itself', { kind: 'exists', model: models.publisher, values: { name: 'Gallimard' }, except: { id: 1 } }],
    ['null', { kind: 'exists', model: models.publisher, values: { founded: null, name: 'Nowhere' } }],
    ['a value but for case', { kind: 'exists', model: models.book, values: { title: 'ÉTé' }, compare: { title: 'iexact' } }],
    ['a day', { kind: 'exists', model: models.book, values: { published: Temporal.PlainDate.from('1999-06-17') }, compare: { published: 'date' } }],
    ['a year', { kind: 'exists', model: models.book, values: { published: Temporal.PlainDate.from('1999-01-01') }, compare: { published: 'year' } }],
    [
      'a month',
      { kind: 'exists', model: models.book, values: { published: Temporal.PlainDate.from('2020-06-01') }, compare: { published: 'month' } },
    ],
    [
      'a month of a moment, beside another column',
      {
        kind: 'exists',
        model: models.book,
        values: { createdAt: Temporal.Instant.from('2020-02-01T00:00:00Z'), language: 'es' },
        compare: { createdAt: 'month' },
        except: { id: 1 },
      },
    ],
    ['a value in a scope', { kind: 'exists', model: models.book, values: { language: 'fr' }, scope: { pages: { gt: 10_000 } } }],
    [
      'a condition that holds for both',
      { kind: 'exists', model: models.book, values: { language: 'fr' }, condition: { where: { pages: { gt: 50 } }, values: { pages: 60 } } },
    ],
    [
      'a condition that does not hold for the new one',
      { kind: 'exists', model: models.book, values: { language: 'fr' }, condition: { where: { pages: { gt: 50 } }, values: { pages: 40 } } },
    ],
    ['a value that no row can have', { kind: 'exists', model: models.book, values: { pages: 2 ** 40 } }],
    ['values', { kind: 'taken', model: models.book, columns: ['isbn'], values: [['1000000000001'], ['x'], [null], ['1000000000002']], except: [] }],
    [
      'sets of values',
      {
        kind: 'taken',
        model: models.review,
        columns: ['bookId', 'userId'],
        values: [
          [1, 2],
          [1, 99],
          [2, 3],
          [2 ** 40, 1],
        ],
        except: [{ id: 1 }],
      },
    ],
  ])('where validation asks for %s', async (_what, lookup) => {
    const asked = { ...lookup, ...('scope' in lookup && lookup.scope && { scope: assertWhere(lookup.model, lookup.scope) }) } as Lookup;
    const condition = 'condition' in lookup && lookup.condition;
    const whole = condition ? { ...asked, condition: { ...condition, where: assertWhere(lookup.model, condition.where) } } : asked;
    const [[found], [expected]] = await Promise.all([answerByRows(memory, [whole as Lookup]), library.database.answerLookups([whole as Lookup])]);
    expect(withoutSharedKeys(found!)).toEqual(withoutSharedKeys(expected!));
  });
});
