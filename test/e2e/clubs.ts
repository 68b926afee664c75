import { Database } from '../../src/framework/prisma/database.js';
import { Routes } from '../../src/framework/routers/routes.js';
import { readInput } from '../../src/framework/serializers/input/read-input.js';
import type { SerializerClass } from '../../src/framework/serializers/serializer.js';
import { writeOf } from '../../src/framework/serializers/writes/write-data.js';
import type { RestOptions } from '../../src/framework/settings/rest-options.js';
import { compile } from '../unit/serializers/compiling.js';
import { openSchema, type OwnSchema } from './own-schema.js';

/** Every type of column that PostgreSQL has for Prisma, and every kind of relation. */
const SCHEMA = `
enum Size {
  s
  l
}

model Everything {
  id        Int        @id @default(autoincrement())
  small     Int?       @db.SmallInt
  oid       Int?       @db.Oid
  big       BigInt?
  real      Float?     @db.Real
  double    Float?
  decimal   Decimal?   @db.Decimal(8, 2)
  money     Decimal?   @db.Money
  char      String?    @db.Char(3)
  varchar   String?    @db.VarChar(3)
  text      String?
  xml       String?    @db.Xml
  inet      String?    @db.Inet
  uuid      String?    @db.Uuid
  bit       String?    @db.Bit(3)
  varbit    String?    @db.VarBit(3)
  date      DateTime?  @db.Date
  time      DateTime?  @db.Time(3)
  timetz    DateTime?  @db.Timetz(3)
  timestamp DateTime?  @db.Timestamp(3)
  moment    DateTime?  @db.Timestamptz(3)
  json      Json?      @db.Json
  jsonb     Json?
  bytes     Bytes?
  size      Size?
  flag      Boolean?
  /// @rest.blank
  texts     String[]
  /// @rest.blank
  bigs      BigInt[]
  /// @rest.blank
  decimals  Decimal[]  @db.Decimal(8, 2)
  /// @rest.blank
  dates     DateTime[] @db.Date
  /// @rest.blank
  blobs     Bytes[]
  /// @rest.blank
  sizes     Size[]
  /// @rest.blank
  jsons     Json[]
}

/// @rest.str("name") @rest.ordering("name")
model Country {
  code  String @id @db.Char(2)
  name  String
  clubs Club[]
}

/// @rest.str("name") @rest.ordering("id")
model Club {
  id          Int      @id @default(autoincrement())
  name        String
  registry    String   @unique
  countryCode String?  @db.Char(2)
  country     Country? @relation(fields: [countryCode], references: [code])
  players     Player[]
  matches     Match[]
  ground      Ground?
  fans        Fan[]
  /// @rest.blank @rest.forward
  colours     Colour[]
}

/// One to one.
/// @rest.str("address")
model Ground {
  id      Int    @id @default(autoincrement())
  address String
  clubId  Int    @unique
  club    Club   @relation(fields: [clubId], references: [id])
}

/// A key that points to another column than the primary key, and one that must be there.
/// @rest.str("name") @rest.ordering("id")
model Player {
  id           Int     @id @default(autoincrement())
  name         String
  clubRegistry String
  club         Club    @relation(fields: [clubRegistry], references: [registry])
  seats        Seat[]
}

/// A key that may be null.
/// @rest.ordering("id")
model Fan {
  id     Int    @id @default(autoincrement())
  name   String
  clubId Int?
  club   Club?  @relation(fields: [clubId], references: [id])
}

/// @rest.ordering("name")
model Colour {
  id    String @id @default(uuid()) @db.Uuid
  name  String
  clubs Club[]
}

/// @rest.ordering("id")
model Match {
  id     Int    @id @default(autoincrement())
  clubId Int
  club   Club   @relation(fields: [clubId], references: [id])
  seats  Seat[]
}

/// A many-to-many relation through a model.
/// @rest.ordering("number")
model Seat {
  matchId  Int
  playerId Int
  number   Int
  match    Match  @relation(fields: [matchId], references: [id])
  player   Player @relation(fields: [playerId], references: [id])

  @@id([matchId, playerId])
}
`;

/** Serializers of that schema at work on a database of it, without views. */
export interface Clubs extends OwnSchema {
  readonly database: Database;
  /** Reads input, writes it, and answers what is shown of the row; of a partial update, where an instance is given. */
  save(serializer: SerializerClass, input: object, instance?: object, settings?: Partial<RestOptions>): Promise<Record<string, unknown>>;
  /** What is shown of the first rows. */
  list(serializer: SerializerClass): Promise<Record<string, unknown>[]>;
}

export async function openClubs(): Promise<Clubs> {
  const schema = await openSchema(SCHEMA);
  const database = new Database(schema.client);
  const routes = new Routes();
  for (const { name, delegate } of Object.values(schema.models))
    routes.add({ path: `/${delegate}/:pk/`, routeName: `${name.toLowerCase()}-detail`, methods: ['GET'] });
  routes.add({ path: '/match/:match/players/:pk/', routeName: 'match-player-detail', methods: ['GET'] });
  const context = { baseUrl: 'http://api' };
  return {
    ...schema,
    database,
    async save(serializer, input, instance, settings) {
      const compiled = compile(serializer, settings, routes);
      const partial = instance !== undefined;
      const data = await readInput(compiled, input, { partial, ...(instance && { instance }) }, (lookups) => database.answerLookups(lookups));
      const write = writeOf(compiled, data as Record<string, unknown>);
      const row = instance ? await database.writer.update(instance, write, compiled.tree) : await database.writer.create(write, compiled.tree);
      return compiled.render(row, context);
    },
    async list(serializer) {
      const compiled = compile(serializer, {}, routes);
      const rows = await database.objects(compiled.model!).rows(compiled.tree!, 0, 100);
      return rows.map((row) => compiled.render(row, context));
    },
  };
}
