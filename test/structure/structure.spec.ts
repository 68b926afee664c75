import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anys, cycles, imports, resolve, root, type SourceFile, sourceFiles } from './source-tree.js';

const framework = sourceFiles('src/framework');
const library = existsSync(join(root, 'src/library')) ? sourceFiles('src/library') : [];
const everything = sourceFiles('src');

const concepts = [...new Set(framework.map(({ path }) => path.split('/')).flatMap((parts) => (parts.length > 3 ? [parts[2]!] : [])))].filter(
  (name) => !['internal', 'testing', 'generated'].includes(name),
);

/** Groups of files that load each other, as the test prints them. Nothing stands here without its reason. */
const allowedCycles: string[] = [];
const anyLimit = 40;

function offending(files: readonly SourceFile[], allowed: (file: SourceFile, name: string) => boolean): string[] {
  return files.flatMap((file) => imports(file).flatMap((name) => (allowed(file, name) ? [] : [`${file.path} imports ${name}`])));
}

describe('src', () => {
  it('has no file of more than 400 lines', () => {
    expect(everything.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)).toEqual([]);
  });

  it('names no folder or file for what it is not about', () => {
    const forbidden = /^(utils?|helpers?|commons?|types?|dtos?|misc|constants?|interfaces?)(\.ts)?$/;
    expect(everything.map(({ path }) => path).filter((path) => path.split('/').some((part) => forbidden.test(part)))).toEqual([]);
  });

  it('names files in kebab case', () => {
    const odd = everything
      .map(({ path }) => path)
      .filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+(-[a-z]+)*)*\.ts$/.test(path.split('/').at(-1)!));
    expect(odd).toEqual([]);
  });

  it('says any at most a few times outside of what talks to Prisma', () => {
    const counts = everything.filter(({ path }) => !path.startsWith('src/framework/prisma/')).map((file) => ({ path: file.path, count: anys(file) }));
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    expect(total, JSON.stringify(counts.filter(({ count }) => count > 0).map(({ path, count }) => `${path} ${count}`))).toBeLessThanOrEqual(anyLimit);
  });

  it('has no files that load each other', () => {
    expect(cycles(everything).filter((cycle) => !allowedCycles.includes(cycle))).toEqual([]);
  });
});

describe('src/framework', () => {
  it('imports nothing from its neighbours', () => {
    const inside = (file: SourceFile, name: string) =>
      !name.startsWith('.') || (resolve(file, name) ?? 'src/framework/').startsWith('src/framework/');
    expect(offending(framework, inside)).toEqual([]);
  });

  it('never imports itself by its name', () => {
    expect(offending(framework, (_file, name) => !/^nest-rest-framework($|\/)/.test(name))).toEqual([]);
  });

  it.each(concepts)('%s has a page in docs', (concept) => {
    expect(existsSync(join(root, 'docs', `${concept}.md`))).toBe(true);
  });

  it.each(concepts)('%s has unit tests', (concept) => {
    const folder = join(root, 'test/unit', concept);
    expect(existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.spec.ts'))).toBe(true);
  });
});

describe('src/library', () => {
  it('imports only itself, packages, and the framework by its name', () => {
    const inside = (file: SourceFile, name: string) => {
      if (!name.startsWith('.')) return !/^nest-rest-framework\/(dist|src)/.test(name);
      return name.includes('/generated/') || (resolve(file, name) ?? '').startsWith('src/library/');
    };
    expect(offending(library, inside)).toEqual([]);
  });
});
