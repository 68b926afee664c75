import { Migrations } from 'nest-rest-framework/migrations';
import pg from 'pg';
import { fileURLToPath } from 'node:url';
import { fill } from '#library/database/fill.js';
import { openDatabase } from '#library/database/open-database.js';
import { PrismaClient } from '#library/generated/client/client.js';

const SERVER = process.env['TEST_DATABASE_URL'];
const NAME = 'nest_rest_framework_test';
const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** Whether the end-to-end tests run on the PostgreSQL server of TEST_DATABASE_URL, rather than on the embedded database. */
export const onServer = SERVER !== undefined && SERVER !== '';

const addressOf = (name: string) => Object.assign(new URL(SERVER as string), { pathname: `/${name}` }).href;

/** Makes the database on the server that every test file clones. */
export async function makeServerTemplate(): Promise<void> {
  await ask(`DROP DATABASE IF EXISTS "${NAME}" WITH (FORCE)`);
  await ask(`CREATE DATABASE "${NAME}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`);
  const { adapterFactory } = await openDatabase({ databaseUrl: addressOf(NAME), embeddedDatabase: '' });
  await new Migrations(adapterFactory, MIGRATIONS).apply();
  const client = new PrismaClient({ adapter: adapterFactory });
  await fill(client, { passwords: true });
  // Used just now, for ever: no request of a test writes it down, and statements can be counted.
  await client.authToken.updateMany({ data: { lastUsedAt: new Date('2100-01-01') } });
  await client.$disconnect();
}

export const dropServerTemplate = (): Promise<void> => ask(`DROP DATABASE IF EXISTS "${NAME}" WITH (FORCE)`);

/** A clone of it, and how to drop it. */
export async function cloneOnServer() {
  const name = `${NAME}_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await ask(`CREATE DATABASE "${name}" TEMPLATE "${NAME}"`);
  const { adapterFactory } = await openDatabase({ databaseUrl: addressOf(name), embeddedDatabase: '' });
  return { adapterFactory, drop: () => ask(`DROP DATABASE "${name}" WITH (FORCE)`) };
}

async function ask(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
