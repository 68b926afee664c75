import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BooksController } from './books.controller.js';
import { BooksService } from './books.service.js';
import { Database } from './database.js';
import { RefusalFilter } from './refusal.filter.js';
import { TokenGuard } from './token.guard.js';

@Module({ controllers: [BooksController], providers: [BooksService, Database, TokenGuard] })
class BooksModule {}

/** NestJS controllers on Prisma as a team writes them by hand. Serves until closed; the answer is its address. */
export async function start() {
  const adapter = new FastifyAdapter({ routerOptions: { ignoreTrailingSlash: true } });
  const application = await NestFactory.create<NestFastifyApplication>(BooksModule, adapter, { logger: ['error', 'warn'] });
  application.useGlobalFilters(new RefusalFilter());
  await application.listen(0, '127.0.0.1');
  return { address: await application.getUrl(), close: () => application.close() };
}
