import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UploadedFile } from '../../../src/framework/files/uploaded-file.js';
import { FileUploadParser } from '../../../src/framework/parsers/file-upload-parser.js';
import { MultiPartParser } from '../../../src/framework/parsers/multipart-parser.js';
import type { BodyLimits } from '../../../src/framework/parsers/parser.js';
import type { FormValues } from '../../../src/framework/requests/form-values.js';
import { requestOf } from '../requests/request-of.js';
import { contextOf } from './parsing.js';

const TYPE = 'multipart/form-data; boundary=X-Y';
const END = '--X-Y--\r\n';
const part = (disposition: string, value: string | Buffer, more = '') =>
  Buffer.concat([Buffer.from(`--X-Y\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`), Buffer.from(value), Buffer.from('\r\n')]);

function streamOf(body: Buffer, step = 65_536): Readable {
  return Readable.from(
    Array.from({ length: Math.ceil(body.length / step) }, (_, at) => body.subarray(at * step, (at + 1) * step)),
    { objectMode: false },
  );
}

async function textOf(value: unknown): Promise<unknown> {
  if (!(value instanceof UploadedFile)) return value;
  const chunks: Buffer[] = [];
  for await (const chunk of value.stream() as AsyncIterable<Buffer>) chunks.push(chunk);
  return `file of ${Buffer.concat(chunks).toString('latin1')}`;
}

async function parse(parts: readonly (Buffer | string)[], limits: Partial<BodyLimits> = {}, step?: number): Promise<FormValues> {
  const context = contextOf(TYPE, limits);
  return new MultiPartParser().parse(streamOf(Buffer.concat(parts.map((one) => Buffer.from(one))), step), context);
}

async function fileOf(disposition: string, more?: string): Promise<UploadedFile> {
  return (await parse([part(disposition, 'x', more), END])).get('f') as UploadedFile;
}

describe('a file in a form', () => {
  it('has its name, size, type, charset and bytes', async () => {
    const form = await parse([part('name="f"; filename="h.txt"', 'héllo', 'Content-Type: Text/Plain; charset="ISO-8859-1"\r\n'), END]);
    const file = form.get('f') as UploadedFile;
    expect(file).toBeInstanceOf(UploadedFile);
    expect(file).toMatchObject({ name: 'h.txt', size: 6, contentType: 'text/plain', charset: 'ISO-8859-1' });
    expect(await textOf(file)).toBe(`file of ${Buffer.from('héllo').toString('latin1')}`);
  });

  it('that says no type has none', async () => {
    const file = await fileOf('name="f"; filename="h.txt"');
    expect(file.contentType).toBe('');
    expect(file).not.toHaveProperty('charset');
  });

  it('stands behind the texts of its name, and files of one name stand in order', async () => {
    const form = await parse([part('name="f"; filename="1"', '1'), part('name="f"', 'text'), part('name="f"; filename="2"', '2'), END]);
    expect(await Promise.all(form.getAll('f').map(textOf))).toEqual(['text', 'file of 1', 'file of 2']);
  });

  it.each([
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="C:\\dir\\a.txt"', 'a.txt'],
    ['filename="a \\"quoted\\"; b.txt"', 'a "quoted"; b.txt'],
    ['filename=plain.txt', 'plain.txt'],
    ['filename="ü😀.txt"', 'ü😀.txt'],
    [`filename="old.txt"; filename*=UTF-8''na%C3%AFve%20b.txt`, 'naïve b.txt'],
    [`filename*=iso-8859-1'en'na%EFve.txt`, 'naïve.txt'],
    [`filename="old.txt"; filename*=none''new.txt`, 'old.txt'],
    [`filename="${'x'.repeat(300)}.jpeg"`, `${'x'.repeat(250)}.jpeg`],
  ])('whose part says %s is called %s', async (disposition, name) => {
    expect((await fileOf(`name="f"; ${disposition}`)).name).toBe(name);
  });

  it.each(['..', '/', 'folder/', '\\'])('called "%s" is read over', async (name) => {
    expect((await parse([part(`name="f"; filename="${name}"`, 'x'), part('name="a"', '1'), END])).names()).toEqual(['a']);
  });

  it('without a field is read over', async () => {
    expect((await parse([part('filename="a.txt"', 'x'), part('name="a"', '1'), END])).names()).toEqual(['a']);
  });
});

describe('the limits of files', () => {
  const file = (size: number) => part('name="f"; filename="h"', 'x'.repeat(size));

  it('are one for each file, at the first byte too many', async () => {
    expect((await parse([file(1000), file(1000), END], { fileSize: 1000 })).getAll('f')).toHaveLength(2);
    await expect(parse([file(1000), file(1001), END], { fileSize: 1000 })).rejects.toMatchObject({ status: 413 });
  });

  it('are one for their number', async () => {
    expect((await parse([...Array<Buffer>(3).fill(file(1)), END], { files: 3 })).getAll('f')).toHaveLength(3);
    await expect(parse([...Array<Buffer>(4).fill(file(1)), END], { files: 3 })).rejects.toMatchObject({
      status: 400,
      message: 'Multipart form parse error - more than 3 files.',
    });
  });

  it('are one for the whole body, and files do not count as what is held in memory', async () => {
    expect((await parse([file(5000), END], { bodyLimit: 1000, uploadLimit: 6000 })).get('f')).toMatchObject({ size: 5000 });
    await expect(parse([file(5000), END], { bodyLimit: 1000, uploadLimit: 4000 }, 64)).rejects.toMatchObject({ status: 413 });
    const stream = streamOf(Buffer.from('x'));
    await expect(
      new MultiPartParser().parse(stream, contextOf(TYPE, { uploadLimit: 2_621_441 }, { contentLength: 2_621_442 })),
    ).rejects.toMatchObject({
      status: 413,
    });
    expect(stream.readableDidRead).toBe(false);
  });

  it('are one for their names, which are cut', async () => {
    expect((await parse([part('name="f"; filename="abcdefgh.txt"', 'x'), END], { fileNameLength: 8 })).get('f')).toMatchObject({ name: 'abcd.txt' });
  });
});

it('a form is the same whatever it holds and however the bytes come', async () => {
  const bytes = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom('\r', '\n', '\r\n', '\r\n--X-', '--X-', '-', '\r\n\r\n').map((text) => Buffer.from(text)),
      ),
    )
    .map((pieces) => Buffer.concat(pieces))
    .filter((content) => !Buffer.concat([Buffer.from('\r\n'), content]).includes('\r\n--X-Y'));
  const parts = fc.array(fc.record({ content: bytes, file: fc.boolean() }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, 30, 1000), async (all, step, fileMemory) => {
      const body = all.map(({ content, file }, at) => part(`name="p${at}"${file ? '; filename="f"' : ''}`, content));
      const form = await parse([...body, END], { fileMemory }, step);
      const read = await Promise.all(all.map(async (_one, at) => textOf(form.get(`p${at}`))));
      expect(read).toEqual(all.map(({ content, file }) => (file ? `file of ${content.toString('latin1')}` : content.toString('utf8'))));
    }),
  );
});

describe('a body of any type', () => {
  async function upload(headers: Record<string, string>, limits: Partial<BodyLimits> = {}, params: Record<string, string> = {}): Promise<FormValues> {
    const request = requestOf({ method: 'PUT', headers, params } as never);
    return new FileUploadParser().parse(streamOf(Buffer.from('hello')), contextOf('text/csv; charset=utf-8', limits, { request }));
  }

  it('is one file, of which the data has nothing else', async () => {
    const form = await upload({ 'content-disposition': 'attachment; filename=a.csv' });
    expect(form.names()).toEqual(['file']);
    expect(form.get('file')).toMatchObject({ name: 'a.csv', size: 5, contentType: 'text/csv', charset: 'utf-8' });
    expect(await textOf(form.get('file'))).toBe('file of hello');
  });

  it.each([
    [`attachment; filename="old.csv"; filename*=UTF-8''%C3%BC.csv`, {}, 'ü.csv'],
    ['inline; filename="../a.csv"', {}, 'a.csv'],
    ['attachment; filename=a.csv', { filename: 'from-the-address.csv' }, 'from-the-address.csv'],
  ])('with the header %s and the parameters %j is called %3$s', async (header, params, name) => {
    expect((await upload({ 'content-disposition': header }, {}, params as Record<string, string>)).get('file')).toMatchObject({ name });
  });

  it.each([
    ['no header', {}],
    ['a header without a name', { 'content-disposition': 'attachment' }],
    ['a name of which nothing is left', { 'content-disposition': 'attachment; filename=".."' }],
  ])('with %s is a 400', async (_title, headers) => {
    await expect(upload(headers)).rejects.toMatchObject({
      status: 400,
      detail: 'Missing filename. Request should include a Content-Disposition header with a filename parameter.',
    });
  });

  it('past the limit of a file is a 413', async () => {
    const headers = { 'content-disposition': 'attachment; filename=a' };
    expect((await upload(headers, { fileSize: 5, bodyLimit: 1 })).has('file')).toBe(true);
    await expect(upload(headers, { fileSize: 4 })).rejects.toMatchObject({ status: 413 });
    await expect(upload(headers, { uploadLimit: 4 })).rejects.toMatchObject({ status: 413 });
  });
});
