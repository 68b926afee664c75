import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../../src/framework/prisma/database.js';
import { granting, userOf } from '../../unit/authorization/granting.js';
import { openSchema, type OwnSchema } from '../own-schema.js';

const REST = readFileSync(fileURLToPath(new URL('../../../prisma/rest.prisma', import.meta.url)), 'utf8');
/** The framework's tables of groups and permissions, the last with a foreign key of books. */
const TABLES = REST.slice(REST.indexOf('/// Users who have the same permissions.'), REST.indexOf('@@map("auth_object_permission")') + 34).replace(
  '  group      AuthGroup?',
  '  bookId     String? @map("book_id") @db.Uuid\n  book       Book?   @relation(fields: [bookId], references: [id], onDelete: Cascade)\n  group      AuthGroup?',
);

const SCHEMA = `
model User {
  id                Int                    @id @default(autoincrement())
  username          String                 @unique
  password          String
  isActive          Boolean                @default(true)
  isStaff           Boolean                @default(false)
  isSuperuser       Boolean                @default(false)
  groups            AuthGroup[]            @relation("auth_user_groups")
  permissions       AuthPermission[]       @relation("auth_user_permissions")
  objectPermissions AuthObjectPermission[]
}

model Book {
  id                String                 @id @default(uuid()) @db.Uuid
  title             String
  objectPermissions AuthObjectPermission[]
}

${TABLES}`;

let schema: OwnSchema;
let granted: ReturnType<typeof granting>;
let database: Database;
beforeAll(async () => {
  schema = await openSchema(SCHEMA);
  database = new Database(schema.client);
  granted = granting(database, schema.models);
  await delegate('user').createMany({ data: ['alice', 'bob'].map((username) => ({ username, password: '!' })) });
});
afterAll(() => schema.close());

interface Delegate {
  createMany(query: object): Promise<unknown>;
  create(query: object): Promise<{ id: string }>;
  delete(query: object): Promise<unknown>;
  count(): Promise<number>;
}
const delegate = (name: string) => (schema.client as unknown as Record<string, Delegate>)[name]!;

describe('permissions for objects with a foreign key of their own', () => {
  const book = () => schema.models['book']!;

  it('narrow a list in its own statement, and go with the row', async () => {
    const [mine, ours, theirs] = await Promise.all(['Mine', 'Ours', 'Theirs'].map((title) => delegate('book').create({ data: { title } })));
    const group = await delegate('authGroup').create({ data: { name: 'readers', users: { connect: { id: 1 } } } });
    await granted.assignments.assignPerm('view_book', { user: { id: 1 } }, mine);
    await granted.assignments.assignPerm('view_book', { group }, ours);
    await granted.assignments.assignPerm('view_book', { user: { id: 2 } }, theirs);
    await granted.assignments.assignPerm('change_book', { user: { id: 1 } }, theirs);

    const titles: unknown[] = [];
    const statements = await schema.counter.during(async () => {
      const where = await granted.userPermissions.for(userOf(1)).objectsWith(book(), 'view_book', { acceptGlobalPerms: false, maxObjects: 0 });
      titles.push(...(await database.objects(book()).filter(where).list()).map((row) => (row as { title: string }).title));
    });
    expect(titles.sort()).toEqual(['Mine', 'Ours']);
    expect(statements).toHaveLength(1);
    expect(await granted.userPermissions.hasPerm(userOf(1), 'view_book', mine)).toBe(true);

    await delegate('book').delete({ where: { id: mine!.id } });
    expect(await delegate('authObjectPermission').count()).toBe(3);
  });
});
