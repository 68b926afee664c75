import { Migrations } from 'nest-rest-framework/migrations';
import { openDatabase, MIGRATIONS, type Database } from '#library/database/open-database.js';
import pg from 'pg';

/** A database for one run: in memory, or beside the one that a server's address names. */
export async function temporaryDatabase(serverUrl: string | undefined): Promise<Database> {
  if (!serverUrl) return openDatabase({ embeddedDatabase: 'memory://' });
  const name = `conformance_${process.pid}_${Date.now()}`;
  await onServer(serverUrl, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`);
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const database = await openDatabase({ databaseUrl, embeddedDatabase: '' });
  await new Migrations(database.adapterFactory, MIGRATIONS).apply();
  return { ...database, isNew: true, close: () => onServer(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`) };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}
