import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import { MemoryThrottleStorage, restAdapter } from 'nest-rest-framework';
import { AppModule } from '#library/app.module.js';
import { PrismaClient } from '#library/generated/client/client.js';
import { temporaryDatabase } from './database.js';
import { LabModule } from './lab/lab.module.js';
import { throttleRates } from './lab/throttling.views.js';
import { FixtureModule } from './reset.view.js';

const database = await temporaryDatabase(process.env['DATABASE_URL']);
const prisma = new PrismaClient({ adapter: database.adapterFactory });
const throttleStorage = new MemoryThrottleStorage();

@Module({
  imports: [
    AppModule.on(prisma, { throttleRates, throttleStorage }),
    LabModule,
    RouterModule.register([{ path: 'lab', module: LabModule }]),
    FixtureModule.of(prisma, throttleStorage),
  ],
})
class ConformanceModule {}

const app = await NestFactory.create(ConformanceModule, restAdapter(), { logger: ['error', 'warn', 'fatal'] });
await app.get(FixtureModule).reset();
await app.listen(Number(process.env['PORT'] ?? 4100), '127.0.0.1');
console.log(`Serving the library and the lab on ${database.kind === 'server' ? 'PostgreSQL' : 'the embedded database'} at ${await app.getUrl()}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(
    signal,
    () =>
      void app
        .close()
        .then(() => prisma.$disconnect())
        .then(() => database.close())
        .then(() => process.exit(0)),
  );
}
