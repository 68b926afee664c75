import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { restAdapter } from 'nest-rest-framework';
import { AppModule } from '../../dist/library/app.module.js';
import { openDatabase } from '../../dist/library/database/open-database.js';
import { PrismaClient } from '../../dist/library/generated/client/client.js';

/** The library as built. Serves until closed; the answer is its address. */
export async function start() {
  const { adapterFactory, close } = await openDatabase({ databaseUrl: process.env.DATABASE_URL });
  const prisma = new PrismaClient({ adapter: adapterFactory });
  const application = await NestFactory.create(AppModule.on(prisma), restAdapter(), { logger: ['error', 'warn'] });
  await application.listen(0, '127.0.0.1');
  return {
    address: await application.getUrl(),
    async close() {
      await application.close();
      await prisma.$disconnect();
      await close();
    },
  };
}
