import { describe, expect, it } from 'vitest';
import { render, run } from './schema.js';

describe('the file of models', () => {
  it.each([
    ['a Int', 'a: number;'],
    ['a Float?', 'a: number | null;'],
    ['a BigInt', 'a: bigint;'],
    ['a Decimal', 'a: Decimal;'],
    ['a Boolean', 'a: boolean;'],
    ['a String[]', 'a: string[];'],
    ['a Json', 'a: JsonValue;'],
    ['a Bytes', 'a: Uint8Array;'],
    ['a E', 'a: E;'],
    ['a DateTime', 'a: Temporal.Instant;'],
    ['a DateTime @db.Timestamptz(3)', 'a: Temporal.Instant;'],
    ['a DateTime? @db.Date', 'a: Temporal.PlainDate | null;'],
    ['a DateTime @db.Time(0)', 'a: Temporal.PlainTime;'],
    ['a DateTime @db.Timetz', 'a: Temporal.PlainTime;'],
  ])('types %s as %s', (field, line) => {
    expect(render(`enum E {\n x\n y\n}\nmodel M {\n id Int @id\n ${field}\n}`)).toContain(`\n  ${line}\n`);
  });

  it('writes an enum as a union, and documentation over what it documents', () => {
    const source = render('enum E {\n x\n y\n}\n/// Two */ lines.\nmodel M {\n id Int @id\n /// In euros.\n e E\n}');
    expect(source).toContain("export type E = 'x' | 'y';");
    expect(source).toContain('/** Two * / lines. */\nexport interface M {');
    expect(source).toContain('  /** In euros. */\n  e: E;');
  });

  it('imports only what it uses, and by another name what a model is called', () => {
    expect(render('model A {\n id Int @id\n}')).toContain("import type { Model } from 'nest-rest-framework';");
    const source = render('model Model {\n id Int @id\n d Decimal\n}');
    expect(source).toContain("import type { Decimal, Model as RestModel } from 'nest-rest-framework';");
    expect(source).toContain('export interface ModelModel extends RestModel<Model, {}, {');
  });

  it('gives each relation the type and the thunk of its model', async () => {
    const source = render(`
      model Author {
        id    Int    @id
        books Book[]
      }
      model Book {
        id       Int    @id
        authorId Int
        author   Author @relation(fields: [authorId], references: [id])
      }`);
    expect(source).toContain('export interface AuthorModel extends Model<Author, {\n  books: BookModel[];\n}, {');
    const { author, book } = await run(source);
    expect(author?.relations['books']?.model()).toBe(book);
    expect(book?.relations['author']?.model()).toBe(author);
  });

  it('tells a relation that may be null from one that may not', () => {
    const source = render(`
      model User {
        id      Int      @id
        profile Profile? @relation("profile")
      }
      model Profile {
        id       Int   @id
        userId   Int   @unique
        user     User  @relation("profile", fields: [userId], references: [id])
        editorId Int?
        editor   Editor? @relation(fields: [editorId], references: [id])
      }
      model Editor {
        id       Int       @id
        profiles Profile[]
      }`);
    expect(source).toContain('profile: ProfileModel | null;');
    expect(source).toContain('  user: UserModel;\n  editor: EditorModel | null;\n');
  });

  it.each<[what: string, schema: string, traits: string[]]>([
    [
      'what a serializer of all fields has: the key first, relations for their foreign keys, and nothing that is hidden',
      `model A {
        name String
        /// @rest.hidden
        secret String
        bId Int?
        b B? @relation(fields: [bId], references: [id])
        /// @rest.forward
        cs C[]
        ds D[]
        id Int @id
      }
      model B {
        id Int @id
        as A[]
      }
      model C {
        id Int @id
        as A[]
      }
      model D {
        id Int @id
        as A[]
      }`,
      ["  key: A['id'];", "  all: 'id' | 'name' | 'b' | 'cs';", "  optional: 'bId' | 'b';", '  readOnly: never;', "  hidden: 'secret';"],
    ],
    [
      'what input may leave out, and what no client writes',
      `model A {
        id Int @id @default(autoincrement())
        /// @rest.blank
        blank String
        level Int @default(1)
        nothing String?
        /// @rest.readOnly
        kept Int
        made DateTime @default(now())
        changed DateTime @updatedAt
        bId Int @default(1)
        b B @relation(fields: [bId], references: [id])
        /// @rest.blank
        cs C[]
      }
      model B {
        id Int @id
        as A[]
      }
      model C {
        id Int @id
        /// @rest.readOnly
        as A[]
      }`,
      [
        "  optional: 'id' | 'blank' | 'level' | 'nothing' | 'made' | 'changed' | 'bId' | 'b' | 'cs';",
        "  readOnly: 'id' | 'kept' | 'made' | 'changed';",
        "  readOnly: 'as';",
      ],
    ],
    [
      'the columns of a foreign key of several, for which no single value stands',
      `model A {
        x Int
        y Int
        bX Int
        bY Int
        b B @relation(fields: [bX, bY], references: [x, y])
        @@id([x, y])
      }
      model B {
        x Int
        y Int
        as A[]
        @@id([x, y])
      }`,
      ["  key: { x: A['x']; y: A['y'] };", "  all: 'x' | 'y' | 'bX' | 'bY';"],
    ],
    [
      'which columns hold files, and which images',
      `model A {
        id Int @id
        /// @rest.file
        contract String
        /// @rest.image("portraits")
        portrait String?
      }`,
      ["  files: 'contract';", "  images: 'portrait';"],
    ],
  ])('says %s', (_what, schema, traits) => {
    const lines = render(schema).split('\n');
    expect(lines).toEqual(expect.arrayContaining(traits));
  });

  it('keeps every text as it was, and freezes all of it', async () => {
    const pattern = String.raw`^\\d'"\\$`;
    const { class: model } = await run(
      render(`model Class {\n id Int @id\n /// @rest.regex("${pattern.replaceAll('"', '\\"')}", "It's \\"so\\".")\n s String\n}`),
    );
    expect(model?.fields['s']?.annotations.regex).toEqual([pattern.replaceAll('\\\\', '\\'), 'It\'s "so".']);
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(model)).toBe(true);
  });
});
