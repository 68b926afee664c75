import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { restAdapter, Routes } from 'nest-rest-framework';
import { serveOpenApi } from 'nest-rest-framework/openapi';
import { AppModule } from './app.module.js';
import { prepareDatabase } from './database/prepare-database.js';
import { EnvironmentError, readEnvironment } from './environment.js';
import { PrismaClient } from './generated/client/client.js';
import { throttlesOn } from './throttles.js';

const say = (text: string) => console.log(text);

async function main(): Promise<void> {
  const environment = readEnvironment();
  const database = await prepareDatabase(environment, say);
  const prisma = new PrismaClient({ adapter: database.adapterFactory });
  const root = AppModule.on(prisma, throttlesOn(environment.redisUrl));
  const app = await NestFactory.create<NestFastifyApplication>(root, restAdapter(), { logger: ['error', 'warn', 'fatal'] });
  app.enableShutdownHooks();
  serveOpenApi(app, { title: 'Library', version: '1.0', description: 'The example of nest-rest-framework.' });
  await app.listen(environment.port, environment.host);
  if (process.argv.includes('--routes')) say(app.get(Routes).toString());
  const address = `http://${environment.host.includes(':') ? `[${environment.host}]` : environment.host}:${environment.port}`;
  say(
    `\nThe library   ${address}/library/\nSwagger UI    ${address}/docs/\nOpenAPI       ${address}/schema/  (YAML: ${address}/schema/?format=yaml)\n\n${database.signIn}`,
  );
}

main().catch((error: unknown) => {
  if (error instanceof EnvironmentError) console.error(error.message);
  else new Logger('Library').error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
