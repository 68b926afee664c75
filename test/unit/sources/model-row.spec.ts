import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { scalarTree } from '../../../src/framework/plan/read-tree.js';
import { modelRow, UnfitRow } from '../../../src/framework/sources/model-row.js';

const Moon = defineModel('Moon', { fields: { name: 'String' }, primaryKey: 'name' });
const Planet = defineModel('Planet', {
  fields: {
    id: 'UUID',
    name: 'String',
    radius: 'Int?',
    mass: 'Decimal?',
    atoms: 'BigInt?',
    seen: 'DateTime?',
    found: 'Date?',
    noon: 'Time?',
    data: 'Json?',
    raw: 'Bytes?',
    kind: { type: 'Enum?', choices: ['rock', 'gas'] },
    tags: 'String[]',
  },
  relations: { moons: { model: () => Moon, many: true }, largest: { model: () => Moon, nullable: true } },
});
const ID = '0b0e7a51-9b0f-4b7e-8a1c-6d5f4e3d2c1b';
const json = { id: ID, name: 'Mars', tags: [] };
const read = (more: object) => modelRow(Planet, { ...json, ...more });

describe('a row of what JSON has', () => {
  it.each<[string, unknown, unknown]>([
    ['id', ID.toUpperCase(), ID],
    ['name', 'with a \0 in it', 'with a \0 in it'],
    ['radius', 3390, 3390],
    ['mass', '0.64', '0.64'],
    ['mass', 0.64, '0.64'],
    ['atoms', '9007199254740993', 9007199254740993n],
    ['atoms', 12, 12n],
    ['seen', '2024-01-01T05:00:00.123456+01:00', Temporal.Instant.from('2024-01-01T04:00:00.123Z')],
    ['seen', Temporal.Instant.from('2024-01-01T04:00:00Z'), Temporal.Instant.from('2024-01-01T04:00:00Z')],
    ['found', '1846-09-23', Temporal.PlainDate.from('1846-09-23')],
    ['noon', '12:00:00', Temporal.PlainTime.from('12:00')],
    ['data', { a: [1] }, { a: [1] }],
    ['raw', 'aGk=', new Uint8Array([104, 105])],
    ['kind', 'gas', 'gas'],
    ['tags', ['a', 'b'], ['a', 'b']],
    ['radius', undefined, null],
    ['radius', null, null],
  ])('has %s of %j', (name, value, expected) => {
    const found = read({ [name]: value })[name];
    expect(name === 'mass' ? String(found) : found).toEqual(expected);
  });

  it('has its columns, its related rows and nothing else', () => {
    const row = read({ other: 1, moons: [{ name: 'Phobos', other: 1 }], largest: null });
    expect(Object.keys(row)).toEqual([...Object.keys(Planet.fields), 'moons', 'largest']);
    expect(row).toMatchObject({ moons: [{ name: 'Phobos' }], largest: null });
    expect(Object.keys(modelRow(Planet, { ...json, moons: [] }, scalarTree(Planet)))).toEqual(Object.keys(Planet.fields));
  });

  it.each<[string, object, string]>([
    ['that lacks a column', { name: undefined }, 'Planet.name is missing, and may not be.'],
    ['whose column is null', { name: null }, 'Planet.name is null, and may not be.'],
    ['of another type', { radius: '3390' }, 'Planet.radius is a string; its column takes an integer.'],
    ['that no column can hold', { radius: 2 ** 40 }, 'Planet.radius is a number; its column cannot hold it.'],
    ['that is no date', { found: 'yesterday' }, 'Planet.found is a string; its column takes a Temporal.PlainDate.'],
    ['that is no choice', { kind: 'dust' }, 'Planet.kind is a string; its column cannot hold it.'],
    ['whose list is none', { tags: 'a' }, 'Planet.tags is a string, and no list.'],
    ['whose related rows are none', { moons: { name: 'x' } }, 'Planet.moons is an object, and no list of rows.'],
    ['whose related row does not fit', { moons: [{ name: 'x' }, {}] }, 'Planet.moons[1].name is missing, and may not be.'],
  ])('is refused %s, without its value', (_what, more, message) => {
    expect(() => read(more)).toThrow(UnfitRow);
    expect(() => read(more)).toThrow(message);
  });

  it.each([null, 'x', [], 3])('is none: %j', (value) => expect(() => modelRow(Planet, value)).toThrow(UnfitRow));
});
