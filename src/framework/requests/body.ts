import { Readable } from 'node:stream';
import { ParseError, PayloadTooLarge, UnsupportedMediaType } from '../exceptions/exceptions.js';
import { MediaType } from '../negotiation/media-type.js';
import { LimitedBody } from '../parsers/limited-body.js';
import type { Parser, ParserContext } from '../parsers/parser.js';
import { discardBody } from './discard-body.js';
import { FormValues } from './form-values.js';
import { LazyBody } from './lazy-body.js';
import type { RestRequest } from './rest-request.js';

const FORM_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

/**
 * The request's data, by the first parser of its handler that takes its media type (PARS-1, LIFE-11).
 *
 * Without a body it is `{}`, or a form without fields where the content type is a form's, whatever the parsers are.
 * On a hand-written controller, where Fastify has parsed the body already, it is what Fastify made of it.
 * @throws UnsupportedMediaType, PayloadTooLarge, and what the parser throws.
 */
export async function readBody(request: RestRequest): Promise<unknown> {
  const { raw, handler } = request;
  const contentType = raw.headers['content-type'] ?? '';
  const stream = unreadStream(request);
  if (!stream || !handler) return raw.body ?? emptyData(contentType);
  const contentLength = declaredLength(request);
  try {
    if (contentLength === 0 || !(await holdsAnything(stream, contentLength))) return emptyData(contentType);
    const parser = handler.negotiation.selectParser(request, handler.parsers);
    if (!parser) throw new UnsupportedMediaType(contentType);
    const { limits } = handler.settings;
    if (contentLength !== undefined && contentLength > parser.mostBytes(limits)) throw new PayloadTooLarge();
    const { uploads } = request;
    const context: ParserContext = { contentType, ...(contentLength !== undefined && { contentLength }), limits, uploads, request };
    return await (contentLength === undefined ? parseLimited(parser, stream, context) : parser.parse(stream, context));
  } catch (error) {
    discardBody(stream);
    throw error;
  }
}

function unreadStream({ raw }: RestRequest): Readable | undefined {
  if (raw.body instanceof LazyBody) return raw.body.stream;
  if (raw.body !== undefined && raw.body !== null) return undefined;
  return raw.raw instanceof Readable && !raw.raw.readableEnded ? raw.raw : undefined;
}

/** The bytes that the client promised: Node lets no more through. Undefined for a body sent in chunks, whose length nobody knows. */
function declaredLength({ headers }: RestRequest): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  const text = headers['content-length'];
  if (text === undefined) return 0;
  const length = Number(text);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

function emptyData(contentType: string): unknown {
  return FORM_TYPES.has(MediaType.parse(contentType).full) ? new FormValues() : {};
}

async function holdsAnything(stream: Readable, contentLength: number | undefined): Promise<boolean> {
  if (contentLength !== undefined) return true;
  for (;;) {
    const chunk: Buffer | null = stream.read() as Buffer | null;
    if (chunk !== null) {
      stream.unshift(chunk);
      return true;
    }
    if (stream.readableEnded) return false;
    if (stream.destroyed) throw new ParseError('The request ended before its body was complete.');
    await new Promise<void>((resolve) => {
      const events = ['readable', 'end', 'close', 'error'];
      const wake = () => {
        for (const event of events) stream.off(event, wake);
        stream.on('error', () => {});
        resolve();
      };
      for (const event of events) stream.on(event, wake);
    });
  }
}

/** A body of unknown length is counted here, so that a parser which forgets to do so is no hole. */
async function parseLimited(parser: Parser, stream: Readable, context: ParserContext): Promise<unknown> {
  const limited = new LimitedBody(parser.mostBytes(context.limits));
  const cut = () => limited.destroy(new ParseError('The request ended before its body was complete.'));
  stream.once('error', cut).once('aborted', cut);
  limited.on('error', () => stream.unpipe(limited));
  try {
    return await parser.parse(stream.pipe(limited), context);
  } catch (error) {
    throw limited.errored ?? error;
  } finally {
    stream.off('error', cut).off('aborted', cut).unpipe(limited);
  }
}
