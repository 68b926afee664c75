import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternativeNames, isSafePath, safePath, sentName } from '../../../src/framework/files/file-name.js';

describe('the name that a client sent', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\alice\\holiday photo.jpg', 'holiday photo.jpg'],
    ['a&#47;b&#x2F;c&#92;d.txt', 'd.txt'],
    ['na&#239;ve &#128512;.txt', 'naïve 😀.txt'],
    ['a&#0;b&#13;&#10;.txt', 'ab.txt'],
    ['a&#xd800;&#9999999;.txt', 'a&#xd800;&#9999999;.txt'],
    ['a\u0000b\r\n\u202e\u2028\u00a0c.txt', 'abc.txt'],
    ["john's <portrait>.jpg", "john's <portrait>.jpg"],
    ['con.txt', 'con.txt'],
    ['.htaccess', '.htaccess'],
    ['\ud800.txt', '\ufffd.txt'],
  ])('%j is kept as %j', (sent, name) => {
    expect(sentName(sent, 255)).toBe(name);
  });

  it.each(['', '.', '..', '/', 'folder/', 'a/..', '\u0000', '\r\n'])('%j is none', (sent) => {
    expect(sentName(sent, 255)).toBeUndefined();
  });

  it.each([
    ['a name', 10, 'x'.repeat(20), 'x'.repeat(10)],
    ['a name before its extension', 10, `${'x'.repeat(20)}.jpeg`, 'xxxxx.jpeg'],
    ['an extension', 10, `x.${'y'.repeat(20)}`, `.${'y'.repeat(9)}`],
    ['between code points', 3, '😀😀😀😀', '😀😀😀'],
  ])('that is longer than allowed cuts %s', (_title, most, sent, name) => {
    expect(sentName(sent, most)).toBe(name);
  });
});

describe('a path is made safe', () => {
  it.each([
    ["john's portrait in 2004.jpg", 'johns_portrait_in_2004.jpg'],
    ['covers/2026/dune.jpg', 'covers/2026/dune.jpg'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['a/../b.txt', 'a/b.txt'],
    ['a\\b.txt', 'a/b.txt'],
    ['C:\\b.txt', 'C/b.txt'],
    ['.htaccess', 'file.htaccess'],
    ['.git/config', 'file.git/config'],
    ['...', 'file'],
    ['', 'file'],
    ['***.png', 'file.png'],
    ['a.txt...', 'a.txt'],
    ['a.txt::$DATA', 'a.txtDATA'],
    ['con', '_con'],
    ['NUL.tar.gz', '_NUL.tar.gz'],
    ['com¹.txt', '_com¹.txt'],
    ['aux/lpt9/a.txt', '_aux/_lpt9/a.txt'],
    ['console.txt', 'console.txt'],
    ['日本 語.png', '日本_語.png'],
    ['हिन्दी.txt', 'हिन्दी.txt'],
    ['cafe\u0301.txt', 'caf\u00e9.txt'],
    ['a\u0000\u202e\u2028b\ud800.txt', 'ab.txt'],
    ['x'.repeat(300) + '.tar.gz', 'x'.repeat(233) + '.tar.gz'],
    ['é'.repeat(300) + '.txt', 'é'.repeat(118) + '.txt'],
    ['x.' + 'y'.repeat(300), 'x.' + 'y'.repeat(238)],
  ])('%j is %j', (text, path) => {
    expect(safePath(text)).toBe(path);
  });

  it('whatever it is, and stays as it is when it was made safe', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('/', '\\', '.', ' ', 'a', 'con', '\0', ':', '😀') })),
        (text) => {
          const path = safePath(text);
          expect(isSafePath(path)).toBe(true);
          expect(path).toMatch(/^[-\p{L}\p{M}\p{N}_./]+$/u);
          expect(Math.max(...path.split('/').map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(240);
          expect(safePath(path)).toBe(path);
        },
      ),
    );
  });

  it.each(['', '/a', 'a/', 'a//b', '..', 'a/../b', './a', '.hidden', 'a/.hidden/b', 'a\\b', 'C:a', 'a\u0000', 'a\nb', '\ud800'])(
    '%j is a path that nothing is stored under',
    (path) => {
      expect(isSafePath(path)).toBe(false);
    },
  );
});

describe('the names to try for a file', () => {
  const names = (path: string, maxLength?: number, count = 3) => {
    const generator = alternativeNames(path, maxLength);
    return Array.from({ length: count }, () => generator.next().value);
  };

  it.each([
    ['a.txt', /^a_\w{7}\.txt$/],
    ['a/b.tar.gz', /^a\/b_\w{7}\.tar\.gz$/],
    ['a.b/c', /^a\.b\/c_\w{7}$/],
    [`a.${'b'.repeat(40)}.txt`, /^a\.b{40}_\w{7}\.txt$/],
    [`a.${'b'.repeat(40)}`, /^a\.b{40}_\w{7}$/],
  ])('%s are its own, and then others that keep its extensions', (path, pattern) => {
    const [first, second, third] = names(path);
    expect(first).toBe(path);
    expect(second).toMatch(pattern);
    expect(third).toMatch(pattern);
    expect(third).not.toBe(second);
  });

  it.each([20, 30, 40])('are never longer than %i', (most) => {
    for (const name of names(`covers/${'x'.repeat(100)}.jpg`, most)) expect([...name].length).toBeLessThanOrEqual(most);
  });

  it('are counted in code points', () => {
    expect(names('😀😀.txt', 6, 1)).toEqual(['😀😀.txt']);
  });

  it('are none where not one letter fits, which says what to change', () => {
    expect(() => names('a/very/long/folder/x.txt', 20)).toThrow(/No name for a\/very\/long\/folder\/x\.txt has 20 characters or fewer/);
  });
});
