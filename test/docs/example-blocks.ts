import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { root, sourceFiles } from '../structure/source-tree.js';

/** An example as it stands in a page or a docstring. */
export interface Example {
  /** Relative to the repository. */
  readonly file: string;
  /** The line of the example's first line in it, from 1. */
  readonly line: number;
  readonly code: string;
  /** What it is a part of: a docstring's example may be a member of a class, or a property of an object. */
  readonly part: Part;
}

export type Part = 'module' | 'members' | 'properties';

/** The pages whose examples are checked. */
export const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every block of a page that a fence with `ts` begins, but those that say `ts ignore`. */
export function pageExamples(file: string): Example[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const found: Example[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^```(\S*)(.*)$/.exec(lines[at]!);
    if (!fence) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`${file}:${at + 1}: this fence is not closed.`);
    const [, language, info = ''] = fence;
    if (language === 'ts' && info.trim() !== 'ignore') found.push(example(file, at + 2, lines.slice(at + 1, end)));
    at = end;
  }
  return found;
}

/** Every `@example` of the framework's docstrings. */
export function docstringExamples(): Example[] {
  return sourceFiles('src/framework').flatMap(({ path, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, at) => {
      if (!/^\s*\* @example$/.test(line)) return [];
      const rest = lines.slice(at + 1);
      const end = rest.findIndex((one) => /^\s*\* @|\*\/\s*$/.test(one) && !/^\s*\* @[A-Z]/.test(one));
      return [
        example(
          path,
          at + 2,
          rest.slice(0, end).map((one) => one.replace(/^\s*\* ?/, '')),
        ),
      ];
    });
  });
}

/** The concept that an example is about, by its page's name or its folder: it says what class its members are of. */
export const conceptOf = ({ file }: Example): string => (file.startsWith('docs/') ? basename(file, '.md') : (file.split('/')[2] ?? ''));

/** An example that leaves a body out says `{ … }`. */
function example(file: string, line: number, lines: readonly string[]): Example {
  const code = lines.join('\n').replaceAll('{ … }', '{ throw 0; }');
  return { file, line, code, part: partOf(code) };
}

/** What reads as a label or an assignment of JavaScript's too is an option or a property of a class here. */
function partOf(code: string): Part {
  if (/^\w+: /.test(code)) return 'properties';
  if (/^(override |\w+ = )/.test(code)) return 'members';
  return parses(inside(code, 'module')) || !parses(inside(code, 'members')) ? 'module' : 'members';
}

/** An example of a part in what it is a part of, its lines where they are. */
export function inside(code: string, part: Part, base = 'Object'): string {
  switch (part) {
    case 'properties':
      return `const example: Partial<RestOptions & ViewSetOptions> = { ${code.replace(/;$/, '')} };`;
    case 'members':
      return `abstract class Example extends ${base} { ${code}\n}`;
    case 'module':
      return /^@.*\)$/.test(code) ? `${code} class Example {}` : code;
  }
}

const parses = (code: string) =>
  ts.transpileModule(code, { reportDiagnostics: true, compilerOptions: { experimentalDecorators: true } }).diagnostics?.length === 0;

/** The names that code mentions and neither declares nor imports at its top. */
export function freeNames(code: string): Set<string> {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isName = (parent as { name?: ts.Node }).name === node;
      if (
        isName &&
        (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isDeclarationStatement(parent) || ts.isVariableDeclaration(parent))
      )
        declared.add(node.text);
      else if (!isName || ts.isShorthandPropertyAssignment(parent)) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...used].filter((name) => !declared.has(name)));
}
