import type { FastifyReply, FastifyRequest } from 'fastify';
import { StreamableFile } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { JSONRenderer } from '../../../src/framework/renderers/json-renderer.js';
import { Renderer } from '../../../src/framework/renderers/renderer.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { contentType, renderAnswer, Rendered } from '../../../src/framework/responses/render-answer.js';
import { Response } from '../../../src/framework/responses/response.js';

class CSVRenderer extends Renderer {
  override readonly mediaType = 'text/csv';
  override readonly format = 'csv';
  override readonly charset = 'utf-8';
  override render(data: unknown): string {
    return `${(data as unknown[]).join()}\r\n`;
  }
}
class PNGRenderer extends Renderer {
  override readonly mediaType = 'image/png';
  override readonly format = 'png';
  override readonly charset = null;
  override render(): Buffer {
    return Buffer.from([0x89, 0x50]);
  }
}

/** What goes out for what a handler of the framework's answers. */
async function answer(value: unknown, { renderer = new JSONRenderer() as Renderer, finalizeData = (_request: unknown, data: unknown) => data } = {}) {
  const sent = { status: 200, headers: {} as Record<string, string> };
  const reply = {
    get statusCode() {
      return sent.status;
    },
    status: (status: number) => void (sent.status = status),
    header: (name: string, text: string) => void (sent.headers[name] = text),
    headers: (headers: object) => void Object.assign(sent.headers, headers),
    getHeaders: () => sent.headers,
  } as unknown as FastifyReply;
  const raw = { method: 'GET', url: '/x/', routeOptions: { config: { rest: { view: { finalizeData } } } } } as unknown as FastifyRequest;
  RestRequest.of(raw).renderer = renderer;
  const body: unknown = await renderAnswer(value, RestRequest.of(raw), reply);
  return { ...sent, body: Buffer.isBuffer(body) ? body.toString() : body };
}

describe('an answer', () => {
  it.each<[string, unknown, number, object, unknown]>([
    ['a record', { a: 1 }, 200, { 'Content-Type': 'application/json' }, '{"a":1}'],
    ['a list', [], 200, { 'Content-Type': 'application/json' }, '[]'],
    ['a text', 'é', 200, { 'Content-Type': 'application/json' }, '"é"'],
    ['zero', 0, 200, { 'Content-Type': 'application/json' }, '0'],
    ['false', false, 200, { 'Content-Type': 'application/json' }, 'false'],
    ['an empty text', '', 200, { 'Content-Type': 'application/json' }, '""'],
    ['a bigint, digit for digit', { n: 9007199254740993n }, 200, { 'Content-Type': 'application/json' }, '{"n":9007199254740993}'],
    ['nothing', undefined, 200, {}, undefined],
    ['null', null, 200, {}, undefined],
    [
      'a Response with a status and headers',
      new Response({ a: 1 }, { status: 201, headers: { Location: '/x/1/' } }),
      201,
      { 'Content-Type': 'application/json', Location: '/x/1/' },
      '{"a":1}',
    ],
    ['an empty Response', new Response(undefined, { status: 204 }), 204, {}, undefined],
    ['a Response of null', new Response(null), 200, {}, undefined],
  ])('that is %s is rendered (RES-1, RES-3)', async (_what, value, status, headers, body) => {
    expect(await answer(value)).toEqual({ status, headers, body });
  });

  it('has the charset of its renderer, where that has one', async () => {
    expect(contentType(new JSONRenderer())).toBe('application/json');
    expect(await answer(['a', 'b'], { renderer: new CSVRenderer() })).toMatchObject({
      headers: { 'Content-Type': 'text/csv; charset=utf-8' },
      body: 'a,b\r\n',
    });
  });

  it('may be bytes', async () => {
    expect(await answer({}, { renderer: new PNGRenderer() })).toMatchObject({
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from([0x89, 0x50]).toString(),
    });
  });

  it('is what the view makes of it at last', async () => {
    const finalizeData = async (_request: unknown, data: unknown) => ({ data });
    expect(await answer(new Response([1], { status: 202 }), { finalizeData })).toMatchObject({ status: 202, body: '{"data":[1]}' });
  });

  it('that is a stream goes out as it is', async () => {
    const file = new StreamableFile(Buffer.from('x'));
    expect((await answer(file)).body).toBe(file);
  });

  it('that is rendered already goes out as it is', async () => {
    expect(await answer(new Rendered('{"detail":"x"}'))).toEqual({ status: 200, headers: {}, body: '{"detail":"x"}' });
  });

  it('that JSON cannot hold is an error, not a null', async () => {
    await expect(answer({ n: Number.NaN })).rejects.toThrow(RangeError);
  });
});
