import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { avg, count, max, min, sum } from '../../../src/framework/plan/aggregates.js';
import type { Where } from '../../../src/framework/plan/where.js';
import { MemorySource } from '../../../src/framework/sources/memory/memory-source.js';

const Moon = defineModel('Moon', { fields: { name: 'String' }, primaryKey: 'name' });
const Planet = defineModel('Planet', {
  fields: {
    name: 'String',
    radius: 'Int',
    mass: 'Decimal?',
    seen: 'DateTime?',
    found: 'Date?',
    kind: { type: 'Enum', choices: ['rock', 'gas', 'ice'] },
    rings: 'Boolean',
    tags: 'String[]',
  },
  relations: { moons: { model: () => Moon, many: true }, largest: { model: () => Moon, nullable: true } },
  primaryKey: 'name',
});
type Row = ConstructorParameters<typeof MemorySource<typeof Planet>>[1] extends readonly (infer R)[] | undefined ? R : never;

const planet = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  radius: 1,
  mass: null,
  seen: null,
  found: null,
  kind: 'rock',
  rings: false,
  tags: [],
  moons: [],
  largest: null,
  ...more,
});
const titan = { name: 'Titan' };
const rows: Row[] = [
  planet('Mars', { radius: 3390, mass: new Decimal('0.64'), moons: [{ name: 'Phobos' }, { name: 'Deimos' }], largest: { name: 'Phobos' } }),
  planet('Saturn', { radius: 58232, mass: new Decimal('568.34'), kind: 'gas', rings: true, moons: [titan, { name: 'Rhea' }], largest: titan }),
  planet('Neptune', { radius: 24622, kind: 'ice', found: Temporal.PlainDate.from('1846-09-23') }),
  planet('venus', { seen: Temporal.Instant.from('2024-01-01T05:00:00Z') }),
];
const planets = () => new MemorySource(Planet, rows).objects;
const names = async (where: Where<typeof Planet>, ...ordering: string[]) =>
  (
    await planets()
      .filter(where)
      .orderBy(...ordering)
      .list()
  ).map(({ name }) => name);

describe('a MemorySource', () => {
  it.each<[string, Where<typeof Planet>, string[]]>([
    ['an unknown value is neither less', { mass: { lt: new Decimal(1) } }, ['Mars']],
    ['nor not less', { NOT: { mass: { lt: new Decimal(1) } } }, ['Saturn']],
    ['nor among others', { NOT: { mass: { in: [new Decimal(5)] } } }, ['Mars', 'Saturn']],
    ['nor other than one', { mass: { not: new Decimal('0.640') } }, ['Saturn']],
    ['null is null', { mass: null }, ['Neptune', 'venus']],
    ['what is true decides an OR beside it', { OR: [{ mass: { gt: new Decimal(1) } }, { kind: 'ice' }] }, ['Neptune', 'Saturn']],
    ['what is false decides an AND beside it', { NOT: { AND: [{ mass: { gt: new Decimal(1) } }, { kind: 'gas' }] } }, ['Mars', 'Neptune', 'venus']],
    ['case counts', { name: { contains: 'V' } }, []],
    ['unless it does not', { name: { startsWith: 'VE', mode: 'insensitive' } }, ['venus']],
    ['choices stand in their order', { kind: { gt: 'rock' } }, ['Neptune', 'Saturn']],
    ['some related row', { moons: { some: { name: 'Rhea' } } }, ['Saturn']],
    ['every one of no related rows', { moons: { every: { name: 'Rhea' } } }, ['Neptune', 'venus']],
    ['no related row', { moons: { none: {} } }, ['Neptune', 'venus']],
    ['one related row', { largest: { name: { startsWith: 'T' } } }, ['Saturn']],
    ['another one, or none', { largest: { isNot: { name: 'Titan' } } }, ['Mars', 'Neptune', 'venus']],
    ['none', { largest: null }, ['Neptune', 'venus']],
    ['a value that no column can hold', { radius: { lt: 2 ** 40 } }, ['Mars', 'Neptune', 'Saturn', 'venus']],
    ['a date', { found: { gte: Temporal.PlainDate.from('1846-09-23') } }, ['Neptune']],
    ['a moment', { seen: { lt: Temporal.Instant.from('2024-01-01T05:00:00.001Z') } }, ['venus']],
  ])('finds rows: %s', async (_what, where, expected) => expect(await names(where)).toEqual(expected));

  it.each([
    ['nulls last', ['mass'], ['Mars', 'Saturn', 'Neptune', 'venus']],
    ['nulls first when descending', ['-mass', 'name'], ['Neptune', 'venus', 'Saturn', 'Mars']],
    ['texts by code points', ['name'], ['Mars', 'Neptune', 'Saturn', 'venus']],
    ['choices as they are declared', ['-kind', 'name'], ['Neptune', 'Saturn', 'Mars', 'venus']],
    ['the number of related rows', ['-moons__count', 'name'], ['Mars', 'Saturn', 'Neptune', 'venus']],
    ['a related column', ['largest__name', 'name'], ['Mars', 'Saturn', 'Neptune', 'venus']],
  ])('orders rows: %s', async (_what, ordering, expected) => expect(await names({}, ...ordering)).toEqual(expected));

  it('sorts a letter beyond 16 bits after every other', async () => {
    const source = new MemorySource(Moon, [{ name: '\u{1F600}' }, { name: '～' }, { name: 'a' }]);
    expect((await source.objects.list()).map(({ name }) => name)).toEqual(['a', '～', '\u{1F600}']);
  });

  it('reads pages, counts and aggregates', async () => {
    expect((await planets().list(1, 2)).map(({ name }) => name)).toEqual(['Neptune', 'Saturn']);
    expect([await planets().count(), await planets().count(3), await planets().filter({ rings: true }).exists()]).toEqual([4, 3, true]);
    expect(
      await planets().aggregate({
        all: count(),
        weighed: count('mass'),
        mean: avg('radius'),
        least: min('radius'),
        most: max('radius'),
        mass: sum('mass'),
      }),
    ).toEqual({
      all: 4,
      weighed: 2,
      mean: 21561.25,
      least: 1,
      most: 58232,
      mass: 568.98,
    });
    expect(
      await planets()
        .filter({ name: 'x' })
        .aggregate({ all: count(), mean: avg('radius') }),
    ).toEqual({ all: 0, mean: null });
  });

  it('gives what a tree reads and nothing else', async () => {
    const moons = { tree: { model: Moon, columns: new Set(['name']), counts: new Set<string>(), relations: new Map() }, many: true, ordering: [] };
    const tree = {
      model: Planet,
      columns: new Set(['name']),
      counts: new Set(['moons']),
      relations: new Map([
        ['largest', { ...moons, many: false }],
        ['moons', moons],
      ]),
    };
    expect(await planets().filter({ name: 'Saturn' }).rows(tree)).toEqual([
      { name: 'Saturn', $counts: { moons: 2 }, largest: { name: 'Titan' }, moons: [{ name: 'Titan' }, { name: 'Rhea' }] },
    ]);
  });

  it('orders by no list and no JSON', async () => {
    await expect(planets().orderBy('tags').list()).rejects.toThrow('Planet: tags is a list, which has no order; order by another field.');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['that lacks a column', { radius: undefined }, 'rows[0].radius is missing; give it a value, or let Planet.radius be null'],
    ['whose value is of another type', { radius: '1' }, 'rows[0].radius is 1; radius takes an integer'],
    ['whose value no column holds', { radius: 2 ** 40 }, 'no Int can hold it'],
    ['whose choice is none', { kind: 'dust' }, 'rows[0].kind is dust'],
    ['whose moment has microseconds', { seen: Temporal.Instant.from('2024-01-01T00:00:00.000001Z') }, 'moments keep milliseconds: round it'],
    ['whose list is none', { tags: 'a' }, 'rows[0].tags is no array'],
    ['whose related rows are no list', { moons: titan }, 'rows[0].moons is no array; it leads to many rows'],
    ['whose related row does not fit', { largest: { name: 3 } }, 'rows[0].largest.name is 3; name takes a text'],
  ])('refuses a row %s', (_what, more, message) => {
    const make = () => new MemorySource(Planet, [{ ...planet('Mars'), ...more } as Row]);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });

  it('refuses two rows of one key', () => {
    expect(() => new MemorySource(Moon, [titan, { name: 'Titan' }])).toThrow('rows[1] has the key of another row, Titan; give each row its own.');
  });

  it('checks rows that come later, and finds those that a change makes', async () => {
    const changing: { name: string }[] = [{ name: 'Io' }];
    class Moons extends MemorySource<typeof Moon> {
      constructor() {
        super(Moon);
      }
      protected override async all() {
        return changing;
      }
    }
    const moons = new Moons().objects;
    expect(await moons.count()).toBe(1);
    changing.push({ name: 'Europa' });
    expect(await moons.filter({ name: 'Europa' }).exists()).toBe(true);
    changing.push({ name: 3 as never });
    await expect(moons.count()).rejects.toThrow('Moons: rows[2].name is 3');
    await expect(moons.count()).rejects.toThrow(ConfigurationError);
  });
});
