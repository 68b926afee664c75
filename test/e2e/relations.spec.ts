import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ValidationError } from '../../src/framework/exceptions/exceptions.js';
import type { Field } from '../../src/framework/fields/field.js';
import { count } from '../../src/framework/relations/count-field.js';
import { hyperlinkedIdentity } from '../../src/framework/relations/hyperlinked-identity-field.js';
import { hyperlinkedRelated } from '../../src/framework/relations/hyperlinked-related-field.js';
import { primaryKeyRelated } from '../../src/framework/relations/primary-key-related-field.js';
import { slugRelated } from '../../src/framework/relations/slug-related-field.js';
import { stringRelated } from '../../src/framework/relations/string-related-field.js';
import { ModelSerializer } from '../../src/framework/serializers/model-serializer.js';
import type { Model } from '../../src/framework/models/model.js';
import type { ModelSerializerOptions } from '../../src/framework/serializers/model/model-serializer-options.js';
import type { SerializerClass, SerializerConstructor } from '../../src/framework/serializers/serializer.js';
import { openClubs, type Clubs } from './clubs.js';

let clubs: Clubs;
let models: Clubs['models'];
/** The client that Prisma made of a schema that the compiler does not know. */
let client: Record<string, { [operation: string]: (args?: object) => Promise<never> }>;
const RED = '00000000-0000-4000-8000-000000000001';
const BLUE = '00000000-0000-4000-8000-000000000002';

beforeAll(async () => {
  clubs = await openClubs();
  ({ models } = clubs);
  client = clubs.client as never;
}, 180_000);
afterAll(() => clubs.close());
beforeEach(async () => {
  for (const name of ['seat', 'match', 'fan', 'player', 'ground', 'club', 'colour', 'country']) await client[name]!['deleteMany']!();
  await client['country']!['createMany']!({
    data: [
      { code: 'DE', name: 'Germany' },
      { code: 'FR', name: 'France' },
    ],
  });
  await client['colour']!['createMany']!({
    data: [
      { id: RED, name: 'red' },
      { id: BLUE, name: 'blue' },
    ],
  });
  await client['club']!['create']!({ data: { id: 1, name: 'One', registry: 'r1', countryCode: 'DE', colours: { connect: [{ id: RED }] } } });
  await client['club']!['create']!({ data: { id: 2, name: 'Two', registry: 'r2' } });
  await client['ground']!['create']!({ data: { id: 5, address: 'Main Street', clubId: 1 } });
  await client['player']!['createMany']!({
    data: [
      { id: 11, name: 'Ann', clubRegistry: 'r1' },
      { id: 12, name: 'Bob', clubRegistry: 'r2' },
    ],
  });
  await client['fan']!['createMany']!({
    data: [
      { id: 21, name: 'Cy', clubId: 1 },
      { id: 22, name: 'Di' },
    ],
  });
  await client['match']!['create']!({
    data: {
      id: 31,
      clubId: 1,
      seats: {
        create: [
          { playerId: 12, number: 1 },
          { playerId: 11, number: 2 },
        ],
      },
    },
  });
});

/** The compiler does not know the models. */
const baseOf = (model: Model, options: ModelSerializerOptions) => ModelSerializer(model, options as never) as unknown as SerializerConstructor;
/** A serializer of a model with one field, `it`. */
const of = (model: string, make: () => Field, fields: readonly string[] = []): SerializerClass =>
  class One extends baseOf(models[model]!, { fields }) {
    it = make();
  };
const first = async (serializer: SerializerClass) => (await clubs.list(serializer))[0]!['it'];
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it was accepted'),
    (error) => (error instanceof ValidationError ? error.body() : Promise.reject(error as Error)),
  );
const names = (name: string, where: object) =>
  client[name]!['findMany']!({ where, orderBy: { id: 'asc' }, select: { id: true } }).then((rows: { id: unknown }[]) => rows.map(({ id }) => id));

describe('a relation is shown', () => {
  it.each<[string, string, () => Field, unknown]>([
    ['forward, by key', 'fan', () => primaryKeyRelated(models['club']!, { source: 'club' }), 1],
    ['forward, by a key that points to another column', 'player', () => primaryKeyRelated(models['club']!, { source: 'club' }), 1],
    ['forward, by slug', 'player', () => slugRelated(models['club']!, { source: 'club', slug: 'registry' }), 'r1'],
    [
      'forward, by the slug of a row behind it',
      'player',
      () => slugRelated(models['club']!, { source: 'club', slug: 'country__name', readOnly: true }),
      'Germany',
    ],
    ['forward, by address', 'fan', () => hyperlinkedRelated(models['club']!, { source: 'club' }), 'http://api/club/1/'],
    ['forward, as text', 'fan', () => stringRelated({ source: 'club' }), 'One'],
    ['reverse, by keys', 'club', () => primaryKeyRelated(models['fan']!, { source: 'fans', many: true }), [21]],
    ['reverse, by slugs', 'club', () => slugRelated(models['player']!, { source: 'players', slug: 'name', many: true, readOnly: true }), ['Ann']],
    ['reverse, by addresses', 'club', () => hyperlinkedRelated(models['fan']!, { source: 'fans', many: true }), ['http://api/fan/21/']],
    ['reverse, as a count', 'club', () => count(models['club']!, 'fans'), 1],
    ['one to one, from the side that has no key', 'club', () => primaryKeyRelated(models['ground']!, { source: 'ground', readOnly: true }), 5],
    ['one to one, as text', 'club', () => stringRelated({ source: 'ground' }), 'Main Street'],
    ['many to many, by keys', 'club', () => primaryKeyRelated(models['colour']!, { source: 'colours', many: true }), [RED]],
    ['many to many, from the other side', 'colour', () => slugRelated(models['club']!, { source: 'clubs', slug: 'registry', many: true }), []],
    ['of another row', 'player', () => primaryKeyRelated(models['country']!, { source: 'club.country' }), 'DE'],
    ['through a model, by keys', 'match', () => primaryKeyRelated(models['player']!, { source: 'seats.player', many: true }), [12, 11]],
    [
      'through a model, by slugs',
      'match',
      () => slugRelated(models['player']!, { source: 'seats.player', slug: 'name', many: true }),
      ['Bob', 'Ann'],
    ],
    ['as its own address', 'club', () => hyperlinkedIdentity(), 'http://api/club/1/'],
    [
      'as its own address under another row',
      'ground',
      () => hyperlinkedIdentity({ viewName: 'match-player-detail', urlKwargs: { match: 'club.id' } }),
      'http://api/match/1/players/5/',
    ],
  ])('%s', async (_what, model, make, shown) => {
    expect(await first(of(model, make))).toEqual(shown);
  });

  it.each<[string, string, () => Field, unknown]>([
    ['forward', 'fan', () => primaryKeyRelated(models['club']!, { source: 'club' }), null],
    ['reverse', 'club', () => slugRelated(models['fan']!, { source: 'fans', slug: 'name', many: true, readOnly: true }), []],
    ['one to one', 'club', () => hyperlinkedRelated(models['ground']!, { source: 'ground', readOnly: true }), null],
    ['by the slug of a row behind it', 'player', () => slugRelated(models['club']!, { source: 'club', slug: 'country__name', readOnly: true }), null],
  ])('%s where there is no row', async (_what, model, make, shown) => {
    expect((await clubs.list(of(model, make)))[1]!['it']).toEqual(shown);
  });
});

describe('a relation is written', () => {
  it('forward, by key, and made null', async () => {
    const fan = of('fan', () => primaryKeyRelated(models['club']!, { source: 'club', allowNull: true }), ['name']);
    expect(await clubs.save(fan, { name: 'Eve', it: 2 })).toEqual({ name: 'Eve', it: 2 });
    expect(await clubs.save(fan, { it: null }, { id: 21 })).toEqual({ name: 'Cy', it: null });
  });

  it('forward, by key, slug and address, through a key that points to another column', async () => {
    const byKey = of('player', () => primaryKeyRelated(models['club']!, { source: 'club' }), ['name']);
    expect(await clubs.save(byKey, { name: 'Eve', it: 2 })).toEqual({ name: 'Eve', it: 2 });
    const bySlug = of('player', () => slugRelated(models['club']!, { source: 'club', slug: 'name' }), ['name']);
    expect(await clubs.save(bySlug, { it: 'One' }, { id: 12 })).toEqual({ name: 'Bob', it: 'One' });
    const byAddress = of('player', () => hyperlinkedRelated(models['club']!, { source: 'club' }), ['name']);
    expect(await clubs.save(byAddress, { it: 'https://elsewhere/club/2/' }, { id: 12 })).toEqual({ name: 'Bob', it: 'http://api/club/2/' });
    expect(await names('player', { clubRegistry: 'r2' })).toContain(12);
  });

  it('forward, as the model has it: what the foreign key holds', async () => {
    class Player extends ModelSerializer(models['player']!, { fields: ['name', 'club'] }) {}
    expect(await clubs.save(Player, { name: 'Eve', club: 'r2' })).toEqual({ name: 'Eve', club: 'r2' });
    expect(await refusal(clubs.save(Player, { name: 'Eve', club: 'r9' }))).toEqual({ club: ['Object with registry=r9 does not exist.'] });
  });

  it('by the slug of a row behind it', async () => {
    const player = of('player', () => slugRelated(models['club']!, { source: 'club', slug: 'country__name' }), ['name']);
    expect(await clubs.save(player, { it: 'Germany' }, { id: 12 })).toEqual({ name: 'Bob', it: 'Germany' });
    expect(await refusal(clubs.save(player, { it: 'France' }, { id: 12 }))).toEqual({ it: ['Object with country__name=France does not exist.'] });
  });

  it('by a slug that two rows have: never', async () => {
    await client['club']!['update']!({ where: { id: 2 }, data: { countryCode: 'DE' } });
    const player = of('player', () => slugRelated(models['club']!, { source: 'club', slug: 'country__name' }));
    expect(await refusal(clubs.save(player, { it: 'Germany' }, { id: 12 }))).toEqual({ it: ['Invalid value.'] });
  });

  it('reverse, where the key may be null: exactly these afterwards', async () => {
    const club = of('club', () => primaryKeyRelated(models['fan']!, { source: 'fans', many: true }));
    expect(await clubs.save(club, { it: [22] }, { id: 1 })).toEqual({ it: [22] });
    expect(await names('fan', { clubId: null })).toEqual([21]);
    expect(await clubs.save(club, { it: [] }, { id: 1 })).toEqual({ it: [] });
    expect(await names('fan', {})).toEqual([21, 22]);
  });

  it('reverse, where each must have one: none is let go, none is deleted', async () => {
    const club = of('club', () => primaryKeyRelated(models['player']!, { source: 'players', many: true }));
    expect(await clubs.save(club, { it: [12] }, { id: 1 })).toEqual({ it: [11, 12] });
    expect(await clubs.save(club, { it: [] }, { id: 1 })).toEqual({ it: [11, 12] });
  });

  it('many to many, from both sides', async () => {
    const club = of('club', () => slugRelated(models['colour']!, { source: 'colours', slug: 'name', many: true }));
    expect(await clubs.save(club, { it: ['red', 'blue', 'red'] }, { id: 2 })).toEqual({ it: ['blue', 'red'] });
    const colour = of('colour', () => primaryKeyRelated(models['club']!, { source: 'clubs', many: true }));
    expect(await clubs.save(colour, { it: [2] }, { id: RED })).toEqual({ it: [2] });
  });

  it('through a model: never', async () => {
    const match = of('match', () => primaryKeyRelated(models['player']!, { source: 'seats.player', many: true }), ['id']);
    expect(await clubs.save(match, { it: [11] }, { id: 31 })).toEqual({ id: 31, it: [12, 11] });
  });
});

describe('the rows that a client may choose', () => {
  it('are those of a condition', async () => {
    const fan = of('fan', () => primaryKeyRelated(models['club']!, { source: 'club', queryset: { country: { name: 'Germany' } } }));
    expect(await clubs.save(fan, { it: 1 }, { id: 22 })).toEqual({ it: 1 });
    expect(await refusal(clubs.save(fan, { it: 2 }, { id: 22 }))).toEqual({ it: ['Invalid pk "2" - object does not exist.'] });
  });

  it('are those of a condition, by a slug behind them and a key that points to another column', async () => {
    const player = of('player', () => slugRelated(models['club']!, { source: 'club', slug: 'country__name', queryset: { name: 'One' } }));
    expect(await clubs.save(player, { it: 'Germany' }, { id: 12 })).toEqual({ it: 'Germany' });
  });
});

describe('what is wrong in a list', () => {
  const club = () => of('club', () => primaryKeyRelated(models['fan']!, { source: 'fans', many: true }));

  it.each<[string, unknown[], string]>([
    ['an element that is not there before one that is none', [21, 99, 'x'], 'Invalid pk "99" - object does not exist.'],
    ['one that is none before one that is not there', [21, 'x', 99], 'Incorrect type. Expected pk value, received str.'],
  ])('is told of the first element, as in DRF (REL-6): %s', async (_what, sent, message) => {
    expect(await refusal(clubs.save(club(), { it: sent }, { id: 1 }))).toEqual({ it: [message] });
  });

  it('is told of each element where a setting says so', async () => {
    expect(await refusal(clubs.save(club(), { it: [21, 'x', 99, true] }, { id: 1 }, { manyRelatedErrors: 'all' }))).toEqual({
      it: {
        1: ['Incorrect type. Expected pk value, received str.'],
        2: ['Invalid pk "99" - object does not exist.'],
        3: ['Incorrect type. Expected pk value, received bool.'],
      },
    });
  });
});

describe('statements', () => {
  it('are one for a hundred keys, one for a hundred slugs behind them', async () => {
    await client['fan']!['createMany']!({ data: Array.from({ length: 100 }, (_, at) => ({ id: 1_000 + at, name: `fan ${at}` })) });
    const keys = Array.from({ length: 100 }, (_, at) => 1_000 + at);
    const byKey = of('club', () => primaryKeyRelated(models['fan']!, { source: 'fans', many: true }));
    expect(await refusal(clubs.save(byKey, { it: [...keys, 9] }, { id: 1 }))).toEqual({ it: ['Invalid pk "9" - object does not exist.'] });
    const reads = async (work: () => Promise<unknown>) => (await clubs.counter.during(() => refusal(work()))).length;
    expect(await reads(() => clubs.save(byKey, { it: [9] }, { id: 1 }))).toBe(1);
    expect(await reads(() => clubs.save(byKey, { it: [...keys, 9] }, { id: 1 }))).toBe(1);
    const scoped = of('club', () => primaryKeyRelated(models['fan']!, { source: 'fans', many: true, queryset: { name: { startsWith: 'fan' } } }));
    expect(await reads(() => clubs.save(scoped, { it: [...keys, 21] }, { id: 1 }))).toBe(1);
  });

  it('are as many for one row as for many, whatever is shown of its relations', async () => {
    class Club extends baseOf(models['club']!, { fields: 'all', depth: 2 }) {
      fans = slugRelated(models['fan']!, { slug: 'name', many: true, readOnly: true });
      players = stringRelated({ many: true });
      ground = stringRelated();
      fanCount = count(models['club']!, 'fans');
    }
    const few = await clubs.counter.during(() => clubs.list(Club));
    await client['club']!['createMany']!({
      data: Array.from({ length: 30 }, (_, at) => ({ id: 100 + at, name: `club ${at}`, registry: `x${at}`, countryCode: 'FR' })),
    });
    let shown: object[] = [];
    const many = await clubs.counter.during(async () => (shown = await clubs.list(Club)));
    expect(shown).toHaveLength(32);
    expect(many.length).toBe(few.length);
    expect(shown[0]).toMatchObject({
      country: { code: 'DE', name: 'Germany' },
      fans: ['Cy'],
      players: ['Ann'],
      ground: 'Main Street',
      fan_count: 1,
      colours: [{ name: 'red' }],
    });
  });
});
