import { ScriptTarget, transpileModule } from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../src/framework/models/model.js';
import { describeModels } from '../../../src/generator/metadata.js';
import { renderModels } from '../../../src/generator/render.js';
import { parseSchema } from './schema.js';

const render = (schema: string): string => renderModels(describeModels(parseSchema(schema)));

async function run(source: string): Promise<Record<string, Model>> {
  const { outputText } = transpileModule(source, { compilerOptions: { target: ScriptTarget.ES2023, module: 99 } });
  const module = (await import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`)) as { models: Record<string, Model> };
  return module.models;
}

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
    expect(source).toContain('export interface ModelModel extends RestModel<Model, {}> {}');
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
    expect(source).toContain('export interface AuthorModel extends Model<Author, {\n  books: BookModel[];\n}> {}');
    const { author, book } = await run(source);
    expect(author?.relations['books']?.model()).toBe(book);
    expect(book?.relations['author']?.model()).toBe(author);
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
