import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { InjectOptions, Response } from 'light-my-request';
import { restAdapter, type RestOptions } from 'nest-rest-framework';
import { countStatements, type StatementCounter } from 'nest-rest-framework/testing';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { AppModule } from '#library/app.module.js';
import { PrismaClient } from '#library/generated/client/client.js';
import { TEMPLATE } from '../database-template.js';
import { cloneOnServer, onServer } from '../server-database.js';

export const TOKENS = { admin: 'a'.repeat(40), alice: 'b'.repeat(40), bob: 'c'.repeat(40), carol: 'd'.repeat(40) } as const;

/** The library on a database of its own, and whoever asks it. */
export interface Library {
  readonly app: NestFastifyApplication;
  readonly prisma: PrismaClient;
  readonly counter: StatementCounter;
  /** Sends a request; `as` signs it. */
  send(
    method: InjectOptions['method'],
    url: string,
    options?: { as?: keyof typeof TOKENS; json?: unknown; payload?: string | Buffer; headers?: Record<string, string> },
  ): Promise<Response>;
  close(): Promise<void>;
}

/** The PostgreSQL server that tests may make databases on, where there is one. */
export const SERVER = process.env['TEST_DATABASE_URL'];
/** What a test's name says where it is skipped for want of one. */
export const WITHOUT_SERVER = SERVER ? '' : ' (skipped: TEST_DATABASE_URL is not set)';

export interface LibraryOptions {
  readonly settings?: Partial<RestOptions>;
  /** Modules beside the library's own. */
  readonly imports?: ModuleMetadata['imports'];
  /** Called before the application is initialised. */
  readonly prepare?: (app: NestFastifyApplication) => void;
  /** Whether it is on the PostgreSQL server. Default: where there is one. */
  readonly onServer?: boolean;
}

/** Starts the library on a filled database of its own: a clone of the template, or one on the server. */
export async function openLibrary(options: LibraryOptions = {}): Promise<Library> {
  const database = await ((options.onServer ?? onServer) ? cloneOnServer() : cloneEmbedded());
  const counter = countStatements(database.adapterFactory as never);
  const prisma = new PrismaClient({ adapter: counter.factory as never });
  const module = await Test.createTestingModule({ imports: [AppModule.on(prisma, options.settings), ...(options.imports ?? [])] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(restAdapter(), { logger: ['error', 'fatal'] });
  options.prepare?.(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    prisma,
    counter,
    send: (method, url, { as, json, payload, headers = {} } = {}) =>
      app.inject({
        method,
        url,
        headers: {
          ...(as && { authorization: `Token ${TOKENS[as]}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json !== undefined ? { payload: JSON.stringify(json) } : payload !== undefined ? { payload } : {}),
      }) as Promise<Response>,
    async close() {
      await app.close();
      await prisma.$disconnect();
      await database.drop();
    },
  };
}

async function cloneEmbedded() {
  const pglite = await PGlite.create({ loadDataDir: new Blob([await readFile(TEMPLATE)]) });
  return { adapterFactory: new PrismaPGlite(pglite), drop: () => pglite.close() };
}
