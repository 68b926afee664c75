import { Migrations } from 'nest-rest-framework/migrations';
import type { Environment } from '../environment.js';
import { EnvironmentError } from '../environment.js';
import { PrismaClient } from '../generated/client/client.js';
import { fill } from './fill.js';
import { MIGRATIONS, openDatabase, type Database } from './open-database.js';

export interface PreparedDatabase extends Database {
  /** How to sign in. */
  readonly signIn: string;
}

/** Opens the database that the library is served from: the embedded one ready and filled, a server's only where no migration is missing. */
export async function prepareDatabase(environment: Environment, say: (text: string) => void): Promise<PreparedDatabase> {
  say(
    environment.databaseUrl
      ? 'Connecting to the PostgreSQL server of DATABASE_URL …'
      : `Opening the embedded PostgreSQL in ${environment.embeddedDatabase} …`,
  );
  const database = await openDatabase(environment);
  if (database.kind === 'server') {
    await refuseMissingMigrations(database);
    return { ...database, signIn: 'Sign in with a user of your own; ADMIN_PASSWORD=… npm run seed sets the password of the user admin.' };
  }
  if (database.isNew) {
    say('Filling it with the demonstration rows …');
    const client = new PrismaClient({ adapter: database.adapterFactory });
    await fill(client, { passwords: true });
  }
  return {
    ...database,
    signIn: 'Sign in   admin / admin-pass-1, alice / alice-pass-1, bob / bob-pass-1 (Basic), or POST /library/token/ for a token.',
  };
}

async function refuseMissingMigrations(database: Database): Promise<void> {
  const { pending } = await new Migrations(database.adapterFactory, MIGRATIONS).status();
  if (pending.length)
    throw new EnvironmentError([
      `The database of DATABASE_URL lacks ${pending.length} migration(s): ${pending.join(', ')}. Run npm run migrate, and start again.`,
    ]);
}
