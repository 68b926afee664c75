import type { Readable } from 'node:stream';
import type { Socket } from 'node:net';
import { HttpException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { fromHttpException } from '../exceptions/http-exception.js';
import { languageHeaders } from '../messages/language-headers.js';
import { Languages } from '../messages/languages.js';
import { discardBody } from '../requests/discard-body.js';
import { LazyBody } from '../requests/lazy-body.js';
import { RestRequest } from '../requests/rest-request.js';
import { renderAnswer } from '../responses/render-answer.js';

export interface RestAdapterOptions extends Omit<FastifyServerOptions, 'trustProxy'> {
  /** The addresses or networks of proxies whose `X-Forwarded-*` headers are believed. Never `true`: a client would choose its own address. */
  readonly trustProxy?: string | string[];
}

type ParserDone = (error: Error | null, body?: unknown) => void;
type BodyParser = (request: FastifyRequest, body: Buffer, done: ParserDone) => unknown;

/** Nest's Fastify adapter with a router that does not mind the last slash, time-outs that are not endless, and bodies that wait until they are asked for. */
export class RestAdapter extends FastifyAdapter {
  constructor(options: RestAdapterOptions = {}) {
    const { trustProxy, routerOptions, ...rest } = options;
    if ((trustProxy as unknown) === true || typeof trustProxy === 'number') {
      throw new ConfigurationError(
        `restAdapter: trustProxy is ${String(trustProxy)}, so that a client could choose its own address. List the proxies: trustProxy: ['10.0.0.0/8'].`,
      );
    }
    super({
      requestTimeout: 30_000,
      connectionTimeout: 60_000,
      keepAliveTimeout: 72_000,
      bodyLimit: 2_621_440,
      clientErrorHandler: answerMalformed,
      frameworkErrors: answerUnroutable,
      ...rest,
      ...(trustProxy !== undefined && { trustProxy }),
      routerOptions: { maxParamLength: 512, ...routerOptions, ignoreTrailingSlash: true },
    } as never);
    // A body of any type stays a stream for the framework's handlers; for others of a type that nothing parses, Fastify answers 415 as it does without.
    this.getInstance().addContentTypeParser('*', (request: FastifyRequest, payload: Readable, done: ParserDone) => {
      if (isRest(request)) return done(null, lazyBody(request, payload));
      done(
        Object.assign(new Error(`Unsupported Media Type: ${request.headers['content-type']}`), {
          name: 'FastifyError',
          code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE',
          statusCode: 415,
        }),
      );
    });
    this.getInstance().addHook('onResponse', (request: FastifyRequest, _reply: unknown, done: () => void) => {
      if (request.body instanceof LazyBody && !request.body.stream.readableEnded) discardBody(request.body.stream);
      done();
    });
    this.useBodyParser('text/plain', false, undefined, ((_request: FastifyRequest, body: Buffer, done: ParserDone) =>
      done(null, body.toString())) as never);
  }

  /** Renders what a handler of the framework's answers, after every interceptor; what others answer goes out as Nest sends it. */
  override reply(response: FastifyReply, body: unknown, statusCode?: number): FastifyReply {
    const send = (payload: unknown) => super.reply(response as never, payload, statusCode) as unknown as FastifyReply;
    const request = response.request as FastifyRequest | undefined;
    if (!request || !isRest(request)) return send(body);
    const payload = renderAnswer(body, RestRequest.of(request), response);
    // Nest awaits whatever comes back.
    return payload instanceof Promise ? (payload.then(send) as never) : send(payload);
  }

  /** A parser of Nest's or the application's: it reads the bodies of hand-written controllers at once, and leaves those of the framework's handlers alone. */
  override useBodyParser(type: string | string[] | RegExp, rawBody: boolean, options?: { bodyLimit?: number }, parser?: unknown): void {
    const instance = this.getInstance();
    const add = instance.addContentTypeParser.bind(instance);
    Object.assign(instance, {
      addContentTypeParser: (name: never, parserOptions: { bodyLimit?: number }, parse: BodyParser) => {
        const limit = parserOptions.bodyLimit ?? instance.initialConfig.bodyLimit ?? 1_048_576;
        return add(name, (request: FastifyRequest, payload: Readable, done: ParserDone) => {
          if (isRest(request)) return done(null, lazyBody(request, payload));
          collect(request, payload, limit).then(
            (body) => parse(request, body, done),
            (error: Error) => done(error),
          );
        });
      },
    });
    try {
      super.useBodyParser(type as never, rawBody as never, options as never, parser as never);
    } finally {
      Object.assign(instance, { addContentTypeParser: add });
    }
  }
}

/** The adapter that RestModule asks for: `NestFactory.create(AppModule, restAdapter())`. */
export const restAdapter = (options?: RestAdapterOptions): RestAdapter => new RestAdapter(options);

const isRest = (request: FastifyRequest) => (request.routeOptions?.config as { rest?: unknown } | undefined)?.rest !== undefined;

const lazyBody = (raw: FastifyRequest, stream: Readable) =>
  new LazyBody(stream, async () => {
    const request = RestRequest.of(raw);
    await request.object;
    return request.data();
  });

async function collect(request: FastifyRequest, payload: Readable, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    Object.assign(new Error('Request body is too large'), { name: 'FastifyError', code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What Fastify's router refuses reaches no filter: percent-encoding that is no UTF-8, a parameter that is too long. */
function answerUnroutable(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
  const exception = fromHttpException(new HttpException(error.message, error.statusCode ?? 400, { cause: error }), request);
  const known = RestRequest.of(request);
  const body = JSON.stringify(exception.body(known.translate));
  const headers = { 'Content-Type': 'application/json', ...languageHeaders(known, (name) => reply.getHeader(name)) };
  void reply.status(exception.status).headers(headers).serializer(String).send(body);
}

/** What Node's parser refuses never becomes a request: the answer is written to the socket, in the default language. */
function answerMalformed(this: FastifyInstance, error: NodeJS.ErrnoException & { rawPacket?: unknown }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, reason, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', 'Request header fields are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', 'The request took too long to arrive.']
        : [400, 'Bad Request', 'Malformed request.'];
  const { translated, default: language } = Languages.of(this);
  const body = JSON.stringify({ detail: language.translate(detail) });
  const said = translated ? `Content-Language: ${language.tag}\r\n` : '';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\n${said}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
