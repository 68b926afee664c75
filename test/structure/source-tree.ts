import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

const apart = [/^src\/library\/generated\//, /^src\/schematics\/[^/]+\/files\//];

/** Every hand-written TypeScript file under a folder of the repository. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !apart.some((pattern) => pattern.test(path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The module names in a file's imports and exports, those of types alone too. */
export function imports({ text }: SourceFile): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

/** The files that a file needs when it is loaded: imports of types alone are gone from what is built. */
export function loads(file: SourceFile): string[] {
  const { outputText } = ts.transpileModule(file.text, { compilerOptions: options });
  return staticImports(outputText)
    .map((name) => resolve(file, name))
    .filter((path) => path !== undefined);
}

/** The file that a relative import means, as a path like those of `sourceFiles`; undefined for a package. */
export function resolve(file: SourceFile, name: string): string | undefined {
  if (!name.startsWith('.')) return undefined;
  const path = join(dirname(file.path), name).split(sep).join('/').replace(/\.js$/, '.ts');
  return existsSync(join(root, path)) ? path : undefined;
}

/** How many times a file says `any`. */
export function anys({ path, text }: SourceFile): number {
  let found = 0;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found += 1;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023));
  return found;
}

/** The groups of files that load each other, each group as one line of paths (Tarjan's strongly connected components). */
export function cycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(files.map((file) => [file.path, loads(file)]));
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[] = [];
  const visit = (path: string): number => {
    const index = order.size;
    order.set(path, index);
    low.set(path, index);
    stack.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (!order.has(next)) low.set(path, Math.min(low.get(path)!, visit(next)));
      else if (stack.includes(next)) low.set(path, Math.min(low.get(path)!, order.get(next)!));
    }
    if (low.get(path) === index) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1 || edges.get(path)?.includes(path)) found.push(group.sort().join(' ↔ '));
    }
    return low.get(path)!;
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return found;
}

function staticImports(code: string): string[] {
  const source = ts.createSourceFile('emitted.js', code, ts.ScriptTarget.ES2023);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const name = statement.moduleSpecifier;
    return name && ts.isStringLiteral(name) ? [name.text] : [];
  });
}
