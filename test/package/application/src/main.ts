import 'reflect-metadata';
import { PGlite } from '@electric-sql/pglite';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AllowAny, ModelSerializer, ModelViewSet, restAdapter, RestModule, ViewSet } from 'nest-rest-framework';
import { Migrations } from 'nest-rest-framework/migrations';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { PrismaClient } from './generated/client/client.js';
import { models, type NoteModel } from './generated/models.js';

class NoteSerializer extends ModelSerializer(models.note, { fields: ['id', 'text', 'done'] }) {}

@ViewSet('notes', { model: models.note, serializer: NoteSerializer })
class NoteViewSet extends ModelViewSet<NoteModel> {}

const database = await PGlite.create();
const adapter = new PrismaPGlite(database);
await new Migrations(adapter, 'prisma/migrations').apply();
const prisma = new PrismaClient({ adapter });

@Module({
  imports: [RestModule.forRoot({ prisma: prisma as never, models, authentication: [], permissions: [AllowAny] })],
  controllers: [NoteViewSet],
})
class AppModule {}

const application = await NestFactory.create(AppModule, restAdapter(), { logger: ['error', 'warn'] });
await application.listen(0, '127.0.0.1');
const notes = `${await application.getUrl()}/notes/`;

const headers = { 'Content-Type': 'application/json' };
const created = await fetch(notes, { method: 'POST', headers, body: JSON.stringify({ text: 'Buy milk' }) });
const refused = await fetch(notes, { method: 'POST', headers, body: JSON.stringify({ text: 'x'.repeat(21) }) });
const listed = await fetch(notes);
console.log(JSON.stringify([created.status, await created.json(), refused.status, await refused.json(), listed.status, await listed.json()]));

await application.close();
await prisma.$disconnect();
await database.close();
