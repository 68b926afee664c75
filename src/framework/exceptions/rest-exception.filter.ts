import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DefaultAuthentication } from '../authentication/default-authentication.js';
import { languageHeaders } from '../messages/language-headers.js';
import { Languages } from '../messages/languages.js';
import { JSONRenderer } from '../renderers/json-renderer.js';
import type { Renderer } from '../renderers/renderer.js';
import { contentType, renderBody, Rendered } from '../responses/render-answer.js';
import { RestRequest } from '../requests/rest-request.js';
import { Redirect } from '../routers/redirect.js';
import { Routes } from '../routers/routes.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { APIException } from './api-exception.js';
import { AuthenticationFailed, MethodNotAllowed, NotAuthenticated, NotFound } from './exceptions.js';
import { exceptionOf } from './exception-of.js';

/** Answers every error with DRF's bodies: the framework's, Nest's, Fastify's, the database's, and those that no one expected (LIFE-12). */
@Catch()
export class RestExceptionFilter implements ExceptionFilter {
  readonly #logger = new Logger('RestModule');
  readonly #json = new JSONRenderer();

  constructor(
    private readonly settings: RestSettingsHolder,
    private readonly routes: Routes,
    private readonly adapterHost: HttpAdapterHost,
    private readonly defaultAuthentication: DefaultAuthentication,
    private readonly languages: Languages,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const adapter = this.adapterHost.httpAdapter;
    // Middleware answers on Node's own response, which knows nothing of Fastify's.
    const raw = http.getRequest<FastifyRequest>();
    if (adapter.isHeadersSent(reply)) return;
    if (error instanceof Redirect) {
      adapter.setHeader(reply, 'Location', error.location);
      adapter.setHeader(reply, 'Content-Type', 'text/html; charset=utf-8');
      return adapter.reply(reply, new Rendered(''), error.status);
    }
    const exception = this.#exceptionOf(error, raw);
    this.#answer(exception, raw, reply);
  }

  #exceptionOf(error: unknown, raw: FastifyRequest): APIException {
    const known = exceptionOf(error, RestRequest.of(raw), this.settings.settings);
    if (error instanceof HttpException && known instanceof NotFound && !raw.routeOptions?.url && this.routes.methodsOf(pathOf(raw)))
      return new MethodNotAllowed(raw.method);
    if (known) return known;
    this.#logger.error(`${raw.method} ${pathOf(raw)} failed (request ${raw.id})`, error instanceof Error ? error.stack : String(error));
    return new APIException();
  }

  #answer(exception: APIException, raw: FastifyRequest, reply: FastifyReply): void {
    const adapter = this.adapterHost.httpAdapter;
    const set = (name: string, value: string) => adapter.setHeader(reply, name, value);
    const request = RestRequest.of(raw);
    request.languages = this.languages;
    let { status } = exception;
    if (exception instanceof NotAuthenticated || exception instanceof AuthenticationFailed) {
      const [first] = request.handler?.authentication ?? this.defaultAuthentication.schemes;
      const challenge = first?.authenticateHeader(request) ?? null;
      if (challenge === null) status = 403;
      else set('WWW-Authenticate', challenge);
    }
    // RFC 6585: it must not be stored.
    if (status === 429) set('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(exception.headers ?? {})) set(name, value);
    if (exception.retryAfter) set('Retry-After', String(exception.retryAfter));
    if (exception instanceof MethodNotAllowed && !request.handler) set('Allow', this.routes.methodsOf(pathOf(raw))?.join(', ') ?? '');
    const shown = this.settings.settings.exceptionHandler?.(exception, request) ?? exception.body(request.translate);
    for (const [name, value] of Object.entries(languageHeaders(request, (name) => adapter.getHeader(reply, name)))) set(name, value);
    const [renderer, body] = this.#render(shown, status, request, reply);
    set('Content-Type', contentType(renderer));
    adapter.reply(reply, request.handler ? new Rendered(body) : body, status);
  }

  /** The negotiated renderer's body; JSON where that one cannot show errors, so that the client learns of them at all. */
  #render(shown: unknown, status: number, request: RestRequest, reply: FastifyReply): [Renderer, string | Buffer] {
    const renderer = request.renderer ?? request.handler?.renderers[0] ?? this.#json;
    try {
      return [renderer, renderBody(shown, renderer, request, reply, status)];
    } catch (error) {
      this.#logger.error(
        `${renderer.constructor.name} failed to render an error (request ${request.raw.id})`,
        error instanceof Error ? error.stack : String(error),
      );
      return [this.#json, renderBody(shown, this.#json, request, reply, status)];
    }
  }
}

const pathOf = (raw: FastifyRequest) => (raw.url ?? '').split('?', 1)[0] as string;
