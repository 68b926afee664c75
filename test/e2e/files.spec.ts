import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Module } from '@nestjs/common';
import {
  APIView,
  CurrentRequest,
  file,
  FileSystemStorage,
  FileUploadParser,
  FormValues,
  image,
  IsAuthenticated,
  ModelSerializer,
  ModelViewSet,
  serveFiles,
  UploadedFile,
  View,
  ViewSet,
  type RestRequest,
} from 'nest-rest-framework';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { models, type AuthorModel, type PublisherModel } from '#library/generated/models.js';
import { png } from '../unit/files/images.js';
import { openLibrary, TOKENS, type Library } from './library.js';

const base = mkdtempSync(join(tmpdir(), 'files-'));
const media = join(base, 'media');
const temporary = mkdtempSync(join(base, 'temporary-'));
const storage = new FileSystemStorage({ location: media });

/** An author's text holds the name of a file here, a publisher's address that of an image. */
class AttachmentSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email'] }) {
  attachment = file({ source: 'bio', uploadTo: 'attachments' });
}
class LogoSerializer extends ModelSerializer(models.publisher, { fields: ['id', 'name', 'country'] }) {
  logo = image({ source: 'website', uploadTo: 'logos', required: false });
}

@ViewSet('attachments', { model: models.author, basename: 'attachment', serializer: AttachmentSerializer, permissions: [IsAuthenticated] })
class AttachmentViewSet extends ModelViewSet<AuthorModel> {
  override performCreate(request: RestRequest, data: Record<string, unknown>): Promise<object> {
    const { headers } = request;
    return this.database.transaction(async () => {
      const row = await super.performCreate(request, data);
      if (headers['x-fail']) throw new Error('what comes after the row fails');
      return row;
    });
  }
}

@ViewSet('logos', { model: models.publisher, basename: 'logo', serializer: LogoSerializer, pagination: null })
class LogoViewSet extends ModelViewSet<PublisherModel> {}

/** How a handler is held up, and what becomes of its work. */
let entered: (() => void) | undefined;
let work: Promise<string> | undefined;
@View('raw/:filename', { parsers: [FileUploadParser] })
class RawView extends APIView {
  async put(@CurrentRequest() request: RestRequest) {
    const sent = ((await request.data()) as FormValues).get('file') as UploadedFile;
    if (entered) {
      entered();
      await new Promise<void>((resolve) => void request.raw.raw.socket.once('close', resolve));
    }
    work = storage.save(sent.name, sent.stream());
    return { name: sent.name, size: sent.size, stored: await work };
  }
}

@Module({ controllers: [AttachmentViewSet, LogoViewSet, RawView] })
class FilesModule {}

let library: Library;
let address: string;
const failures = vi.spyOn(process.stderr, 'write');

async function open(): Promise<void> {
  library = await openLibrary({
    imports: [FilesModule],
    settings: { storage, fileUploadTempDir: temporary, limits: { fileSize: 60_000_000 } },
    prepare: (app) => serveFiles(app, storage),
  });
  await library.app.listen(0, '127.0.0.1');
  address = `http://127.0.0.1:${(library.app.getHttpServer().address() as AddressInfo).port}`;
}

beforeAll(open);
afterAll(async () => {
  await library.close();
  rmSync(base, { recursive: true });
});
afterEach(() => {
  rmSync(media, { recursive: true, force: true });
});

const stored = (): string[] =>
  existsSync(media)
    ? readdirSync(media, { recursive: true, withFileTypes: true })
        .filter((one) => !one.isDirectory())
        .map((one) => join(one.parentPath, one.name).slice(media.length + 1))
    : [];

const LINUX = existsSync('/proc/self/fd');

/** The sizes of the temporary files that this process has open: their names are gone already. */
function temporaryFiles(): number[] {
  if (!LINUX) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(temporary) ? [statSync(`/proc/self/fd/${fd}`).size] : [];
    } catch {
      return [];
    }
  });
}

let count = 0;
function attachment(name: string, content: string | Buffer, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  const all = { name: 'Ada', email: `ada${++count}@example.com`, ...fields };
  for (const [key, value] of Object.entries(all)) form.append(key, value);
  form.append('attachment', new Blob([content], { type: 'text/plain' }), name);
  return form;
}

interface Answer {
  readonly status: number;
  readonly body: any;
}

async function send(method: string, path: string, body?: FormData | string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(address + path, {
    method,
    headers: {
      authorization: `Token ${TOKENS.alice}`,
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What is left then is held by someone. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const BOUNDARY = 'files-boundary';
const email = () => `streamed${count}@example.com`;
/** The form up to the bytes of its file. */
function start(): Buffer {
  const fields = { name: 'Ada', email: email() };
  const parts = Object.entries(fields).map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return Buffer.from(`${parts.join('')}--${BOUNDARY}\r\nContent-Disposition: form-data; name="attachment"; filename="big.bin"\r\n\r\n`);
}
const END = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

/** Begins a form whose length is said or not, with a new address, and leaves it to the test to go on. */
function begin(length?: number): { sending: ClientRequest; answer: Promise<IncomingMessage> } {
  count++;
  const sending = httpRequest(`${address}/attachments/`, {
    method: 'POST',
    headers: {
      authorization: `Token ${TOKENS.alice}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      ...(length !== undefined && { 'content-length': start().length + length + END.length }),
    },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => sending.once('response', resolve).once('error', reject));
  answer.catch(() => {});
  return { sending, answer };
}

async function jsonOf(answer: IncomingMessage): Promise<any> {
  return JSON.parse(Buffer.concat((await answer.toArray()) as Buffer[]).toString());
}

describe('a file in a form', () => {
  it('is stored with its row, shown as an address, and served from there as nothing that runs', async () => {
    const { status, body } = await send('POST', '/attachments/', attachment('../my notes.html', '<script>alert(1)</script>'));
    expect(status).toBe(201);
    expect(body.attachment).toBe(`${address}/media/attachments/my_notes.html`);
    expect(stored()).toEqual(['attachments/my_notes.html']);
    expect((await library.prisma.author.findUniqueOrThrow({ where: { id: body.id } })).bio).toBe('attachments/my_notes.html');
    expect((await send('GET', `/attachments/${body.id}/`)).body).toEqual(body);

    const served = await fetch(body.attachment);
    expect(await served.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('has a name of its own where two of one name come at a time', async () => {
    const answers = await Promise.all(['first', 'second', 'third'].map((text) => send('POST', '/attachments/', attachment('same.txt', text))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.attachment)).size).toBe(3);
    for (const [at, { body }] of answers.entries()) {
      expect(await (await fetch(body.attachment)).text()).toBe(['first', 'second', 'third'][at]);
    }
    expect(stored()).toContain('attachments/same.txt');
  });

  it('is asked for where it is required, and a change without it keeps it', async () => {
    const form = new FormData();
    form.append('name', 'Ada');
    form.append('email', 'none@example.com');
    expect(await send('POST', '/attachments/', form)).toEqual({ status: 400, body: { attachment: ['No file was submitted.'] } });

    const { body } = await send('POST', '/attachments/', attachment('kept.txt', 'kept'));
    const changed = new FormData();
    changed.append('name', 'Grace');
    expect(await send('PATCH', `/attachments/${body.id}/`, changed)).toEqual({ status: 200, body: { ...body, name: 'Grace' } });
    expect(await send('PATCH', `/attachments/${body.id}/`, '{"name": "Edith"}')).toEqual({ status: 200, body: { ...body, name: 'Edith' } });
    expect(await send('PUT', `/attachments/${body.id}/`, form)).toEqual({ status: 400, body: { attachment: ['No file was submitted.'] } });
    expect(stored()).toEqual(['attachments/kept.txt']);
  });

  it('is not stored where another field is wrong', async () => {
    const form = attachment('a.txt', 'x', { email: 'none' });
    expect(await send('POST', '/attachments/', form)).toEqual({ status: 400, body: { email: ['Enter a valid email address.'] } });
    expect(stored()).toEqual([]);
  });

  it('is removed again where its transaction fails', async () => {
    failures.mockImplementation(() => true);
    const answer = await send('POST', '/attachments/', attachment('lost.txt', 'x'), { 'x-fail': '1' });
    failures.mockReset();
    expect(answer.status).toBe(500);
    expect(stored()).toEqual([]);
    expect(await library.prisma.author.count({ where: { bio: 'attachments/lost.txt' } })).toBe(0);
  });

  it('is removed again where the database refuses its row: of two with one email, one file stays', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((at) => send('POST', '/attachments/', attachment(`${at}.txt`, 'x', { email: 'race@example.com' }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
    expect(stored()).toHaveLength(1);
  });

  it('past the limit is a 413, and nothing is stored', async () => {
    const answer = await send('POST', '/attachments/', attachment('big.bin', Buffer.alloc(60_000_001)));
    expect(answer).toEqual({ status: 413, body: { detail: 'Request body is too large.' } });
    expect(stored()).toEqual([]);
  });

  it('of a client that may not send it is not even read', async () => {
    const { sending, answer } = begin();
    sending.setHeader('authorization', 'Token none');
    sending.write(start());
    sending.write(Buffer.alloc(5_000_000));
    sending.end(END);
    expect((await answer).statusCode).toBe(401);
    (await answer).resume();
    expect(temporaryFiles()).toEqual([]);
  });
});

describe('a file of 50 MB', () => {
  const MEGABYTE = 1024 * 1024;

  it.skipIf(!LINUX).each([
    ['whose length is known', 50 * MEGABYTE],
    ['that comes in chunks', undefined],
  ])('%s is on disk as far as it has come, and none of it in memory', async (_title, length) => {
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    const { sending, answer } = begin(length);
    // What is no longer held may be swept a little later.
    const expectLittleHeld = () => {
      collectGarbage();
      expect((process.memoryUsage().arrayBuffers - before) / MEGABYTE).toBeLessThan(20);
    };
    const body = async function* () {
      yield start();
      for (let sent = 0; sent < 50; sent++) {
        if (sent === 40) {
          await vi.waitFor(() => expect(temporaryFiles()).toEqual([40 * MEGABYTE]), 10_000);
          await vi.waitFor(expectLittleHeld, 10_000);
        }
        yield Buffer.alloc(MEGABYTE, sent);
      }
      yield END;
    };
    const [, shown] = await Promise.all([pipeline(Readable.from(body(), { objectMode: false }), sending), answer.then(jsonOf)]);
    expect(shown.attachment).toBe(`${address}/media/attachments/big.bin`);
    const bytes = readFileSync(join(media, 'attachments/big.bin'));
    expect(bytes.length).toBe(50 * MEGABYTE);
    for (let at = 0; at < 50; at++) expect(bytes[at * MEGABYTE]).toBe(at);
    await vi.waitFor(() => expect(temporaryFiles()).toEqual([]));
  });
});

describe('whatever becomes of a request, no temporary file stays', () => {
  /** Sends so much that a temporary file is there. */
  async function half(): Promise<ClientRequest> {
    const { sending } = begin(10_000_000);
    sending.on('error', () => {});
    sending.write(start());
    sending.write(Buffer.alloc(5_000_000));
    await vi.waitFor(() => expect(temporaryFiles()).toHaveLength(1));
    return sending;
  }
  /** What is left of it. */
  const left = async () => ({
    open: temporaryFiles(),
    named: readdirSync(temporary),
    stored: stored(),
    rows: await library.prisma.author.count({ where: { email: email() } }),
  });
  const NOTHING = { open: [], named: [], stored: [], rows: 0 };

  it.skipIf(!LINUX)('where the client goes away in the middle', async () => {
    (await half()).destroy();
    await vi.waitFor(async () => expect(await left()).toEqual(NOTHING));
  });

  it.skipIf(!LINUX)('where the client goes away while the handler is at work', async () => {
    const arrived = new Promise<void>((resolve) => (entered = resolve));
    const sending = httpRequest(`${address}/raw/big.bin/`, { method: 'PUT', headers: { 'content-length': 5_000_000 } });
    sending.on('error', () => {});
    sending.end(Buffer.alloc(5_000_000));
    await arrived;
    entered = undefined;
    expect(temporaryFiles()).toHaveLength(1);
    work = undefined;
    sending.destroy();
    await vi.waitFor(() => expect(work).toBeDefined());
    await expect(work).rejects.toMatchObject({ status: 400 });
    await vi.waitFor(async () => expect(await left()).toEqual(NOTHING));
  });

  it.skipIf(!LINUX)('where it is refused for what follows', async () => {
    const { sending, answer } = begin();
    sending.write(start());
    sending.write(Buffer.alloc(5_000_000));
    sending.end(`\r\n--${BOUNDARY}\r\n`);
    expect((await answer).statusCode).toBe(400);
    expect(await jsonOf(await answer)).toEqual({ detail: 'Multipart form parse error - Unexpected end of multipart data' });
    await vi.waitFor(async () => expect(await left()).toEqual(NOTHING));
  });

  it.skipIf(!LINUX)('where the server closes', async () => {
    const sending = await half();
    const closed = library.close();
    sending.destroy();
    await closed;
    await open();
    await vi.waitFor(async () => expect(await left()).toEqual(NOTHING));
  });
});

describe('an image in a form', () => {
  function logo(bytes: string | Buffer, name = 'logo.png'): FormData {
    const form = new FormData();
    form.append('name', `Press ${++count}`);
    form.append('country', 'FR');
    form.append('logo', new Blob([bytes], { type: 'image/png' }), name);
    return form;
  }

  it('is stored and served as what it is', async () => {
    const bytes = await png();
    const { status, body } = await send('POST', '/logos/', logo(bytes));
    expect(status).toBe(201);
    const served = await fetch(body.logo);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(served.headers.get('content-disposition')).toBe('inline');
    expect((await fetch(body.logo, { method: 'HEAD' })).headers.get('content-length')).toBe(String(bytes.length));
  });

  it('of five megabytes, which is on disk while it is decoded', async () => {
    const bytes = await png(1500, 1200);
    expect(bytes.length).toBeGreaterThan(4_000_000);
    const { body } = await send('POST', '/logos/', logo(bytes));
    expect(readFileSync(join(media, new URL(body.logo).pathname.replace('/media/', ''))).equals(bytes)).toBe(true);
  });

  it('that is none is refused', async () => {
    const bytes = await png();
    const message = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';
    for (const wrong of ['no image', bytes.subarray(0, bytes.length / 2), '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
      expect(await send('POST', '/logos/', logo(wrong))).toEqual({ status: 400, body: { logo: [message] } });
    }
    expect(stored()).toEqual([]);
  });

  it('may be left out', async () => {
    const { status, body } = await send('POST', '/logos/', '{"name": "Plain Press", "country": "FR"}');
    expect([status, body.logo]).toEqual([201, null]);
  });
});

describe('a body that is one file', () => {
  it('is called by the address', async () => {
    const answer = await fetch(`${address}/raw/My%20Report.pdf/`, { method: 'PUT', body: 'x'.repeat(3_000_000) });
    expect(await answer.json()).toEqual({ name: 'My Report.pdf', size: 3_000_000, stored: 'My_Report.pdf' });
  });
});

describe('the address of stored files', () => {
  it.each(['nothing.txt', '../package.json', '..%2f..%2fetc%2fpasswd', '%2e%2e/secret', '.hidden', 'a%00', ''])('answers 404 to %s', async (name) => {
    const answer = await fetch(`${address}/media/${name}`);
    expect(answer.status).toBe(404);
  });
});
