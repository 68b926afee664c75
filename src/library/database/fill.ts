import { createHash, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { models } from '../generated/models.js';
import type { Prisma, PrismaClient } from '../generated/client/client.js';
import { asData, FILLED, type Fixture, type FixtureUser, readFixture } from './fixture.js';

export interface FillOptions {
  /**
   * Whether users get the fixture's passwords and tokens. Everybody knows them: only for a database that serves a demonstration or a test.
   * Otherwise a user has no token, and a password that none matches.
   */
  readonly passwords: boolean;
  /** The password of the user admin. */
  readonly adminPassword?: string;
}

type Transaction = Prisma.TransactionClient;

/** Fills empty tables with the demonstration rows of `prisma/fixture.json`, in one transaction. */
export async function fill(client: PrismaClient, options: FillOptions): Promise<void> {
  const fixture = await readFixture();
  // Hashing takes its time: before the transaction begins.
  const passwords = await Promise.all(fixture.User.map((user) => passwordOf(user, options)));
  await client.$transaction((transaction) => write(transaction, fixture, passwords, options), { timeout: 30_000, maxWait: 10_000 });
}

/** Empties every table and begins the numbers anew: for tests that start from the fixture. */
export async function empty(client: PrismaClient): Promise<void> {
  const tables = [...FILLED, models.user, models.authToken, models.authGroup, models.authPermission].map(({ table }) => `"${table}"`);
  await client.$executeRawUnsafe(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY CASCADE`);
}

/** Gives a user a password. Returns false where there is no such user. */
export async function setPassword(client: PrismaClient, username: string, password: string): Promise<boolean> {
  const { count } = await client.user.updateMany({ where: { username }, data: { password: await hash(password) } });
  return count === 1;
}

async function write(transaction: Transaction, fixture: Fixture, passwords: readonly string[], options: FillOptions): Promise<void> {
  const users = fixture.User.map((user, index) => ({ ...asData(models.user, user), password: passwords[index] }));
  await transaction.user.createMany({ data: users as Prisma.UserCreateManyInput[] });
  if (options.passwords) {
    await transaction.authToken.createMany({ data: fixture.User.map(({ id, token }) => ({ userId: id, digest: digestOf(token) })) });
  }
  for (const model of FILLED) {
    const rows = fixture[model.name] ?? [];
    const delegate = transaction[model.delegate as 'book'];
    await delegate.createMany({ data: rows.map((row) => asData(model, row)) as never[] });
  }
  await link(transaction, models.book.relations['genres'], fixture, 'genres');
  await link(transaction, models.book.relations['favouritedBy'], fixture, 'favourited_by');
  for (const model of [models.user, models.authToken, ...FILLED]) {
    if (model.fields['id']?.type !== 'Int') continue;
    const table = `"${model.table}"`;
    await transaction.$queryRawUnsafe(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), coalesce(max(id), 0) + 1, false)::int FROM ${table}`);
  }
}

async function link(
  transaction: Transaction,
  relation: (typeof models.book.relations)[string] | undefined,
  fixture: Fixture,
  key: string,
): Promise<void> {
  if (relation?.join === undefined) throw new Error(`${key}: not a many-to-many relation of Book.`);
  const pairs = (fixture['Book'] ?? []).flatMap((book) => (book[key] as readonly number[]).map((other) => [book['id'] as number, other] as const));
  const { table, column, inverseColumn } = relation.join;
  await transaction.$executeRawUnsafe(
    `INSERT INTO "${table}" ("${column}", "${inverseColumn}") SELECT * FROM unnest($1::int[], $2::int[])`,
    pairs.map(([book]) => book),
    pairs.map(([, other]) => other),
  );
}

const hashes = new Map<string, Promise<string>>();

function passwordOf({ username, password }: FixtureUser, options: FillOptions): Promise<string> {
  if (username === 'admin' && options.adminPassword !== undefined) return hash(options.adminPassword);
  if (!options.passwords) return Promise.resolve(`!${randomBytes(20).toString('hex')}`);
  // The fixture's are public and few: a test that fills again and again hashes each once.
  const known = hashes.get(password) ?? hash(password);
  hashes.set(password, known);
  return known;
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
