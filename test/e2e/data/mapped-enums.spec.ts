import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src/framework/models/model.js';
import type { Lookup } from '../../../src/framework/plan/lookup.js';
import { Database } from '../../../src/framework/prisma/database.js';
import type { Where } from '../../../src/framework/plan/where.js';
import { ModelService } from '../../../src/framework/services/model-service.js';
import { Sources } from '../../../src/framework/sources/sources.js';
import { openSchema, type OwnSchema } from '../own-schema.js';

const SCHEMA = `
enum Status {
  OPEN   @map("open")
  CLOSED @map("the closed one")
  LATER
  @@map("ticket states")
}

model Queue {
  id      Int      @id @default(autoincrement())
  name    String
  tickets Ticket[]
}

model Ticket {
  id      Int      @id @default(autoincrement())
  title   String
  status  Status   @default(OPEN)
  other   Status?
  states  Status[]
  queue   Queue?   @relation(fields: [queueId], references: [id])
  queueId Int?
  labels  Label[]
  @@unique([title, status])
}

model Label {
  status  Status   @id @map("label status")
  name    String
  tickets Ticket[]
}
`;

let schema: OwnSchema;
let database: Database;
let ticket: Model;
let label: Model;
beforeAll(async () => {
  schema = await openSchema(SCHEMA);
  database = new Database(schema.client);
  ({ ticket, label } = schema.models as { ticket: Model; label: Model });
  await delegate('label').createMany({
    data: [
      { status: 'CLOSED', name: 'c' },
      { status: 'LATER', name: 'l' },
    ],
  });
});
afterAll(() => schema?.close());

const delegate = (name: string) => (schema.client as unknown as Record<string, any>)[name];
const serviceOf = (model: Model) =>
  Object.assign(new ModelService(model), { database, sources: new Sources(new ModulesContainer(), database) }) as ModelService<any>;
const stored = async (title: string) => delegate('ticket').findFirst({ where: { title }, include: { labels: true } });

describe('an enum whose values have other names in the database', () => {
  it('says them in its metadata', () =>
    expect(ticket.fields['status']!.choices).toEqual([
      { value: 'OPEN', stored: 'open', label: 'OPEN' },
      { value: 'CLOSED', stored: 'the closed one', label: 'CLOSED' },
      { value: 'LATER', label: 'LATER' },
    ]));

  it('is written with a row that is linked to others', async () => {
    const write = { model: ticket, columns: { title: 'linked', other: 'CLOSED', states: ['LATER', 'CLOSED'] } };
    await database.writer.create({ ...write, relations: { labels: { kind: 'set', keys: ['CLOSED'] } } } as never);
    expect(await stored('linked')).toMatchObject({ status: 'OPEN', other: 'CLOSED', states: ['LATER', 'CLOSED'], labels: [{ status: 'CLOSED' }] });
  });

  it('is written in many rows at once, and moved between keys', async () => {
    const service = serviceOf(ticket);
    const made = (await service.createMany([{ title: 'm1' }, { title: 'm2', status: 'CLOSED' }] as never)) as { id: number }[];
    await service.updateMany([
      { row: made[0], data: { status: 'CLOSED', other: 'OPEN' } },
      { row: made[1], data: { states: ['OPEN'], other: null } },
    ] as never);
    expect([await stored('m1'), await stored('m2')]).toMatchObject([
      { status: 'CLOSED', other: 'OPEN' },
      { status: 'CLOSED', other: null, states: ['OPEN'] },
    ]);
  });

  it('is written in related rows', async () => {
    const columns = { title: 'nested', status: 'CLOSED' };
    const row = { write: { model: ticket, columns, relations: {} } };
    const queue = schema.models['queue']!;
    await database.writer.create({
      model: queue,
      columns: { name: 'q' },
      relations: { tickets: { kind: 'rows', others: 'keep', rows: [row] } },
    } as never);
    expect(await stored('nested')).toMatchObject({ status: 'CLOSED' });
  });

  it.each<[string, Where, string[]]>([
    ['equality', { status: { equals: 'CLOSED' } }, ['f2']],
    ['several', { status: { in: ['OPEN', 'CLOSED'] } }, ['f1', 'f2']],
    ['what comes behind', { status: { gt: 'OPEN' } }, ['f2', 'f3']],
    ['negation', { NOT: { status: { equals: 'OPEN' } } }, ['f2', 'f3']],
  ])('is found by %s, in a read and in a look-up', async (_by, where, titles) => {
    await delegate('ticket').deleteMany({ where: { title: { startsWith: 'f' } } });
    await delegate('ticket').createMany({ data: [{ title: 'f1' }, { title: 'f2', status: 'CLOSED' }, { title: 'f3', status: 'LATER' }] });
    const scope = { AND: [{ title: { startsWith: 'f' } }, where] } as Where;
    const rows = (await database.objects(ticket).filter(scope).list()) as { title: string }[];
    expect(rows.map(({ title }) => title).sort()).toEqual(titles);
    const [found] = await database.answerLookups([{ kind: 'rows', model: ticket, field: 'title', values: ['f1', 'f2', 'f3'], scope }]);
    expect([...(found as Map<string, unknown>).keys()].sort()).toEqual(titles);
  });

  it.each<[string, () => Lookup, unknown]>([
    ['a row has it', () => ({ kind: 'exists', model: ticket, values: { title: 'linked', status: 'OPEN' } }), true],
    ['no row has it', () => ({ kind: 'exists', model: ticket, values: { title: 'linked', status: 'CLOSED' } }), false],
    [
      'it is taken',
      () => ({
        kind: 'taken',
        model: ticket,
        columns: ['title', 'status'],
        values: [
          ['linked', 'OPEN'],
          ['linked', 'LATER'],
        ],
        except: [],
      }),
      new Set([0]),
    ],
    [
      'rows have it for a key',
      () => ({ kind: 'rows', model: label, field: 'status', values: ['CLOSED', 'OPEN', 'nothing'] }),
      new Map([['CLOSED', { key: 'CLOSED', rows: 1 }]]),
    ],
  ])('is looked up: whether %s', async (_what, lookup, answer) => expect(await database.answerLookups([lookup()])).toEqual([answer]));
});
