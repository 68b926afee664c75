import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../structure/source-tree.js';
import { conceptOf, freeNames, inside, type Example } from './example-blocks.js';

/** Where names come from that an example uses without an import: the first module that exports a name gives it. */
const MODULES = [
  'nest-rest-framework',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/testing',
  '@nestjs/swagger',
  'nest-rest-framework/testing',
  'nest-rest-framework/openapi',
  'nest-rest-framework/migrations',
  '@prisma/adapter-pg',
  '@electric-sql/pglite',
  'pglite-prisma-adapter',
  'vitest',
  'redis',
  'class-validator',
  'class-transformer',
  '#library/generated/models.js',
  '#library/generated/client/client.js',
  '#library/books/books.viewset.js',
  '#library/books/books.serializers.js',
  '#library/books/books.filters.js',
  '#library/authors/authors.serializers.js',
  '#library/genres/genres.viewset.js',
  '#library/reviews/reviews.serializers.js',
  '#library/reviews/reviews.viewset.js',
  '#library/reading-lists/reading-lists.viewset.js',
  '#library/loans/loans.service.js',
  '#library/loans/loans.serializers.js',
  '#library/owner.permission.js',
  '#library/library.module.js',
  '#library/app.module.js',
];

/** What an example's class members are members of, by concept. */
const BASES: Readonly<Record<string, string>> = {
  viewsets: 'GenericViewSet<any>',
  filters: 'FilterSet(models.book)',
  openapi: 'APIView',
  throttling: 'APIView',
  authentication: 'APIView',
  relations: '(ModelSerializer(models.book, { fields: ["id"] }) as new () => Serializer)',
  serializers: '(ModelSerializer(models.book, { fields: ["id"] }) as new () => Serializer)',
  fields: '(ModelSerializer(models.book, { fields: ["id"] }) as new () => Serializer)',
};

/** What some examples speak of and do not declare. */
const GIVEN: Readonly<Record<string, string>> = {
  app: 'declare const app: import("@nestjs/platform-fastify").NestFastifyApplication;',
  Remote: 'abstract class Remote { declare readonly remote: { all(): Promise<unknown[]> } }',
  books: 'declare const books: import("nest-rest-framework").QuerySet<import("#library/generated/models.js").BookModel>;',
  connectionString: 'declare const connectionString: string;',
  prisma: 'declare const prisma: import("#library/generated/client/client.js").PrismaClient;',
  storage: 'declare const storage: import("nest-rest-framework").Storage;',
  testBucket: 'declare const testBucket: () => any;',
  pglite: 'declare const pglite: import("@electric-sql/pglite").PGlite;',
};

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.es2024.string.d.ts'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  noEmit: true,
  types: ['node'],
  paths: {
    'nest-rest-framework': [join(root, 'src/framework/index.ts')],
    'nest-rest-framework/migrations': [join(root, 'src/framework/prisma/migrations/index.ts')],
    'nest-rest-framework/*': [join(root, 'src/framework/*/index.ts')],
    '#library/*': [join(root, 'src/library/*')],
  },
};

/** Compiles examples, each as a module of its own, and answers what the compiler says of each: `docs/fields.md:12: …`. */
export function typeCheck(examples: readonly Example[]): Map<Example, string[]> {
  const probe = virtualName('modules');
  const texts = new Map([[probe, MODULES.map((name, at) => `import * as m${at} from ${JSON.stringify(name)};`).join('\n')]]);
  const host = hostOf(texts);
  const exporter = exportsOf(ts.createProgram([probe], options, host), probe);
  const files = new Map(examples.map((example, at) => [example, virtualName(`example-${at}`)]));
  for (const [example, file] of files) texts.set(file, moduleOf(example, exporter));
  const program = ts.createProgram([...files.values(), join(root, 'src/library/app.module.ts')], options, host);
  return new Map(examples.map((example) => [example, diagnosticsOf(program, example, files.get(example)!)]));
}

/** Beside this file, so that packages resolve as they do for the tests. */
const virtualName = (name: string) => join(root, 'test/docs', `${name}.virtual.ts`);

function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const { getSourceFile, fileExists, readFile } = host;
  host.getCurrentDirectory = () => root;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, language);
    // Both programs read the same files of the repository and of its packages.
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, language, ...rest));
    return parsed.get(name);
  };
  return host;
}

type Exporter = (name: string) => string | undefined;

function exportsOf(program: ts.Program, probe: string): Exporter {
  const checker = program.getTypeChecker();
  const modules = new Map<string, string>();
  for (const statement of program.getSourceFile(probe)!.statements) {
    const specifier = (statement as ts.ImportDeclaration).moduleSpecifier as ts.StringLiteral;
    const symbol = checker.getSymbolAtLocation(specifier);
    if (!symbol) throw new Error(`${specifier.text} does not resolve.`);
    for (const { name } of checker.getExportsOfModule(symbol)) if (!modules.has(name)) modules.set(name, specifier.text);
  }
  return (name) => modules.get(name);
}

/** The example as a module; what it leaves out stands before its first line, on the same line. */
function moduleOf(example: Example, moduleNameOf: Exporter): string {
  const code = inside(example.code, example.part, BASES[conceptOf(example)] ?? 'Remote');
  const imports = new Map<string, string[]>();
  const given: string[] = [];
  for (const name of freeNames(code)) {
    const from = moduleNameOf(name);
    if (from !== undefined) imports.set(from, [...(imports.get(from) ?? []), name]);
    else if (GIVEN[name] !== undefined) given.push(GIVEN[name]!);
  }
  const prelude = [...imports].map(([from, names]) => `import { ${names.join(', ')} } from ${JSON.stringify(from)};`);
  return `export {}; ${[...prelude, ...given].join(' ')} ${code}`;
}

function diagnosticsOf(program: ts.Program, { file, line }: Example, name: string): string[] {
  const source = program.getSourceFile(name)!;
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, messageText }) => {
    const at = line + source.getLineAndCharacterOfPosition(start).line;
    return `${file}:${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
