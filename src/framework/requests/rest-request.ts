import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { parseCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language, Translate } from '../messages/language.js';
import { Languages } from '../messages/languages.js';
import type { Authentication, Credentials } from '../authentication/authentication.js';
import { Uploads } from '../files/uploads.js';
import type { Permission } from '../permissions/permission.js';
import type { Renderer } from '../renderers/renderer.js';
import type { Handler } from '../viewsets/handler.js';
import type { RequestUser } from './request-user.js';
import { readBody } from './body.js';
import { QueryParams } from './query-params.js';

const REQUEST = Symbol('rest.request');

/**
 * A request as views and policies see it: one object for each, kept on Fastify's own under a symbol.
 *
 * It holds all that belongs to the request; policies and hooks get it as an argument and keep nothing themselves.
 */
export class RestRequest {
  /** The user that authentication found; null for an anonymous client. */
  user: RequestUser | null = null;
  /** What authentication found beside the user, such as the token. */
  auth: unknown = null;
  /** The scheme that succeeded. */
  authenticator: Authentication | null = null;
  /** What was asked whether the request may go on, and is asked again about objects. */
  permissions: readonly Permission[] = [];
  /** The renderer that negotiation chose; undefined before it has. */
  renderer?: Renderer;
  /** The accepted media type with the parameters that the client sent. */
  acceptedMediaType?: string;
  /** Node's own answer, by which it is known when the request has ended. */
  answer?: ServerResponse;
  /** The object that the address names, once a parameter of the handler has asked for it: a body that a pipe reads waits for it, so that a 404 comes first. */
  object?: Promise<unknown>;
  /** The parent rows of a nested resource, by the parameter's name. */
  readonly parents: Record<string, unknown> = {};
  #languages?: Languages;
  #language?: Language;
  #authentication?: Promise<void>;
  #query?: QueryParams;
  #data?: Promise<unknown>;
  #uploads?: Uploads;
  #cookies?: Readonly<Record<string, string | undefined>>;
  #kept?: Map<object, unknown>;
  #beforeReply?: ReplyHook[];

  private constructor(
    readonly raw: FastifyRequest,
    /** The framework's handler that was matched; undefined on a hand-written controller. */
    readonly handler: Handler | undefined,
  ) {}

  static of(raw: FastifyRequest): RestRequest {
    const kept = raw as FastifyRequest & { [REQUEST]?: RestRequest };
    return (kept[REQUEST] ??= new RestRequest(raw, (raw.routeOptions?.config as { rest?: Handler } | undefined)?.rest));
  }

  /** The request that was made for Fastify's, if anybody has asked for it. */
  static known(raw: FastifyRequest): RestRequest | undefined {
    return (raw as FastifyRequest & { [REQUEST]?: RestRequest })[REQUEST];
  }

  get method(): string {
    return this.raw.method;
  }

  /** Whether the method only reads: GET, HEAD or OPTIONS. */
  get isSafe(): boolean {
    return this.method === 'GET' || this.method === 'HEAD' || this.method === 'OPTIONS';
  }

  /** The action's name: `list`, `borrow`; `metadata` on OPTIONS, null where the address lacks the method (VS-4). */
  get action(): string | null {
    return this.handler?.action ?? null;
  }

  get view(): object | undefined {
    return this.handler?.view;
  }

  /** The address's parameters, percent-decoded. */
  get params(): Readonly<Record<string, string>> {
    return this.raw.params as Record<string, string>;
  }

  get headers(): FastifyRequest['headers'] {
    return this.raw.headers;
  }

  /** The cookies by name, decoded; of several with one name the first, which the browser holds for the more specific. */
  get cookies(): Readonly<Record<string, string | undefined>> {
    return (this.#cookies ??= parseCookie(this.headers.cookie ?? ''));
  }

  get query(): QueryParams {
    if (!this.#query) {
      const at = this.raw.url.indexOf('?');
      this.#query = new QueryParams(at < 0 ? '' : this.raw.url.slice(at + 1));
    }
    return this.#query;
  }

  /** The path as it was sent, without the query. */
  get path(): string {
    const at = this.raw.url.indexOf('?');
    return at < 0 ? this.raw.url : this.raw.url.slice(0, at);
  }

  /** Scheme and host in front of every link: the `baseUrl` setting, else the Host header's. */
  get baseUrl(): string {
    return this.handler?.settings.baseUrl ?? `${this.raw.protocol}://${this.raw.host}`;
  }

  buildAbsoluteUri(path: string = this.path): string {
    return this.baseUrl + path;
  }

  /** The languages that the application offers: those of the request's server, unless they were set. */
  get languages(): Languages {
    return (this.#languages ??= Languages.of(this.raw.server));
  }

  set languages(languages: Languages) {
    this.#languages = languages;
  }

  /**
   * The language of the answer's texts, such as `fr`: of those that the application offers the best for `Accept-Language`, or the one that it was set to.
   * Set it to a user's own language; one that is not offered changes nothing. Whoever asks for it makes the answer vary by it.
   */
  get language(): string {
    return this.#speak().tag;
  }

  set language(tag: string) {
    this.#language = this.languages.lookup(tag) ?? this.#speak();
  }

  /** Writes a text in that language: `request.translate('This book is already on loan.')`. */
  get translate(): Translate {
    return this.#speak().translate;
  }

  /** The language, once anybody has asked for it: undefined while the answer does not depend on it. */
  get spoken(): Language | undefined {
    return this.#language;
  }

  #speak(): Language {
    return (this.#language ??= this.languages.choose(this.headers['accept-language']));
  }

  /**
   * The parsed body: read when it is first asked for, by the parser of its media type (LIFE-11). `{}` for an empty one.
   * @throws ParseError, UnsupportedMediaType, PayloadTooLarge
   */
  data(): Promise<unknown> {
    return (this.#data ??= readBody(this));
  }

  /** Where the body's files are until the request has ended: it was answered, or the client is gone. */
  get uploads(): Uploads {
    return (this.#uploads ??= this.#startUploads());
  }

  /** What a provider keeps while the request lasts, such as a session: made when it is first asked for. Providers themselves keep nothing of a request. */
  keep<T>(owner: object, make: () => T): T {
    const kept = (this.#kept ??= new Map());
    if (!kept.has(owner)) kept.set(owner, make());
    return kept.get(owner) as T;
  }

  /** Runs a function before the headers of the answer go out, whatever the answer is: it may still set some. Where it fails, its error is the answer. */
  beforeReply(hook: ReplyHook): void {
    (this.#beforeReply ??= []).push(hook);
  }

  /** Those functions, each of them told once. Undefined where there are none. */
  takeReplyHooks(): readonly ReplyHook[] | undefined {
    const hooks = this.#beforeReply;
    this.#beforeReply = undefined;
    return hooks;
  }

  /**
   * Finds the user once for a request, whoever asks first: the first scheme that answers wins (AUTH-1).
   * @throws AuthenticationFailed where a scheme's credentials are wrong.
   */
  authenticate(schemes: readonly Authentication[]): Promise<void> {
    return (this.#authentication ??= this.#authenticate(schemes));
  }

  #startUploads(): Uploads {
    if (!this.handler) throw new TypeError('Only a handler of the framework takes files.');
    const { limits, fileUploadTempDir } = this.handler.settings;
    const uploads = new Uploads(limits, fileUploadTempDir ?? tmpdir());
    const release = () => void uploads.release();
    if (this.answer?.destroyed) release();
    else this.answer?.once('close', release);
    return uploads;
  }

  async #authenticate(schemes: readonly Authentication[]): Promise<void> {
    for (const scheme of schemes) {
      const found: Credentials | null = await scheme.authenticate(this);
      if (found) {
        [this.user, this.auth] = found;
        this.authenticator = scheme;
        return;
      }
    }
  }
}

/** The reply that belongs to a request, for the few places that write to it. */
export type RestReply = FastifyReply;

/** What is done before an answer's headers go out. */
export type ReplyHook = (reply: FastifyReply) => Promise<void> | void;
