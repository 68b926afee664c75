import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { LazyBody } from '../../../src/framework/requests/lazy-body.js';
import { RestAdapter, restAdapter, type RestAdapterOptions } from '../../../src/framework/routers/rest-adapter.js';

const open: RestAdapter[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((adapter) => adapter.getInstance().close()));
});

/** An adapter with a route of the framework's and a hand-written one, which both answer what they found for a body. */
function answering(options?: RestAdapterOptions) {
  const adapter = restAdapter(options);
  open.push(adapter);
  const fastify = adapter.getInstance();
  adapter.useBodyParser('application/json', false, undefined, ((_request: unknown, body: Buffer, done: (error: null, body: unknown) => void) =>
    done(null, JSON.parse(body.toString()))) as never);
  const answer = (request: FastifyRequest, reply: FastifyReply) =>
    reply.send({ lazy: request.body instanceof LazyBody, body: request.body instanceof LazyBody ? null : request.body, ip: request.ip });
  fastify.route({ method: ['GET', 'POST'], url: '/rest', config: { rest: {} } as never, handler: answer });
  fastify.route({ method: ['GET', 'POST'], url: '/plain', handler: answer });
  return fastify;
}

describe('restAdapter', () => {
  it.each([true, 1, 0])('refuses to trust every proxy: trustProxy %s', (trustProxy) => {
    expect(() => restAdapter({ trustProxy } as never)).toThrow(ConfigurationError);
    expect(() => restAdapter({ trustProxy } as never)).toThrow(/List the proxies: trustProxy: \['10\.0\.0\.0\/8'\]/);
  });

  it.each<[string, RestAdapterOptions, string]>([
    ['nobody', {}, '127.0.0.1'],
    ['a proxy in its list', { trustProxy: ['127.0.0.0/8'] }, '203.0.113.9'],
    ['no other proxy', { trustProxy: '10.0.0.0/8' }, '127.0.0.1'],
  ])('believes %s about the client’s address', async (_what, options, ip) => {
    const answer = await answering(options).inject({ url: '/rest', headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(answer.json()).toMatchObject({ ip });
  });

  it.each(['application/json', 'text/plain', 'text/csv', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'leaves a body of %s unread for the framework’s handlers',
    async (type) => {
      const answer = await answering().inject({ method: 'POST', url: '/rest', headers: { 'content-type': type }, payload: '{"a":' });
      expect([answer.statusCode, answer.json()]).toEqual([200, { lazy: true, body: null, ip: '127.0.0.1' }]);
    },
  );

  it.each<[string, string, number, unknown]>([
    ['application/json', '{"a":1}', 200, { a: 1 }],
    ['text/plain', 'a', 200, 'a'],
    ['text/csv', 'a,b', 415, undefined],
  ])('reads a body of %s for others at once, as Nest does', async (type, payload, status, body) => {
    const answer = await answering().inject({ method: 'POST', url: '/plain', headers: { 'content-type': type }, payload });
    expect([answer.statusCode, answer.json<{ body?: unknown }>().body]).toEqual([status, body]);
  });

  it.each(['12', undefined])('ends a body past the limit in a 413, announced as %s bytes', async (length) => {
    const answer = await answering({ bodyLimit: 8 }).inject({
      method: 'POST',
      url: '/plain',
      headers: { 'content-type': 'text/plain', ...(length && { 'content-length': length }) },
      payload: 'twelve bytes',
    });
    expect(answer.statusCode).toBe(413);
  });

  it('does not mind the last slash, and takes long parameters', async () => {
    const fastify = answering();
    fastify.get('/of/:name', (request) => (request.params as { name: string }).name.length);
    expect((await fastify.inject({ url: '/rest/' })).statusCode).toBe(200);
    expect((await fastify.inject({ url: `/of/${'x'.repeat(500)}/` })).payload).toBe('500');
  });

  it('has time-outs that end', () => {
    const { server } = restAdapter().getInstance();
    expect([server.requestTimeout, server.keepAliveTimeout]).toEqual([30_000, 72_000]);
  });
});
