import { describe, expect, it } from 'vitest';
import { docstringExamples, pageExamples, pages } from './example-blocks.js';
import { typeCheck } from './type-check.js';

/** Docstrings whose examples the library cannot bear out. */
const NOT_THE_LIBRARYS: Readonly<Record<string, string>> = {
  'src/framework/filters/time-filter.ts': 'no model of the library has a time of day',
  'src/framework/requests/request-user.ts': 'the library says already what its user is, and it can be said once',
};

const inPages = new Map(pages.map((page) => [page, pageExamples(page)]));
const inDocstrings = docstringExamples().filter(({ file }) => NOT_THE_LIBRARYS[file] === undefined);
const checked = typeCheck([...[...inPages.values()].flat(), ...inDocstrings]);

describe('the examples', () => {
  it.each(pages)('of %s compile', (page) => {
    expect(inPages.get(page)!.flatMap((example) => checked.get(example)!)).toEqual([]);
  });

  it.each(inDocstrings.map((example) => [`${example.file}:${example.line}`, example] as const))(
    'of the docstring at %s compile',
    (_place, example) => {
      expect(checked.get(example)).toEqual([]);
    },
  );

  it('are found in the pages and in the docstrings', () => {
    expect(inPages.get('README.md')!.length).toBeGreaterThan(0);
    expect(inDocstrings.length).toBeGreaterThan(30);
  });

  it('that do not compile are told by page and line', () => {
    const wrong = { file: 'docs/page.md', line: 12, code: 'const pages = 3;\nconst title: string = pages;', part: 'module' } as const;
    expect(typeCheck([wrong]).get(wrong)).toEqual(["docs/page.md:13: Type 'number' is not assignable to type 'string'."]);
  });
});
