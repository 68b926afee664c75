import type { Parser } from '../parsers/parser.js';
import type { Renderer } from '../renderers/renderer.js';
import type { RestRequest } from '../requests/rest-request.js';

/** Chooses which parser reads a request and which renderer writes its answer (NEG-6). One object serves every request: keep nothing of one. */
export abstract class ContentNegotiation {
  /** The parser of the request's `Content-Type`; null for none, which is answered 415. */
  abstract selectParser(request: RestRequest, parsers: readonly Parser[]): Parser | null;

  /**
   * The renderer, and the accepted media type with the parameters that the client sent.
   * `formatSuffix` is the format in the address, such as `json` of `/books/1.json`.
   * @throws NotAcceptable where none fits, NotFound where the format asked for is none of them.
   */
  abstract selectRenderer(
    request: RestRequest,
    renderers: readonly Renderer[],
    formatSuffix?: string,
  ): readonly [renderer: Renderer, acceptedMediaType: string];
}

export type ContentNegotiationClass = new () => ContentNegotiation;
