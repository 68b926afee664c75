import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ModulesContainer } from '@nestjs/core';
import { PGlite } from '@electric-sql/pglite';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { readSchema } from '../../../src/framework/prisma/migrations/migration-folder.js';
import { withSchemaEngine } from '../../../src/framework/prisma/migrations/schema-engine.js';
import { Database } from '../../../src/framework/prisma/database.js';
import { Sources } from '../../../src/framework/sources/sources.js';
import { countStatements, type StatementCounter } from '../../../src/framework/testing/statement-counter.js';
import { PrismaClient } from '../../../src/library/generated/client/client.js';

const prismaFolder = fileURLToPath(new URL('../../../prisma', import.meta.url));

/** The library on an embedded database: the real schema and fixture, statements counted. */
export interface LibraryDatabase {
  readonly database: Database;
  /** As an application without sources of its own has them. */
  readonly sources: Sources;
  readonly client: PrismaClient;
  readonly counter: StatementCounter;
  close(): Promise<void>;
}

export async function openLibraryDatabase(): Promise<LibraryDatabase> {
  const pglite = new PGlite();
  const adapter = new PrismaPGlite(pglite) as unknown as SqlMigrationAwareDriverAdapterFactory;
  await pglite.exec(await schemaSql(adapter));
  const counter = countStatements(adapter);
  const client = new PrismaClient({ adapter: counter.factory as never });
  await loadFixture(client);
  for (const table of ['user', 'publisher', 'author', 'genre', 'book', 'review', 'reading_list', 'reading_list_item']) {
    await pglite.exec(`select setval(pg_get_serial_sequence('"${table}"', 'id'), (select max(id) from "${table}"))`);
  }
  counter.reset();
  const database = new Database(client as never);
  return {
    database,
    sources: new Sources(new ModulesContainer(), database),
    client,
    counter,
    close: async () => {
      await client.$disconnect();
      await pglite.close();
    },
  };
}

/** The tables as Prisma's own engine makes them of the schema. */
export async function schemaSql(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const { files } = await readSchema(prismaFolder);
  const { stdout } = await withSchemaEngine(adapter, (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    } as never),
  );
  return stdout as string;
}

type Row = Record<string, unknown>;

export async function loadFixture(client: PrismaClient): Promise<void> {
  const fixture = JSON.parse(await readFile(`${prismaFolder}/fixture.json`, 'utf8')) as Record<string, Row[]>;
  const of = (name: string, left: readonly string[] = []) => fixture[name]!.map((row) => toData(row, left)) as never;
  await client.user.createMany({ data: of('User', ['token']) });
  await client.publisher.createMany({ data: of('Publisher') });
  await client.author.createMany({ data: of('Author') });
  await client.genre.createMany({ data: of('Genre') });
  await client.book.createMany({ data: of('Book', ['genres', 'favourited_by']) });
  for (const book of fixture['Book']!) {
    const connect = (keys: unknown) => ({ connect: (keys as number[]).map((id) => ({ id })) });
    await client.book.update({
      where: { id: book['id'] as number },
      data: { genres: connect(book['genres']), favouritedBy: connect(book['favourited_by']), updatedAt: new Date(book['updated_at'] as string) },
    });
  }
  await client.review.createMany({ data: of('Review') });
  await client.loan.createMany({ data: of('Loan') });
  await client.readingList.createMany({ data: of('ReadingList') });
  await client.readingListItem.createMany({ data: of('ReadingListItem') });
}

function toData(row: Row, left: readonly string[]): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !left.includes(name))
      .map(([name, value]) => {
        const property = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
        return [property, typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value];
      }),
  );
}
