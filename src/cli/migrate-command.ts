import { parseArgs } from 'node:util';
import { Migrations, type MigrationStatus } from '../framework/prisma/migrations/index.js';
import { type OpenDatabase, openDatabase, openScratch } from './database.js';
import { UsageError } from './usage-error.js';

export const MIGRATE_USAGE = `nest-rest migrate                      applies the migrations that the database lacks
nest-rest migrate --status             lists them; the exit status is 1 where there are any
nest-rest migrate --create NAME        writes the migration that leads from the folder's migrations to the schema
nest-rest migrate --rolled-back NAME   lets a migration that failed be applied again
    --schema PATH      the schema: a file or a folder (prisma)
    --migrations PATH  the migrations' folder (prisma/migrations)`;

/** `nest-rest migrate`. Returns the exit status. */
export async function migrate(args: readonly string[], environment: NodeJS.ProcessEnv, print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      status: { type: 'boolean', default: false },
      create: { type: 'string' },
      'rolled-back': { type: 'string' },
      schema: { type: 'string', default: 'prisma' },
      migrations: { type: 'string', default: 'prisma/migrations' },
    },
  });
  const { status, create, 'rolled-back': rolledBack, schema, migrations: folder } = values;
  if ([status, create, rolledBack].filter((value) => value !== undefined && value !== false).length > 1) {
    throw new UsageError('Choose one of --status, --create and --rolled-back.');
  }
  if (create !== undefined) {
    if (!/^\w{1,100}$/.test(create)) throw new UsageError(`--create ${create}: name it with letters, digits and underscores, such as add_isbn.`);
    return using(await openScratch(), async ({ factory }) => {
      const path = await new Migrations(factory, folder).create(create, schema);
      print(path === undefined ? 'The migrations and the schema agree: nothing to write.' : `Wrote ${path}: read it before you apply it.`);
      return 0;
    });
  }
  return using(await openDatabase(environment), async ({ factory, place }) => {
    const migrations = new Migrations(factory, folder);
    if (rolledBack !== undefined) {
      await migrations.markRolledBack(rolledBack);
      print(`${rolledBack}: will be applied again on ${place}.`);
      return 0;
    }
    if (status) return report(await migrations.status(), place, print);
    const applied = await migrations.apply();
    for (const name of applied) print(`Applied ${name}`);
    if (applied.length === 0) print(`Nothing to apply on ${place}.`);
    return 0;
  });
}

function report(status: MigrationStatus, place: string, print: (line: string) => void): number {
  const entries = Object.entries(status) as [keyof MigrationStatus, readonly string[]][];
  for (const [state, names] of entries) for (const name of names) print(`${state.padEnd(8)}${name}`);
  const total = entries.reduce((sum, [, names]) => sum + names.length, 0);
  if (total === 0) print(`Nothing to apply on ${place}.`);
  return total === 0 ? 0 : 1;
}

async function using(database: OpenDatabase, work: (database: OpenDatabase) => Promise<number>): Promise<number> {
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
