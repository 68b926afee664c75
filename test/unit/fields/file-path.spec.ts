import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { filePath, FilePathField, type FilePathOptions } from '../../../src/framework/fields/file-path-field.js';
import { read, shown } from './reading.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-path-'));
  for (const name of ['a', 'a-b', 'a/deep', 'empty', '__pycache__']) mkdirSync(join(folder, name));
  for (const name of ['b.txt', 'a.html', 'a/c.txt', 'a/deep/d.txt', 'a-b/e.txt', '__pycache__/f.txt']) writeFileSync(join(folder, name), '');
  symlinkSync(folder, join(folder, 'loop'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const labels = (options: Partial<FilePathOptions>) =>
  new FilePathField({ path: folder, required: true, ...options }).choices.map(([, label]) => label);

describe('the path of a file (FLD-8)', () => {
  it.each<[string, Partial<FilePathOptions>, string[]]>([
    ['the files of the folder', {}, ['a.html', 'b.txt']],
    ['those that a pattern matches', { match: /\.html$/ }, ['a.html']],
    ['files and folders', { allowFolders: true }, ['a', 'a-b', 'a.html', 'b.txt', 'empty', 'loop']],
    ['folders alone', { allowFiles: false, allowFolders: true, match: /^a/ }, ['a', 'a-b']],
    [
      'all files below, folder by folder, round no circle',
      { recursive: true },
      ['/a.html', '/b.txt', '/__pycache__/f.txt', '/a/c.txt', '/a-b/e.txt', '/a/deep/d.txt'],
    ],
    ['all folders below', { recursive: true, allowFiles: false, allowFolders: true }, ['/a', '/a-b', '/empty', '/loop', '/a/deep']],
  ])('is one of %s', (_what, options, expected) => expect(labels(options)).toEqual(expected));

  it('is chosen by the whole path, and nothing else is', () => {
    const field = filePath({ path: folder });
    expect(shown(field, join(folder, 'b.txt'))).toBe(join(folder, 'b.txt'));
    for (const given of ['b.txt', '/etc/passwd', join(folder, '../x'), join(folder, 'a', '..', 'b.txt').replace('b.txt', './b.txt')]) {
      expect(messagesOf((read(field, given) as { detail: Detail }).detail)).toEqual([`"${given}" is not a valid path choice.`]);
    }
  });

  it('may be an empty text unless it is said to be required, as in DRF', () => {
    expect(shown(filePath({ path: folder }), '')).toBe('');
    expect(read(filePath({ path: folder, required: true }), '')).toHaveProperty('detail');
    expect(new FilePathField({ path: folder }).choices[0]).toEqual(['', '---------']);
    expect(new FilePathField({ path: folder }).required).toBe(true);
  });

  it('does not see a file that comes after boot', () => {
    const field = filePath({ path: join(folder, 'a') });
    writeFileSync(join(folder, 'a', 'late.txt'), '');
    expect(read(field, join(folder, 'a', 'late.txt'))).toHaveProperty('detail');
  });

  it('stops the application where there is nothing to choose, or no folder', () => {
    expect(() => filePath({ path: join(folder, 'empty'), required: true })).toThrow(ConfigurationError);
    expect(() => filePath({ path: join(folder, 'missing') })).toThrow(/path is '.*missing', which cannot be read/);
  });

  it('describes its choices', () =>
    expect(filePath({ path: folder, match: /html/ }).describe()).toEqual({
      type: 'choice',
      schema: { type: 'string', enum: ['', join(folder, 'a.html')] },
      choices: [
        { value: '', label: '---------' },
        { value: join(folder, 'a.html'), label: 'a.html' },
      ],
    }));
});
