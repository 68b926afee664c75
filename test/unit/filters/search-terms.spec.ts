import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { searchTerms } from '../../../src/framework/filters/search-terms.js';

describe('searchTerms', () => {
  it.each([
    ['the garden', ['the', 'garden']],
    ['the,salt', ['the', 'salt']],
    [' the ,, salt ,', ['the', 'salt']],
    ['', []],
    ['   ', []],
    [',', []],
    ['"golden archive"', ['golden archive']],
    ["'golden archive' x", ['golden archive', 'x']],
    ['"golden archive",salt', ['"golden archive"', 'salt']],
    ['"golden, archive",', ['golden, archive']],
    ['This is "a person\\\'s" test.', ['This', 'is', "a person\\'s", 'test.']],
    ["Another 'person\\'s' test.", ['Another', "person's", 'test.']],
    ['A "\\"funky\\" style" test.', ['A', '"funky" style', 'test.']],
    ['a"b c"d', ['a"b c"d']],
    ['a"b,c"d', ['a"b', 'c"d']],
    ['l’été', ['l’été']],
    ["d'accord", ["d'accord"]],
    ['"open phrase', ['"open', 'phrase']],
    ['"', []],
    ['""', []],
    ['"\\\\"', ['\\']],
    ['x "a\\\nb" y', ['x', '"a\\', 'b"', 'y']],
    ['a\u00a0b\u3000c', ['a', 'b', 'c']],
    ['100% _', ['100%', '_']],
    ['__proto__ constructor', ['__proto__', 'constructor']],
  ])('splits %j as DRF does', (text, terms) => {
    expect(searchTerms(text)).toEqual(terms);
  });

  it('refuses a NUL with a list', () => {
    expect(() => searchTerms('a\0b')).toThrow(ValidationError);
    try {
      searchTerms('\0');
    } catch (error) {
      expect((error as ValidationError).body()).toEqual(['Null characters are not allowed.']);
    }
  });

  it('takes 32 terms, and refuses 33', () => {
    expect(searchTerms('a '.repeat(32))).toHaveLength(32);
    expect(() => searchTerms('a '.repeat(33))).toThrow(ValidationError);
  });

  it.each([
    ['quotes that are never closed', '"\\" '.repeat(25_000)],
    ['quotes of both kinds', `"'\\"\\' `.repeat(20_000)],
    ['quotes before a line break', '"\\\n'.repeat(30_000)],
    ['commas', ','.repeat(100_000)],
    ['commas and a letter', `${','.repeat(100_000)}a`],
    ['backslashes in quotes', `"${'\\'.repeat(100_001)}`],
    ['single quotes and blanks', '\' " '.repeat(25_000)],
  ])('takes linear time for %s', (_what, text) => {
    const started = performance.now();
    try {
      searchTerms(text);
    } catch (error) {
      expect(error).toBeInstanceOf(ValidationError);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
