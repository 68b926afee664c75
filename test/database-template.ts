import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Migrations } from 'nest-rest-framework/migrations';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { fill } from '#library/database/fill.js';
import { PrismaClient } from '#library/generated/client/client.js';
import { dropServerTemplate, makeServerTemplate, onServer } from './server-database.js';

/** Where the template is kept: every test file clones it. */
export const TEMPLATE = fileURLToPath(new URL('../node_modules/.cache/test-database.tar', import.meta.url));

const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** Makes the database that every test file starts from: migrated and filled, once for a run. */
export default async function setup(): Promise<() => Promise<void>> {
  if (onServer) {
    await makeServerTemplate();
    return dropServerTemplate;
  }
  const database = await PGlite.create();
  const adapter = new PrismaPGlite(database);
  await new Migrations(adapter, MIGRATIONS).apply();
  const client = new PrismaClient({ adapter });
  await fill(client, { passwords: true });
  // Used just now, for ever: no request of a test writes it down, and statements can be counted.
  await client.authToken.updateMany({ data: { lastUsedAt: new Date('2100-01-01') } });
  await client.$disconnect();
  const dump = await database.dumpDataDir('none');
  await mkdir(new URL('.', `file://${TEMPLATE}`), { recursive: true });
  await writeFile(TEMPLATE, Buffer.from(await dump.arrayBuffer()));
  await database.close();
  return async () => {};
}
