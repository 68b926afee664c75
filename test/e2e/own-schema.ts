import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Model } from 'nest-rest-framework';
import type { PrismaClientLike } from '../../src/framework/prisma/prisma-client.js';
import { countStatements, type StatementCounter } from 'nest-rest-framework/testing';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { withSchemaEngine } from '../../src/framework/prisma/migrations/schema-engine.js';
import { render, run } from '../unit/generator/schema.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HEAD = `generator client {
  provider               = "prisma-client"
  output                 = "./client"
  runtime                = "nodejs"
  moduleFormat           = "esm"
  generatedFileExtension = "ts"
  importFileExtension    = "js"
  previewFeatures        = ["relationJoins"]
}

datasource db {
  provider = "postgresql"
}
`;

/** An empty embedded database of a schema, the client that Prisma generates for it, and its models. */
export interface OwnSchema {
  readonly models: Readonly<Record<string, Model>>;
  readonly client: PrismaClientLike & { $disconnect(): Promise<void> };
  readonly counter: StatementCounter;
  close(): Promise<void>;
}

/** Makes a database and a client of models that the library has none of; the client is generated once and kept. */
export async function openSchema(schema: string): Promise<OwnSchema> {
  const folder = generate(schema);
  const pglite = await PGlite.create();
  const adapter = new PrismaPGlite(pglite);
  const { stdout } = await withSchemaEngine(adapter as never, (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: join(folder, 'schema.prisma'), content: HEAD + schema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    } as never),
  );
  await pglite.exec(stdout as string);
  const counter = countStatements(adapter as never);
  const { PrismaClient } = (await import(join(folder, 'client/client.ts'))) as { PrismaClient: new (options: object) => OwnSchema['client'] };
  const client = new PrismaClient({ adapter: counter.factory });
  return {
    models: await run(render(schema)),
    client,
    counter,
    async close() {
      await client.$disconnect();
      await pglite.close();
    },
  };
}

function generate(schema: string): string {
  const folder = join(
    root,
    'dist/test-schemas',
    createHash('sha256')
      .update(HEAD + schema)
      .digest('hex')
      .slice(0, 16),
  );
  if (existsSync(join(folder, 'client/client.ts'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'schema.prisma'), HEAD + schema);
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--no-hints', '--schema', join(folder, 'schema.prisma')],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    },
  );
  if (status !== 0) throw new Error(`prisma generate: ${stderr}`);
  return folder;
}
