import { Injectable, StreamableFile, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import type { Renderer, RendererContext } from '../renderers/renderer.js';
import { RestRequest } from '../requests/rest-request.js';
import { Response } from './response.js';

/** Renders what a handler of the framework's answers: outermost, so that every other interceptor sees data and not bytes. */
@Injectable()
export class RenderInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = RestRequest.of(http.getRequest<FastifyRequest>());
    if (!request.handler) return next.handle();
    return next.handle().pipe(mergeMap(async (value: unknown) => render(value, request, http.getResponse<FastifyReply>())));
  }
}

async function render(value: unknown, request: RestRequest, reply: FastifyReply): Promise<unknown> {
  if (value instanceof StreamableFile) return value;
  let data = value;
  if (value instanceof Response) {
    data = value.data;
    reply.status(value.status);
    reply.headers(value.headers);
  }
  const finalized = request.handler?.view.finalizeData(request, data);
  data = finalized instanceof Promise ? await finalized : finalized;
  if (data === undefined || data === null) return undefined;
  const payload = renderBody(data, request.renderer as Renderer, request, reply);
  reply.header('Content-Type', contentType(request.renderer as Renderer));
  return payload;
}

/** A body, rendered. As text it goes out together with its headers, in one write; the serializer keeps Fastify from adding a charset to JSON's content type. */
export function renderBody(data: unknown, renderer: Renderer, request: RestRequest, reply: FastifyReply, status = reply.statusCode): string | Buffer {
  reply.serializer?.(asItIs);
  return renderer.render(data, {
    request,
    status,
    get headers() {
      return reply.getHeaders?.() as RendererContext['headers'];
    },
    acceptedMediaType: request.acceptedMediaType ?? renderer.mediaType,
  });
}

const asItIs = (payload: unknown) => payload as string;

/** JSON goes out without a charset, as in DRF (RES-3). */
export const contentType = ({ mediaType, charset }: Renderer) => (charset === null ? mediaType : `${mediaType}; charset=${charset}`);
