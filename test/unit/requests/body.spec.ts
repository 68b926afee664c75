import { connect } from 'node:net';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APIException } from '../../../src/framework/exceptions/api-exception.js';
import { PayloadTooLarge, UnsupportedMediaType } from '../../../src/framework/exceptions/exceptions.js';
import { Parser, type ParserContext } from '../../../src/framework/parsers/parser.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { LazyBody } from '../../../src/framework/requests/lazy-body.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { HANDLER, requestOf } from './request-of.js';

const streamOf = (...chunks: string[]) =>
  Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );
const FORM = 'application/x-www-form-urlencoded';

function sent(text: string, headers: Record<string, string>, handler: object = HANDLER): RestRequest {
  return requestOf({ method: 'POST', headers, body: new LazyBody(streamOf(text)) }, handler);
}

describe('a request without a body', () => {
  it.each([
    ['has no length', {}],
    ['has the length 0', { 'content-length': '0' }],
    ['has a content type that nobody reads', { 'content-type': 'text/csv', 'content-length': '0' }],
    ['is sent in chunks of which none comes', { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' }],
  ])('that %s has the data {}, and is never a 415', async (_title, headers) => {
    expect(await requestOf({ method: 'POST', headers, body: new LazyBody(streamOf()) }).data()).toEqual({});
  });

  it.each([FORM, 'Multipart/Form-Data; boundary=x'])('with the content type %s is a form without fields', async (contentType) => {
    const data = await requestOf({
      method: 'POST',
      headers: { 'content-type': contentType, 'content-length': '0' },
      body: new LazyBody(streamOf()),
    }).data();
    expect(data).toBeInstanceOf(FormValues);
    expect((data as FormValues).names()).toEqual([]);
  });
});

describe('a request with a body', () => {
  it('is read by the parser of its media type', async () => {
    expect(await sent('{"a":1}', { 'content-type': 'application/json', 'content-length': '7' }).data()).toEqual({ a: 1 });
  });

  it('is read when it comes in chunks of an unknown length', async () => {
    const body = new LazyBody(streamOf('{"a"', ':1', '}'));
    expect(await requestOf({ method: 'POST', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, body }).data()).toEqual(
      { a: 1 },
    );
  });

  it.each(['text/csv', '', 'application/json2'])('of the media type "%s", which no parser takes, is a 415 that names it', async (contentType) => {
    const answer = sent('a', { 'content-length': '1', ...(contentType ? { 'content-type': contentType } : {}) }).data();
    await expect(answer).rejects.toThrow(UnsupportedMediaType);
    await expect(answer).rejects.toMatchObject({ status: 415, message: `Unsupported media type "${contentType}" in request.` });
  });

  it('that Fastify has parsed on a hand-written controller is what Fastify made of it', async () => {
    const parsed = { a: 1 };
    const request = RestRequest.of({ method: 'POST', url: '/', headers: {}, body: parsed, raw: {}, routeOptions: { config: {} } } as never);
    expect(await request.data()).toBe(parsed);
  });

  it('is refused by its length before a byte of it is read', async () => {
    const stream = streamOf('x');
    const answer = requestOf({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '2621441' },
      body: new LazyBody(stream),
    }).data();
    await expect(answer).rejects.toThrow(PayloadTooLarge);
  });

  it('of unknown length is cut at the limit even for a parser that does not count', async () => {
    class Careless extends Parser {
      override readonly mediaType = 'text/plain';
      override async parse(stream: Readable, _context: ParserContext) {
        let size = 0;
        for await (const chunk of stream) size += (chunk as Buffer).length;
        return size;
      }
    }
    const handler = {
      ...HANDLER,
      parsers: [new Careless()],
      settings: { ...HANDLER.settings, limits: { ...HANDLER.settings.limits, bodyLimit: 4 } },
    };
    const headers = { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' };
    expect(await requestOf({ method: 'POST', headers, body: new LazyBody(streamOf('12', '34')) }, handler).data()).toBe(4);
    await expect(requestOf({ method: 'POST', headers, body: new LazyBody(streamOf('12', '34', '5')) }, handler).data()).rejects.toMatchObject({
      status: 413,
    });
  });
});

describe('over a socket', () => {
  let app: FastifyInstance;
  let port: number;
  const outcomes: Promise<unknown>[] = [];

  beforeAll(async () => {
    app = Fastify();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, new LazyBody(payload)));
    app.post('/', { config: { rest: HANDLER } as object }, async (raw, reply) => {
      const reading = RestRequest.of(raw).data();
      outcomes.push(reading.catch((error: unknown) => error));
      try {
        return { data: await reading };
      } catch (error) {
        if (!(error instanceof APIException)) throw error;
        return reply.status(error.status).send(error.body());
      }
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    port = (app.server.address() as { port: number }).port;
  });
  afterAll(() => app.close());

  /** Sends a head and 50 MB, from the fourth on only when `go` allows it, and answers what came back once all is sent. */
  function send(head: string, chunked: boolean, go: (answered: Promise<void>) => Promise<void>): Promise<string> {
    const block = Buffer.alloc(1024 * 1024, 0x20);
    const piece = chunked ? Buffer.concat([Buffer.from('100000\r\n'), block, Buffer.from('\r\n')]) : block;
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      const answered = new Promise<void>((heard) => socket.on('data', (data) => (answer += data.toString()).includes('\r\n\r\n{') && heard()));
      const write = (bytes: Buffer | string) => new Promise<void>((sent) => (socket.write(bytes) ? sent() : socket.once('drain', sent)));
      const all = async () => {
        await write(head);
        for (let megabyte = 1; megabyte <= 50; megabyte++) {
          if (megabyte === 4) await go(answered);
          await write(piece);
        }
        if (chunked) await write('0\r\n\r\n');
        await answered;
        socket.destroy();
        return answer;
      };
      socket.on('error', reject);
      all().then(resolve, reject);
    });
  }

  describe.each([
    ['with its length', `content-length: ${50 * 1024 * 1024}`, false],
    ['in chunks', 'transfer-encoding: chunked', true],
  ])('a client that sends 50 MB %s', (_title, header, chunked) => {
    const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${header}\r\n\r\n`;

    it('gets its 413 though it listens only when all is sent', async () => {
      const answer = await send(head, chunked, async () => {});
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('{"detail":"Request body is too large."}');
    });

    it('is answered before most of it was sent, and may send the rest', async () => {
      expect(await send(head, chunked, (answered) => answered)).toMatch(/^HTTP\/1\.1 413 /);
    });
  });

  it.each([
    ['with its length', 'content-length: 100', '{"a":'],
    ['in chunks', 'transfer-encoding: chunked', '5\r\n{"a":\r\n'],
    [
      'in a multipart form',
      'content-type: multipart/form-data; boundary=x\r\ncontent-length: 100',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    ],
  ])('a client that goes away in the middle of a body %s leaves a 400 behind and a server that serves on', async (_title, header, text) => {
    const seen = outcomes.length;
    const type = header.startsWith('content-type') ? '' : 'content-type: application/json\r\n';
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${type}${header}\r\n\r\n${text}`);
    await expect.poll(() => outcomes.length).toBe(seen + 1);
    socket.destroy();
    expect(await outcomes[seen]).toMatchObject({ status: 400 });
    const next = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } });
    expect(await next.json()).toEqual({ data: { a: 1 } });
  });

  it('a connection serves on after a body that was refused', async () => {
    const body = '[1,';
    const request = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const answers = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('error', reject).on('data', (data) => {
        text += data.toString();
        if ((text.match(/HTTP\/1\.1 400/g) ?? []).length === 2) resolve((socket.destroy(), text));
      });
      socket.write(request + request);
    });
    expect(answers).toContain('JSON parse error - Expecting value: line 1 column 4 (char 3)');
  });
});
