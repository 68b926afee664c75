import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm';
import type { AdapterFactory } from './schema-engine.js';

const LOCK_FILE = 'migration_lock.toml';

/** Reads `NAME/migration.sql` beneath a folder, in the order of the names. A folder that is not there holds none. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const lock = await readFile(join(folder, LOCK_FILE), 'utf8').catch(() => null);
  return {
    baseDir: resolve(folder),
    lockfile: { path: LOCK_FILE, content: lock },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: await readFile(join(folder, path, 'migration.sql'), 'utf8') } },
      })),
    ),
  };
}

/** Writes a migration's script, and beside it the file by which Prisma knows for which database the folder is. Returns the script's path. */
export async function writeMigration(folder: string, name: string, script: string, adapter: AdapterFactory['provider']): Promise<string> {
  const path = join(folder, name, 'migration.sql');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, script, { flag: 'wx' });
  const provider = adapter === 'postgres' ? 'postgresql' : adapter;
  await writeFile(
    join(folder, LOCK_FILE),
    `# Written by Prisma Migrate and nest-rest migrate: keep it under version control.\nprovider = "${provider}"\n`,
  );
  return path;
}

/** Reads a schema: one file, or every `.prisma` file beneath a folder. */
export async function readSchema(path: string): Promise<SchemasContainer> {
  if (path.endsWith('.prisma')) return { files: [{ path: basename(path), content: await readFile(path, 'utf8') }] };
  const entries = await readdir(path, { recursive: true });
  const names = entries.filter((entry) => entry.endsWith('.prisma')).sort();
  return { files: await Promise.all(names.map(async (name) => ({ path: name, content: await readFile(join(path, name), 'utf8') }))) };
}
