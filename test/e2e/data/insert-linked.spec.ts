import { Decimal } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src/framework/models/model.js';
import { Database } from '../../../src/framework/prisma/database.js';
import { constraintOf } from '../../../src/framework/prisma/prisma-errors.js';
import type { Write } from '../../../src/framework/plan/write.js';
import { openSchema, type OwnSchema } from '../own-schema.js';

const SCHEMA = `
enum Colour {
  red
  green
}

model Tag {
  id     BigInt  @id @default(autoincrement())
  name   String  @unique
  things Thing[]
  plain  Plain[]
}

model Thing {
  id        Int       @id @default(autoincrement())
  text      String    @default("some 'text'")
  short     String    @default("x") @map("s Hort") @db.Char(4)
  uuid      String?   @db.Uuid
  address   String?   @db.Inet
  flag      Boolean   @default(true)
  small     Int       @default(-3) @db.SmallInt
  big       BigInt?
  float     Float     @default(0.1)
  real      Float?    @db.Real
  price     Decimal?  @db.Decimal(40, 10)
  colour    Colour    @default(green)
  colours   Colour[]
  moment    DateTime? @db.Timestamptz(3)
  local     DateTime?
  day       DateTime? @db.Date
  time      DateTime? @db.Time(3)
  json      Json      @default("{\\"a\\": [1, null]}")
  nothing   Json?
  bytes     Bytes?
  names     String[]
  numbers   Int[]
  jsons     Json[]
  createdAt DateTime  @default(now())
  updatedAt DateTime  @updatedAt
  tags      Tag[]
  @@map("the things")
}

model Plain {
  id    String @id @default(uuid())
  name  String
  tags  Tag[]
}
`;

let schema: OwnSchema;
let database: Database;
let thing: Model;
const delegate = (name: string) => (schema.client as unknown as Record<string, any>)[name];

beforeAll(async () => {
  schema = await openSchema(SCHEMA);
  database = new Database(schema.client);
  thing = schema.models['thing']!;
  await delegate('tag').createMany({ data: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
});
afterAll(() => schema.close());

const write = (columns: Record<string, unknown>, keys: readonly unknown[] = [], model = thing): Write => ({
  model,
  columns,
  relations: { tags: { kind: 'set', keys } },
});

describe('A row that is linked to others', () => {
  it.each<[what: string, columns: Record<string, unknown>, asPrisma?: Record<string, unknown>]>([
    ['with nothing but what the schema says', {}],
    [
      'with texts',
      { text: '"\' \\ \n 😀 \u{10ffff}', short: 'é', uuid: '2b0b4ba3-6a8e-4b51-9d3e-b8d1c6f0a4a5', address: '::1', names: ['a,b', '"', '{}', ''] },
    ],
    [
      'with numbers',
      {
        small: -32_768,
        big: 2n ** 63n - 1n,
        float: 5e-324,
        real: 0.5,
        price: new Decimal('123456789012345678901234567890.0123456789'),
        numbers: [1, -2],
      },
    ],
    ['with great numbers', { small: 32_767, big: -(2n ** 63n), float: 1.5e308, real: -1.5, price: new Decimal('1e-10') }],
    ['with choices', { colour: 'red', colours: ['green', 'red'], flag: false }],
    [
      'with moments',
      {
        moment: Temporal.Instant.from('2024-02-29T23:59:59.123Z'),
        local: Temporal.Instant.from('0001-01-01T00:00:00Z'),
        day: Temporal.PlainDate.from('2024-02-29'),
        time: Temporal.PlainTime.from('23:59:59.999'),
      },
      {
        moment: new Date('2024-02-29T23:59:59.123Z'),
        local: new Date('0001-01-01T00:00:00Z'),
        day: new Date('2024-02-29'),
        time: new Date('1970-01-01T23:59:59.999Z'),
      },
    ],
    [
      'with JSON and bytes',
      { json: { b: '\\u0000', a: [1.5, 'x', false, null, {}] }, bytes: new Uint8Array([0, 255, 10]), jsons: [{ a: 1 }, [2], 'x', 3] },
    ],
    ['with nulls', { uuid: null, big: null, moment: null, bytes: null }],
  ])('%s, is made as Prisma makes it, in one statement and another that reads it', async (_what, columns, asPrisma = columns) => {
    const statements = await schema.counter.during(() =>
      database.writer.create(write(columns, [1n, 3n, 1n]), {
        model: thing,
        columns: new Set(['id', 'text']),
        relations: new Map(),
        counts: new Map(),
      } as never),
    );
    expect(statements.map((text) => text.slice(0, 4).toLowerCase())).toEqual(['with', 'sele']);
    await delegate('thing').create({ data: { ...asPrisma, tags: { connect: [{ id: 1 }, { id: 3 }] } } });
    const [theirs, ours] = await delegate('thing').findMany({ orderBy: { id: 'desc' }, take: 2, include: { tags: { orderBy: { id: 'asc' } } } });
    const apart = ({ id: _id, createdAt, updatedAt, ...rest }: Record<string, unknown>) => {
      expect([
        Math.abs(Date.now() - Number(createdAt)) < 60_000,
        Number(updatedAt) === Number(createdAt) || Number(updatedAt) - Number(createdAt) < 60_000,
      ]).toEqual([true, true]);
      return rest;
    };
    expect(apart(ours)).toEqual(apart(theirs));
    expect(ours.tags.map(({ name }: { name: string }) => name)).toEqual(['a', 'c']);
  });

  it('without links, is made in the same way', async () => {
    const { id } = await database.writer.create(write({ text: 'alone' }));
    expect(await delegate('thing').findUnique({ where: { id }, include: { tags: true } })).toMatchObject({ text: 'alone', tags: [] });
  });

  it('leaves nothing behind where one of them is gone', async () => {
    const before = await delegate('thing').count();
    const error = await database.writer.create(write({}, [1n, 99n])).catch((caught: unknown) => caught);
    expect(constraintOf(error)).toMatchObject({ kind: 'foreignKey' });
    expect(await delegate('thing').count()).toBe(before);
  });

  it('takes part in the transaction that it is made in', async () => {
    const before = await delegate('thing').count();
    await database
      .transaction(async () => {
        await database.writer.create(write({}, [2n]));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await delegate('thing').count()).toBe(before);
  });

  it('is made by Prisma where Prisma makes its key', async () => {
    const statements = await schema.counter.during(() => database.writer.create(write({ name: 'x' }, [1n], schema.models['plain'])));
    expect(statements.some((text) => text.toLowerCase().startsWith('with'))).toBe(false);
    const [row] = await delegate('plain').findMany({ include: { tags: true } });
    expect(row).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), tags: [{ id: 1n }] });
  });
});

describe('What is done inside a transaction', () => {
  it('finds it across awaits, and nothing of it afterwards', async () => {
    const inside = await database.transaction(async () => {
      await Promise.resolve();
      return [database.inTransaction, await new Promise((resolve) => setImmediate(() => resolve(database.inTransaction)))];
    });
    expect([inside, database.inTransaction]).toEqual([[true, true], false]);
  });

  it('finds its own while another one ends', async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const long = database.savepoint(() => Promise.resolve(0)).then(() => ended.then(() => database.inTransaction));
    const seen = await database.transaction(async () => {
      end();
      return [await long, database.inTransaction];
    });
    expect(seen).toEqual([false, true]);
  });
});
