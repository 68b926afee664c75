import { readFile } from 'node:fs/promises';
import { models } from '../generated/models.js';

/** The models of the fixture, each after those that its rows refer to. */
export const FILLED = [
  models.publisher,
  models.author,
  models.genre,
  models.book,
  models.review,
  models.loan,
  models.readingList,
  models.readingListItem,
] as const;

export interface FixtureUser {
  readonly id: number;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly [column: string]: unknown;
}

type FixtureRow = Readonly<Record<string, unknown>>;

/** `prisma/fixture.json`: the rows of each model, by the names of their columns. Keys of many-to-many relations stand in the row as lists. */
export interface Fixture {
  readonly User: readonly FixtureUser[];
  readonly [model: string]: readonly FixtureRow[];
}

const FILE = new URL('../../../prisma/fixture.json', import.meta.url);

export async function readFixture(): Promise<Fixture> {
  return JSON.parse(await readFile(FILE, 'utf8')) as Fixture;
}

/** What `createMany` takes for a row: the names of fields, and a Date where the field is a date. Columns that the model lacks are left out. */
export function asData(model: (typeof FILLED)[number] | typeof models.user, row: FixtureRow): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of Object.values(model.fields)) {
    const value = row[field.column];
    if (value !== undefined) data[field.name] = field.type === 'DateTime' && value !== null ? new Date(value as string) : value;
  }
  return data;
}
