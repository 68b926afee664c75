import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Renderer, RendererContext } from '../renderers/renderer.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from './response.js';

/** What goes out as it is: nothing renders it again. */
export class Rendered {
  constructor(readonly payload: string | Buffer) {}
}

/**
 * The payload of what a handler of the framework's answered. It is the last step of all, so that every interceptor sees data and not bytes.
 * No promise where the view's `finalizeData` answers none.
 */
export function renderAnswer(value: unknown, request: RestRequest, reply: FastifyReply): unknown {
  if (value instanceof Rendered) return value.payload;
  if (value instanceof StreamableFile) return value;
  let data = value;
  if (value instanceof Response) {
    data = value.data;
    reply.status(value.status);
    reply.headers(value.headers);
  }
  const finalized = request.handler?.view.finalizeData(request, data);
  return finalized instanceof Promise ? finalized.then((found: unknown) => payloadOf(found, request, reply)) : payloadOf(finalized, request, reply);
}

function payloadOf(data: unknown, request: RestRequest, reply: FastifyReply): string | Buffer | undefined {
  if (data === undefined || data === null) return undefined;
  const renderer = request.renderer as Renderer;
  const payload = renderBody(data, renderer, request, reply);
  reply.header('Content-Type', contentType(renderer));
  return payload;
}

/** A body, rendered. As text it goes out together with its headers, in one write; the serializer keeps Fastify from adding a charset to JSON's content type. */
export function renderBody(data: unknown, renderer: Renderer, request: RestRequest, reply: FastifyReply, status = reply.statusCode): string | Buffer {
  reply.serializer?.(asItIs);
  return renderer.render(data, new AnswerContext(request, status, request.acceptedMediaType ?? renderer.mediaType, reply));
}

/** A class, for V8 keeps a hidden class of each literal that has a getter, and with it the request, until it collects the whole heap. */
class AnswerContext implements RendererContext {
  constructor(
    readonly request: RestRequest,
    readonly status: number,
    readonly acceptedMediaType: string,
    readonly reply: FastifyReply,
  ) {}

  get headers() {
    return this.reply.getHeaders?.() as RendererContext['headers'];
  }
}

const asItIs = (payload: unknown) => payload as string;

/** JSON goes out without a charset, as in DRF (RES-3). */
export const contentType = ({ mediaType, charset }: Renderer) => (charset === null ? mediaType : `${mediaType}; charset=${charset}`);
