import { mkdir } from 'node:fs/promises';
import type { AdapterFactory } from '../framework/prisma/migrations/index.js';
import { UsageError } from './usage-error.js';

export interface OpenDatabase {
  readonly factory: AdapterFactory;
  readonly place: string;
  close(): Promise<void>;
}

/** The database that the environment names: a server's by DATABASE_URL, else the embedded one in EMBEDDED_DATABASE or `.data/postgres`. */
export async function openDatabase(environment: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  const connectionString = environment['DATABASE_URL'];
  if (connectionString) {
    const { PrismaPg } = await load('@prisma/adapter-pg', () => import('@prisma/adapter-pg'));
    // One connection, so that the engine's lock and its statements share a session. No statement time-out: a migration may take long.
    const factory = new PrismaPg({ connectionString, max: 1, connectionTimeoutMillis: 10_000 });
    return { factory, place: 'the server of DATABASE_URL', close: async () => {} };
  }
  const folder = environment['EMBEDDED_DATABASE'] || '.data/postgres';
  await mkdir(folder, { recursive: true });
  return embedded(folder, `the embedded database in ${folder}`);
}

/** An empty database in memory, to compare the migrations with the schema on. */
export function openScratch(): Promise<OpenDatabase> {
  return embedded('memory://', 'an embedded database in memory');
}

async function embedded(folder: string, place: string): Promise<OpenDatabase> {
  const [{ PGlite }, { PrismaPGlite }] = await load('@electric-sql/pglite pglite-prisma-adapter', () =>
    Promise.all([import('@electric-sql/pglite'), import('pglite-prisma-adapter')]),
  );
  const database = await PGlite.create(folder);
  return { factory: new PrismaPGlite(database), place, close: () => database.close() };
}

async function load<T>(packages: string, loading: () => Promise<T>): Promise<T> {
  try {
    return await loading();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(`A package is not installed that this needs: npm install ${packages}. To use a database server, set DATABASE_URL.`);
  }
}
