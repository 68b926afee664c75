import { describe, expect, it } from 'vitest';
import { describeModels, type ModelMetadata } from '../../../src/generator/metadata.js';
import { parseSchema } from './schema.js';

const SCHEMA = `
enum Language {
  en
  /// @rest.label("French")
  fr
}

/// A person.
/// @rest.ordering("fullName", "-id") @rest.str("fullName") @rest.verboseName("person", "people")
model Person {
  id        BigInt   @id @default(autoincrement())
  fullName  String   @unique @map("full_name") @db.VarChar(40)
  following Person[] @relation("follows")
  followers Person[] @relation("follows")
  books     Book[]
  @@map("people")
}

model Book {
  code      String   @db.Uuid @default(uuid())
  edition   Int
  language  Language @default(fr)
  tags      String[] @default(["a"])
  price     Decimal? @db.Decimal(8, 2)
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
  authorId  BigInt?  @map("author_id")
  author    Person?  @relation(fields: [authorId], references: [id])
  genres    Genre[]
  @@id([code])
  @@unique([authorId, edition], map: "one_edition")
}

model Genre {
  slug                                  String @unique
  aVeryLongNameThatGoesOnAndOnForEver   Int
  anotherLongNameThatGoesOnAndOnForEver Int
  books                                 Book[]
  @@id([slug])
  @@unique([aVeryLongNameThatGoesOnAndOnForEver, anotherLongNameThatGoesOnAndOnForEver])
}
`;

const models = new Map(describeModels(parseSchema(SCHEMA)).map((model) => [model.name, model]));
const model = (name: string): ModelMetadata => models.get(name)!;
const field = (name: string, of: string) => model(of).fields.find((candidate) => candidate.name === name)!;
const relation = (name: string, of: string) => model(of).relations.find((candidate) => candidate.name === name)!;

describe('a model', () => {
  it('carries its names, its order and its prose', () => {
    expect(model('Person')).toMatchObject({
      delegate: 'person',
      table: 'people',
      primaryKey: ['id'],
      ordering: ['fullName', '-id'],
      str: 'fullName',
      verboseName: 'person',
      verboseNamePlural: 'people',
      documentation: 'A person.',
    });
  });

  it('is named in words where the schema does not say how', () => {
    const [list] = describeModels(parseSchema('model ReadingList {\n id Int @id\n}'));
    expect(list).toMatchObject({ delegate: 'readingList', table: 'ReadingList', verboseName: 'reading list', verboseNamePlural: 'reading lists' });
  });

  it('knows the indexes of its unique constraints by the names that the database has', () => {
    expect(model('Person').uniques).toEqual([{ fields: ['fullName'], index: 'people_full_name_key' }]);
    expect(model('Book').uniques).toEqual([{ fields: ['authorId', 'edition'], index: 'one_edition' }]);
    expect(model('Genre').uniques[1]?.index).toBe('Genre_aVeryLongNameThatGoesOnAndOnForEver_anotherLongNameTh_key');
    expect(model('Genre').uniques[1]?.index).toHaveLength(63);
  });

  it('finds a key that stands below its fields', () => {
    expect(model('Book').primaryKey).toEqual(['code']);
    expect(field('code', 'Book')).toMatchObject({ id: true, unique: true });
  });
});

describe('a field', () => {
  it.each([
    ['id', 'Person', { type: 'BigInt', id: true, unique: true, hasDefault: true, generated: true }],
    ['fullName', 'Person', { column: 'full_name', nativeType: ['VarChar', '40'], unique: true, hasDefault: false, generated: false }],
    ['code', 'Book', { nativeType: ['Uuid'], hasDefault: true, generated: true, defaultFunction: 'uuid' }],
    ['edition', 'Book', { unique: false, id: false, nullable: false }],
    ['language', 'Book', { type: 'Enum', enum: 'Language', default: 'fr', generated: false, hasDefault: true }],
    ['tags', 'Book', { list: true, default: ['a'], generated: false }],
    ['price', 'Book', { type: 'Decimal', nullable: true, nativeType: ['Decimal', '8', '2'] }],
    ['createdAt', 'Book', { hasDefault: true, generated: true, defaultFunction: 'now' }],
    ['updatedAt', 'Book', { hasDefault: true, generated: true }],
    ['authorId', 'Book', { column: 'author_id', foreignKeyOf: 'author' }],
  ])('%s of %s is as the schema has it', (name, of, expected) => {
    expect(field(name, of)).toMatchObject(expected);
  });

  it('has no constant default where a function makes one', () => {
    expect(field('createdAt', 'Book')).not.toHaveProperty('default');
  });

  it.each(['Int @id @default(autoincrement())', 'String @id @default(dbgenerated("gen_random_uuid()"))'])('names no function for %s', (declared) => {
    expect(describeModels(parseSchema(`model Row {\n id ${declared}\n}`))[0]!.fields[0]).not.toHaveProperty('defaultFunction');
  });

  it('labels a choice, by its value unless the schema says more', () => {
    expect(field('language', 'Book').choices).toEqual([
      { value: 'en', label: 'en' },
      { value: 'fr', label: 'French' },
    ]);
  });
});

describe('a relation', () => {
  it('knows its keys on the side that holds them', () => {
    expect(relation('author', 'Book')).toMatchObject({
      model: 'Person',
      many: false,
      nullable: true,
      from: ['authorId'],
      to: ['id'],
      inverse: 'books',
      onDelete: 'SetNull',
    });
    expect(relation('books', 'Person')).toMatchObject({ model: 'Book', many: true, nullable: false, from: [], to: [], inverse: 'author' });
    expect(relation('books', 'Person')).not.toHaveProperty('join');
  });

  it.each([
    ['genres', 'Book', { table: '_BookToGenre', column: 'A', inverseColumn: 'B' }],
    ['books', 'Genre', { table: '_BookToGenre', column: 'B', inverseColumn: 'A' }],
    // Seen on PostgreSQL: person 1 `following` 2 is the row A = 2, B = 1.
    ['following', 'Person', { table: '_follows', column: 'B', inverseColumn: 'A' }],
    ['followers', 'Person', { table: '_follows', column: 'A', inverseColumn: 'B' }],
  ])('%s of %s goes through the table that Prisma keeps', (name, of, join) => {
    expect(relation(name, of).join).toEqual(join);
  });
});

describe('a schema that cannot be right is refused', () => {
  it.each([
    ['@rest.ordering("nam")', 'id Int @id', 'M: @rest.ordering names "nam", which is not a field. Its fields are id.'],
    ['@rest.ordering("-other__name")', 'id Int @id', '@rest.ordering names "-other__name"'],
    ['@rest.str("name")', 'id Int @id', 'M: @rest.str names "name", which is not a field.'],
    ['', 'id Int @id\n /// @rest.min(1)\n name String', 'M.name: @rest.min does not fit String. It stands on Int, BigInt, Float, Decimal.'],
    ['', 'id Int @id\n /// @rest.regex("(")\n name String', 'M.name: @rest.regex: Invalid regular expression'],
    ['', 'id Int @id\n /// @rest.maxLength(3)\n n Int', 'M.n: @rest.maxLength does not fit Int. It stands on String, Bytes.'],
    ['', 'id Int @id\n /// @rest.size(3)\n name String', 'M.name: @rest.size stands on a list of values, and name is none.'],
    ['', 'id Int @id\n /// @rest.limitChoicesTo({})\n name String', 'M.name: @rest.limitChoicesTo stands on a relation, and name is none.'],
    ['', 'id Int @id\n /// @rest.choices(["a", "A"])\n n Int', 'M.n: @rest.choices: "a" is no value of Int.'],
    ['', 'id Int @id\n /// @rest.choices([1, "A"], [1, "B"])\n n Int', 'M.n: @rest.choices names a value twice. Keep one.'],
    [
      '',
      'id Int @id\n /// @rest.forward\n ms N[]\n}\nmodel N {\n id Int @id\n mId Int\n m M @relation(fields: [mId], references: [id])',
      'M.ms: @rest.forward stands on one side of a many-to-many relation, and ms is none.',
    ],
    [
      '',
      'id Int @id\n /// @rest.forward\n ns N[]\n}\nmodel N {\n id Int @id\n /// @rest.forward\n ms M[]',
      'M.ns: @rest.forward stands on N.ms too. Keep one.',
    ],
    ['', 'id Int @id\n /// @rest.file\n n Int', 'M.n: @rest.file does not fit Int. It stands on String.'],
    ['', 'id Int @id\n /// @rest.image\n names String[]', 'M.names: @rest.image stands on a single text, and names is none.'],
    ['', 'id Int @id\n /// @rest.nonsense\n name String', 'M.name: unknown annotation @rest.nonsense.'],
  ])('for %s over %j', (annotation, body, message) => {
    expect(() => describeModels(parseSchema(`/// ${annotation}\nmodel M {\n ${body}\n}`))).toThrow(message);
  });

  it('names the enum and the value of a wrong label', () => {
    const schema = 'enum E {\n /// @rest.label(1)\n a\n}\nmodel M {\n id Int @id\n e E\n}';
    expect(() => describeModels(parseSchema(schema))).toThrow('E.a: @rest.label(1): the arguments do not fit.');
  });
});
