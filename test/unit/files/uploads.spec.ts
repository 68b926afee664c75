import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Uploads } from '../../../src/framework/files/uploads.js';
import type { UploadedFile } from '../../../src/framework/files/uploaded-file.js';
import { DEFAULT_BODY_LIMITS } from '../../../src/framework/parsers/body-limits.js';
import type { BodyLimits } from '../../../src/framework/parsers/parser.js';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof fs>()) }));

let folder: string;
let opened: fs.FileHandle[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  opened = [];
  const { open } = fs;
  vi.spyOn(fs, 'open').mockImplementation(async (...args) => {
    const handle = await open(...args);
    opened.push(handle);
    return handle;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const uploadsWith = (limits: Partial<BodyLimits> = {}) => new Uploads({ ...DEFAULT_BODY_LIMITS, fileMemory: 10, ...limits }, folder);

/** How many temporary files are open: a closed handle has no descriptor. */
const openFiles = () => opened.filter(({ fd }) => fd >= 0).length;

async function receive(uploads: Uploads, ...chunks: string[]): Promise<UploadedFile> {
  const upload = uploads.begin({ name: 'a.txt' })!;
  for (const chunk of chunks) await upload.write(Buffer.from(chunk));
  return upload.end();
}

async function textOf(file: UploadedFile): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.stream() as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a file of a request', () => {
  it.each([
    ['in memory where it is small', ['01234', '56789'], 0],
    ['on disk where it is greater', ['01234', '56789', 'x'], 1],
    ['on disk where one piece is greater', ['0123456789x'], 1],
    ['of no bytes', [], 0],
  ])('is kept %s', async (_title, chunks, files) => {
    const uploads = uploadsWith();
    const file = await receive(uploads, ...chunks);
    expect(openFiles()).toBe(files);
    expect(file.size).toBe(chunks.join('').length);
    expect(await Promise.all([textOf(file), textOf(file)])).toEqual([chunks.join(''), chunks.join('')]);
    await uploads.release();
    expect(openFiles()).toBe(0);
  });

  it('counts against the memory of the whole request, and gives it back when it goes to disk', async () => {
    const uploads = uploadsWith();
    await receive(uploads, '01234');
    expect(openFiles()).toBe(0);
    await receive(uploads, '0123', '456');
    expect(openFiles()).toBe(1);
    await receive(uploads, '01234');
    expect(openFiles()).toBe(1);
    await receive(uploads, '0');
    expect(openFiles()).toBe(2);
    await uploads.release();
  });

  it('keeps no more in memory than its own bytes', async () => {
    const block = Buffer.alloc(1_000_000, 'x');
    const upload = uploadsWith({ fileMemory: 1000 }).begin({ name: 'a' })!;
    await upload.write(block.subarray(0, 100));
    block.fill('y');
    expect(await textOf(upload.end())).toBe('x'.repeat(100));
  });

  it('on disk has no name there, so that nothing is left even when the process ends', async () => {
    const uploads = uploadsWith();
    await receive(uploads, 'x'.repeat(100));
    expect(readdirSync(folder)).toEqual([]);
    await uploads.release();
  });

  it('on disk is removed with its request where the system keeps the names of open files', async () => {
    const unlink = vi.spyOn(fs, 'unlink').mockRejectedValueOnce(Object.assign(new Error('busy'), { code: 'EBUSY' }));
    const uploads = uploadsWith();
    await receive(uploads, 'x'.repeat(100));
    expect(readdirSync(folder)).toHaveLength(1);
    await uploads.release();
    expect(unlink).toHaveBeenCalledTimes(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is a 413 past its limit, at the first byte too many', async () => {
    const upload = uploadsWith({ fileSize: 20 }).begin({ name: 'a' })!;
    await upload.write(Buffer.alloc(20));
    expect(() => upload.write(Buffer.alloc(1))).toThrow(expect.objectContaining({ status: 413 }));
  });

  it.each(['ENOSPC', 'EDQUOT', 'EMFILE'])('is a 503 where the system answers %s', async (code) => {
    vi.spyOn(fs, 'open').mockRejectedValueOnce(Object.assign(new Error(code), { code }));
    await expect(receive(uploadsWith(), 'x'.repeat(100))).rejects.toMatchObject({ status: 503 });
  });

  it('whose name is none is no file', () => {
    expect(uploadsWith().begin({ name: '../' })).toBeUndefined();
  });
});

describe('when the request has ended', () => {
  it('a file that is read then is refused', async () => {
    const uploads = uploadsWith();
    const file = await receive(uploads, 'x'.repeat(100));
    await uploads.release();
    await expect(textOf(file)).rejects.toMatchObject({ status: 400, detail: 'The request has ended, and its files are gone.' });
  });

  it('a file that is being read breaks off', async () => {
    const uploads = uploadsWith();
    const file = await receive(uploads, 'x'.repeat(1_000_000));
    const reading = (async () => {
      for await (const chunk of file.stream()) if (chunk) await uploads.release();
    })();
    await expect(reading).rejects.toMatchObject({ status: 400 });
    expect(openFiles()).toBe(0);
  });

  it('a file that is still coming in gets no temporary file, and keeps none', async () => {
    const uploads = uploadsWith();
    const [begun, later] = [uploads.begin({ name: 'a' })!, uploads.begin({ name: 'b' })!];
    await begun.write(Buffer.alloc(100));
    await uploads.release();
    await expect(begun.write(Buffer.alloc(1))).rejects.toMatchObject({ status: 400 });
    await expect(later.write(Buffer.alloc(100))).rejects.toMatchObject({ status: 400 });
    expect(openFiles()).toBe(0);
  });
});
