import { describe, expect, it } from 'vitest';
import { describeModels } from '../../../src/generator/metadata.js';
import { readSchemaText } from '../../../src/generator/schema-text.js';
import { parseSchema } from './schema.js';

const PREVIEW = 'generator client {\n  provider = "prisma-client"\n  output = "x"\n  previewFeatures = ["partialIndexes"]\n}\n';
const account = (attributes: string, field = '', documentation = '') => `${PREVIEW}${documentation}
model Account {
  id        Int       @id
  email     String    ${field}
  name      String
  kind      String
  level     Int
  closed    Boolean
  deletedAt DateTime?
  ${attributes}
}
`;
const described = (schema: string) => describeModels(parseSchema(schema), schema)[0]!;
const uniquesOf = (...arguments_: Parameters<typeof account>) => described(account(...arguments_)).uniques;

describe('conditions of unique indexes', () => {
  it.each<[string, string, object]>([
    ['null', '@@unique([email], where: { deletedAt: null })', { condition: { deletedAt: null } }],
    ['not null', '@@unique([email], where: { deletedAt: { not: null } })', { condition: { deletedAt: { not: null } } }],
    [
      'texts, numbers, booleans',
      '@@unique([email], where: { kind: "a, b: \\"c\\" }", level: 3, closed: false }) // { x }',
      { condition: { kind: 'a, b: "c" }', level: 3, closed: false } },
    ],
    ['SQL', '@@unique([email], where: raw("level > 3 and kind = \')\'"))', { condition: 'sql' }],
    ['a moment, which is a text in the schema', '@@unique([email], where: { deletedAt: "2024-01-01T00:00:00Z" })', { condition: 'sql' }],
    ['none', '@@unique([email])', {}],
    ['none, and a comment that looks like one', '@@unique([email]) // where: { level: 1 }', {}],
    ['a name of its own', '@@unique([email], map: "one, where: {", where: { level: 1 })', { index: 'one, where: {', condition: { level: 1 } }],
  ])('are read: %s', (_what, attribute, expected) => {
    expect(uniquesOf(attribute)).toEqual([{ fields: ['email'], index: 'Account_email_key', ...expected }]);
  });

  it.each<[string, string, object]>([
    ['a condition', '@unique(where: { deletedAt: null })', { condition: { deletedAt: null } }],
    ['a name', '@unique(map: "the_email", where: { closed: false })', { index: 'the_email', condition: { closed: false } }],
    ['neither', '@unique', {}],
  ])('stand on a field as well: %s', (_what, attribute, expected) => {
    expect(uniquesOf('', attribute)).toEqual([{ fields: ['email'], index: 'Account_email_key', ...expected }]);
  });

  it('keep a column from being unique, where they are the only index on it', () => {
    const unique = (attributes: string) => described(account(attributes)).fields.find(({ name }) => name === 'email')?.unique;
    expect(unique('@@unique([email], where: { deletedAt: null })')).toBe(false);
    expect(unique('@@unique([email])\n  @@unique([email], where: { deletedAt: null }, map: "second")')).toBe(true);
  });

  it('belong to their own index, in whatever order', () => {
    expect(
      uniquesOf('@@unique([name(sort: Desc), kind], where: { level: 1 })\n  @@unique(fields: [email, name])\n  @@unique([name, kind], map: "all")'),
    ).toEqual([
      { fields: ['name', 'kind'], index: 'Account_name_kind_key', condition: { level: 1 } },
      { fields: ['email', 'name'], index: 'Account_email_name_key' },
      { fields: ['name', 'kind'], index: 'all' },
    ]);
  });
});

describe('nulls that are alike', () => {
  it('are said of an index by its name', () => {
    expect(uniquesOf('@@unique([email])\n  @@unique([name, kind], map: "pair")', '', '/// @rest.nullsNotDistinct("pair")')).toEqual([
      { fields: ['email'], index: 'Account_email_key' },
      { fields: ['name', 'kind'], index: 'pair', nullsDistinct: false },
    ]);
  });

  it('are refused of an index that is not there', () => {
    expect(() => uniquesOf('@@unique([email])', '', '/// @rest.nullsNotDistinct("pair")')).toThrow(
      'Account: @rest.nullsNotDistinct names "pair", which is no unique index. Its unique indexes are Account_email_key.',
    );
  });
});

describe('names of foreign keys', () => {
  const schema = `
model Author {
  id    Int    @id
  books Book[]
  texts Book[] @relation("texts")
}
model Book {
  id       Int    @id
  authorId Int    @map("author_id")
  editorId Int
  author   Author @relation(fields: [authorId], references: [id])
  editor   Author @relation("texts", fields: [editorId], references: [id], map: "its (editor)") // map: "no"
  @@map("book")
}
`;
  it('are those of the schema, else Prisma’s own', () => {
    const [author, book] = describeModels(parseSchema(schema), schema);
    expect(book?.relations.map(({ name, constraint }) => [name, constraint])).toEqual([
      ['author', 'book_author_id_fkey'],
      ['editor', 'its (editor)'],
    ]);
    expect(author?.relations.map(({ constraint }) => constraint)).toEqual([undefined, undefined]);
  });

  it('are cut so that PostgreSQL holds them', () => {
    const long = 'a'.repeat(70);
    const text = `model B {\n id Int @id\n as A[]\n}\nmodel A {\n id Int @id\n b Int\n bs B @relation(fields: [b], references: [id])\n @@map("${long}")\n}`;
    const constraint = describeModels(parseSchema(text), text).find(({ name }) => name === 'A')?.relations[0]?.constraint;
    expect(constraint).toBe(`${'a'.repeat(58)}_fkey`);
  });
});

it('a text without models says nothing', () => {
  expect(readSchemaText('enum E {\n  a\n}\n')).toEqual({ uniques: new Map(), foreignKeys: new Map() });
});
