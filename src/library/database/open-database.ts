import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type AdapterFactory, Migrations } from 'nest-rest-framework/migrations';
import type { Environment } from '../environment.js';

export interface Database {
  /** Goes to `new PrismaClient({ adapter })`. */
  readonly adapterFactory: AdapterFactory;
  /** Where it runs: in this process, or on a server. */
  readonly kind: 'embedded' | 'server';
  /** Whether the embedded database was made just now, and has no rows yet. A server's is never looked into. */
  readonly isNew: boolean;
  /** Closes the embedded database; after the client has disconnected. A server's connections are the client's. */
  close(): Promise<void>;
}

export const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/**
 * Opens the database that the environment names. The embedded one is brought up to date at once; a server's migrations are a step of the
 * deployment, `npm run migrate`.
 */
export function openDatabase(environment: Pick<Environment, 'databaseUrl' | 'embeddedDatabase'>): Promise<Database> {
  return environment.databaseUrl === undefined ? openEmbedded(environment.embeddedDatabase) : openServer(environment.databaseUrl);
}

async function openServer(connectionString: string): Promise<Database> {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const adapterFactory = new PrismaPg({
    connectionString,
    application_name: 'library',
    max: 10,
    // A pool that is exhausted and a server that is away are errors after 5 s, not a request that never ends.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // The server stops a statement first; the client's own limit is for a server that answers no more.
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    query_timeout: 12_000,
  });
  return { adapterFactory, kind: 'server', isNew: false, close: async () => {} };
}

async function openEmbedded(folder: string): Promise<Database> {
  const [{ PGlite }, { PrismaPGlite }] = await Promise.all([import('@electric-sql/pglite'), import('pglite-prisma-adapter')]);
  if (!folder.includes('://')) await mkdir(folder, { recursive: true });
  const database = await PGlite.create(folder);
  try {
    const adapterFactory = new PrismaPGlite(database);
    await new Migrations(adapterFactory, MIGRATIONS).apply();
    const { rows } = await database.query<{ filled: boolean }>('SELECT EXISTS (SELECT FROM "user") AS filled');
    return { adapterFactory, kind: 'embedded', isNew: rows[0]?.filled === false, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
