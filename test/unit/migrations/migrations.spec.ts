import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Migrations } from '../../../src/framework/prisma/migrations/index.js';

let database: PGlite;
let folder: string;
let migrations: Migrations;

beforeAll(async () => {
  database = await PGlite.create('memory://');
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  migrations = new Migrations(new PrismaPGlite(database), folder);
  return () => rm(folder, { recursive: true });
});

async function write(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), script);
}

const tables = async (): Promise<string[]> => {
  const { rows } = await database.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};

describe('migrations', () => {
  it('are applied once, in the order of their names', async () => {
    await write('2_b', 'ALTER TABLE a ADD COLUMN b int');
    await write('1_a', 'CREATE TABLE a (id int)');
    expect(await migrations.pending()).toEqual(['1_a', '2_b']);
    expect(await migrations.apply()).toEqual(['1_a', '2_b']);
    expect(await migrations.apply()).toEqual([]);
    expect(await migrations.status()).toEqual({ pending: [], failed: [], edited: [], missing: [] });
  });

  it('are none in a folder that is not there', async () => {
    expect(await new Migrations(new PrismaPGlite(database), join(folder, 'nowhere')).apply()).toEqual([]);
  });

  it('may hold semicolons in texts and functions', async () => {
    await write('1_a', "CREATE TABLE a (t text DEFAULT 'x;y'); CREATE FUNCTION one() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql;");
    await migrations.apply();
    expect(await tables()).toEqual(['a']);
    expect((await database.query('SELECT one()')).rows).toEqual([{ one: 1 }]);
  });

  it('leave nothing behind where they fail, say why, and can be tried again', async () => {
    await write('1_a', 'CREATE TABLE a (id int); SELECT 1/0; CREATE TABLE b (id int)');
    await expect(migrations.apply()).rejects.toThrow('division by zero');
    expect(await tables()).toEqual([]);
    expect((await migrations.status()).failed).toEqual(['1_a']);
    await expect(migrations.apply()).rejects.toThrow('1_a');
    await write('1_a', 'CREATE TABLE a (id int)');
    await migrations.markRolledBack('1_a');
    expect(await migrations.apply()).toEqual(['1_a']);
  });

  it('are reported that were changed or removed after they had been applied', async () => {
    await write('1_a', 'CREATE TABLE a (id int)');
    await write('2_b', 'CREATE TABLE b (id int)');
    await migrations.apply();
    await write('1_a', 'CREATE TABLE a (id bigint)');
    await rm(join(folder, '2_b'), { recursive: true });
    expect(await migrations.status()).toMatchObject({ edited: ['1_a'], missing: ['2_b'] });
  });

  it('are written from the difference of the folder and the schema', async () => {
    const schema = join(folder, 'schema.prisma');
    await writeFile(schema, 'datasource db {\n provider = "postgresql"\n}\nmodel A {\n id Int @id\n}');
    const path = await migrations.create('add_a', schema);
    expect(path).toMatch(/\d{14}_add_a\/migration\.sql$/);
    expect(await readFile(path ?? '', 'utf8')).toContain('CREATE TABLE "A"');
    expect(await readdir(folder)).toContain('migration_lock.toml');
    expect(await migrations.create('again', schema)).toBeUndefined();
    expect(await tables()).toEqual(['A']);
  });
});
