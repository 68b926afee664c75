import { Injectable, Scope, type ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { Database } from '../../../src/framework/prisma/database.js';
import { answerByRows } from '../../../src/framework/sources/answer-by-rows.js';
import { MemorySource } from '../../../src/framework/sources/memory/memory-source.js';
import { Sources } from '../../../src/framework/sources/sources.js';
import { models } from '../../../src/library/generated/models.js';

const Planet = defineModel('Planet', { fields: { id: 'Int', name: 'String', kind: 'String' }, uniques: ['name'] });
const rows = [
  { id: 1, name: 'Mars', kind: 'rock' },
  { id: 2, name: 'Venus', kind: 'rock' },
  { id: 3, name: 'Saturn', kind: 'gas' },
];

@Injectable()
class PlanetSource extends MemorySource<typeof Planet> {
  constructor() {
    super(Planet, rows);
  }
}

@Injectable()
class OtherPlanetSource extends PlanetSource {}

@Injectable({ scope: Scope.REQUEST })
class EphemeralSource extends PlanetSource {}

/** A database that notes what it is asked. */
const databaseOf = (asked: unknown[] = []) =>
  Object.assign(new Database({} as never), { answerLookups: async (lookups: unknown[]) => (asked.push(lookups), lookups.map(() => true)) });

const sourcesOf = async (providers: ModuleMetadata['providers'], database = databaseOf()) => {
  const module = await Test.createTestingModule({ providers: [Sources, { provide: Database, useValue: database }, ...(providers ?? [])] }).compile();
  return module.get(Sources);
};

describe('Sources', () => {
  it('know the providers that are sources, and the database for the rest', async () => {
    const sources = await sourcesOf([PlanetSource]);
    for (const _before of [true, false]) {
      expect(sources.of(Planet)).toBeInstanceOf(PlanetSource);
      expect(sources.of(models.book)).toBeUndefined();
      expect(await sources.objects(Planet).filter({ kind: 'gas' }).count()).toBe(1);
      sources.collect();
    }
  });

  it('know a source that a factory makes, under whatever tokens', async () => {
    const sources = await sourcesOf([
      { provide: 'PLANETS', useFactory: () => new MemorySource(Planet, rows) },
      { provide: 'SAME', useExisting: 'PLANETS' },
    ]);
    sources.collect();
    expect(await sources.objects(Planet).count()).toBe(3);
  });

  it('may have the rows of a generated model, too', async () => {
    const genres = new MemorySource(models.genre, [{ id: 1, name: 'Poetry', slug: 'poetry' }]);
    const sources = await sourcesOf([{ provide: 'GENRES', useValue: genres }]);
    sources.collect();
    expect(await sources.objects(models.genre).first()).toEqual({ id: 1, name: 'Poetry', slug: 'poetry' });
  });

  it.each<[string, ModuleMetadata['providers'], string]>([
    [
      'two sources of a model',
      [PlanetSource, OtherPlanetSource],
      'Planet has two sources, PlanetSource and OtherPlanetSource; leave one of them out',
    ],
    ['a source that is made for each request', [EphemeralSource], 'EphemeralSource is made for each request'],
  ])('refuse %s', async (_what, providers, message) => {
    const sources = await sourcesOf(providers);
    expect(() => sources.collect()).toThrow(ConfigurationError);
    expect(() => sources.collect()).toThrow(message);
  });

  it('refuse a model that nothing has the rows of', async () => {
    const sources = await sourcesOf([]);
    expect(() => sources.objects(Planet)).toThrow(
      'Planet is made by defineModel, and nothing has its rows: list a provider that extends ModelSource',
    );
    const none = await sourcesOf([PlanetSource], new Database(undefined) as never);
    expect(none.inReach(Planet, 'Planets')).toBeInstanceOf(PlanetSource);
    expect(() => none.inReach(models.book, 'Books')).toThrow('Books: the rows of Book are in the database, and there is none.');
  });

  it('ask the database once, and each source of its own', async () => {
    const asked: unknown[][] = [];
    const sources = await sourcesOf([PlanetSource], databaseOf(asked));
    const ofBook = (title: string) => ({ kind: 'exists', model: models.book, values: { title } }) as const;
    const answers = await sources.answerLookups([
      ofBook('a'),
      { kind: 'exists', model: Planet, values: { name: 'Mars' } },
      ofBook('b'),
      { kind: 'rows', model: Planet, field: 'name', values: ['Venus', 'Pluto'] },
    ]);
    expect(answers).toEqual([true, true, true, new Map([['Venus', { key: 2, rows: 1 }]])]);
    expect(asked).toEqual([[ofBook('a'), ofBook('b')]]);
  });
});

describe('a database without a client', () => {
  it('says so when it is asked', () => {
    const database = new Database(undefined);
    expect(database.isThere).toBe(false);
    expect(() => database.client).toThrow('The database is asked for, and there is none: give RestModule.forRoot a prisma client.');
  });
});

describe('questions to a source', () => {
  const source = new PlanetSource();
  it.each([
    ['a row with a value', { kind: 'rows', model: Planet, field: 'id', values: [3, 9] }, new Map([['3', { key: 3, rows: 1 }]])],
    [
      'rows with a value that several have',
      { kind: 'rows', model: Planet, field: 'kind', values: ['rock'] },
      new Map([['rock', { key: 1, rows: 2 }]]),
    ],
    ['rows in a scope', { kind: 'rows', model: Planet, field: 'id', values: [1, 3], scope: { kind: 'gas' } }, new Map([['3', { key: 3, rows: 1 }]])],
    ['values that the column cannot hold', { kind: 'rows', model: Planet, field: 'id', values: [2 ** 40, 1.5, null, 'x'] }, new Map()],
    ['whether there is a row', { kind: 'exists', model: Planet, values: { name: 'Mars', kind: 'rock' } }, true],
    ['whether there is another row', { kind: 'exists', model: Planet, values: { name: 'Mars' }, except: { id: 1 } }, false],
    ['whether there is another row, and there is', { kind: 'exists', model: Planet, values: { kind: 'rock' }, except: { id: 1 } }, true],
    ['whether there is a row of a value that none can have', { kind: 'exists', model: Planet, values: { id: 2 ** 40 } }, false],
    ['nothing', { kind: 'exists', model: Planet, values: {} }, false],
  ] as const)('are answered: %s', async (_what, lookup, expected) => expect(await answerByRows(source, [lookup])).toEqual([expected]));

  it('are refused about what the model lacks', async () => {
    await expect(answerByRows(source, [{ kind: 'rows', model: Planet, field: 'x', values: [1] }])).rejects.toThrow(
      "Planet cannot be looked up by 'x'",
    );
  });
});
