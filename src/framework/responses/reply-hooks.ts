import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { APIException } from '../exceptions/api-exception.js';
import { RestRequest, type ReplyHook } from '../requests/rest-request.js';

const logger = new Logger('RestModule');

/** Runs `request.beforeReply`'s functions on a server's answers. One that fails turns the answer into its error: what it was to keep is not kept. */
export function serveReplyHooks(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (raw, reply, payload, done) => {
    const request = RestRequest.known(raw);
    const hooks = request?.takeReplyHooks();
    if (!request || !hooks) return done(null, payload);
    runAll(hooks, reply).then(
      () => done(null, payload),
      (error: unknown) => done(null, refuse(error, request, reply, payload)),
    );
  });
}

async function runAll(hooks: readonly ReplyHook[], reply: FastifyReply): Promise<void> {
  for (const hook of hooks) await hook(reply);
}

function refuse(error: unknown, request: RestRequest, reply: FastifyReply, payload: unknown): string {
  if (!(error instanceof APIException)) {
    logger.error(
      `${request.method} ${request.path} failed as it was answered (request ${request.raw.id})`,
      error instanceof Error ? error.stack : String(error),
    );
  }
  const exception = error instanceof APIException ? error : new APIException();
  if (payload instanceof Readable) payload.destroy();
  for (const name of ['Content-Length', 'Content-Encoding', 'ETag', 'Last-Modified', 'Location']) reply.removeHeader(name);
  reply.status(exception.status).headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  if (exception.retryAfter) reply.header('Retry-After', String(exception.retryAfter));
  return JSON.stringify(exception.body(request.translate));
}
