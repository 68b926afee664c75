import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileSystemStorage, type FileSystemStorageOptions } from '../../../src/framework/files/file-system-storage.js';
import { MemoryStorage } from '../../../src/framework/testing/memory-storage.js';
import { storageConformance } from '../../../src/framework/testing/storage-conformance.js';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof fs>()) }));

let base: string;
let root: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'storage-'));
  root = join(base, 'media');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(base, { recursive: true });
});

const storageWith = (options: Partial<FileSystemStorageOptions> = {}) => new FileSystemStorage({ location: root, ...options });
const text = (content: string) => Readable.from([Buffer.from(content)], { objectMode: false });
const files = (): string[] =>
  (existsSync(base) ? readdirSync(base, { recursive: true, withFileTypes: true }) : []).filter((one) => one.isFile()).map(({ name }) => name);

describe('in memory', () => {
  it.each(storageConformance(() => new MemoryStorage()))('$title', ({ run }) => expect(run()).resolves.toBeUndefined());
});

describe('on a local disk', () => {
  it.each(storageConformance(() => storageWith()))('$title', ({ run }) => expect(run()).resolves.toBeUndefined());
});

describe('on a file system without hard links', () => {
  beforeEach(() => void vi.spyOn(fs, 'link').mockRejectedValue(Object.assign(new Error('not supported'), { code: 'EPERM' })));

  it.each(storageConformance(() => storageWith()))('$title', ({ run }) => expect(run()).resolves.toBeUndefined());

  it('leaves nothing where the last step fails', async () => {
    vi.spyOn(fs, 'rename').mockRejectedValue(Object.assign(new Error('disk'), { code: 'EIO' }));
    await expect(storageWith().save('a.txt', text('a'))).rejects.toThrow('disk');
    expect(files()).toEqual([]);
  });
});

describe('a file on a local disk', () => {
  it('is nowhere to be seen before it is whole, and leaves no temporary file', async () => {
    const storage = storageWith();
    let seen: string[] = [];
    const name = await storage.save(
      'a.txt',
      Readable.from(
        (async function* () {
          yield Buffer.from('first');
          expect(await storage.exists('a.txt')).toBe(false);
          seen = files();
          yield Buffer.from('second');
        })(),
        { objectMode: false },
      ),
    );
    expect(seen).toEqual([expect.stringMatching(/^\./)]);
    for (const hidden of seen) expect(await storage.exists(hidden)).toBe(false);
    expect(files()).toEqual([name]);
    expect(readFileSync(join(root, name), 'utf8')).toBe('firstsecond');
  });

  it('holds up whoever sends it while it is written', async () => {
    const block = 64 * 1024;
    let made = 0;
    let written = 0;
    let most = 0;
    const source = new Readable({
      highWaterMark: block,
      read() {
        most = Math.max(most, made - written);
        this.push(made < 1000 * block ? Buffer.alloc(block) : null);
        made += block;
      },
    });
    const open = fs.open;
    vi.spyOn(fs, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<{ bytesWritten: number }>;
      Object.assign(handle, {
        write: async (...args: unknown[]) => {
          const result = await write(...args);
          written += result.bytesWritten;
          return result;
        },
      });
      return handle;
    });
    const storage = storageWith();
    expect(await storage.size(await storage.save('a.bin', source))).toBe(1000 * block);
    expect(written).toBe(1000 * block);
    expect(most).toBeLessThanOrEqual(4 * block);
  });

  it('is a 413 past the limit, and leaves nothing', async () => {
    const storage = storageWith({ maxSize: 4 });
    expect(await storage.save('a.txt', text('1234'))).toBe('a.txt');
    await expect(storage.save('b.txt', text('12345'))).rejects.toMatchObject({ status: 413 });
    expect(files()).toEqual(['a.txt']);
  });

  it('has the modes that are asked for, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      await storageWith({ fileMode: 0o640 }).save('folder/a.txt', text('a'));
    } finally {
      process.umask(before);
    }
    expect(statSync(join(root, 'folder/a.txt')).mode & 0o777).toBe(0o640);
    expect(statSync(join(root, 'folder')).mode & 0o777).toBe(0o700);
    const open = storageWith();
    await open.save('other/b.txt', text('b'));
    expect(statSync(join(root, 'other/b.txt')).mode & 0o777).toBe(0o644);
  });

  it.each([
    ['/media/', 'a b/ü.txt', '/media/a%20b/%C3%BC.txt'],
    ['/media', 'a.txt', '/media/a.txt'],
    ['https://files.example/x/', "a'(1)!.txt", "https://files.example/x/a'(1)!.txt"],
  ])('under %s has the address %s', (baseUrl, name, url) => {
    expect(storageWith({ baseUrl }).url(name)).toBe(url);
  });

  it('needs a folder', () => {
    expect(() => storageWith({ location: '' })).toThrow('FileSystemStorage: location is empty');
  });
});

describe('nothing outside of the folder is touched', () => {
  beforeEach(() => {
    mkdirSync(join(base, 'outside'));
    mkdirSync(root);
    writeFileSync(join(base, 'outside', 'secret.txt'), 'secret');
  });

  it('through a link to a folder', async () => {
    symlinkSync(join(base, 'outside'), join(root, 'link'));
    const storage = storageWith();
    expect(await storage.exists('link/secret.txt')).toBe(false);
    await expect(storage.open('link/secret.txt')).rejects.toMatchObject({ status: 404 });
    await storage.delete('link/secret.txt');
    await expect(storage.save('link/a.txt', text('a'))).rejects.toThrow('leads out of');
    await expect(storage.save('link/new/a.txt', text('a'))).rejects.toThrow('leads out of');
    expect(readdirSync(join(base, 'outside'))).toEqual(['secret.txt']);
  });

  it('through a link to a file, which is neither read, deleted nor overwritten', async () => {
    symlinkSync(join(base, 'outside', 'secret.txt'), join(root, 'a.txt'));
    const storage = storageWith();
    expect(await storage.exists('a.txt')).toBe(false);
    await expect(storage.open('a.txt')).rejects.toMatchObject({ status: 404 });
    await expect(storage.size('a.txt')).rejects.toMatchObject({ status: 404 });
    await storage.delete('a.txt');
    expect(await storage.save('a.txt', text('mine'))).toMatch(/^a_\w{7}\.txt$/);
    expect(readFileSync(join(base, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('and a link that stays inside is followed', async () => {
    mkdirSync(join(root, 'real'));
    symlinkSync(join(root, 'real'), join(root, 'link'));
    const storage = storageWith();
    expect(await storage.save('link/a.txt', text('a'))).toBe('link/a.txt');
    expect(await storage.exists('real/a.txt')).toBe(true);
  });

  it('and the folder itself may be a link', async () => {
    symlinkSync(root, join(base, 'elsewhere'));
    const storage = storageWith({ location: join(base, 'elsewhere') });
    await storage.save('x/a.txt', text('a'));
    expect(await storage.exists('x/a.txt')).toBe(true);
  });
});
