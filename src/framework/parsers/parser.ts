import type { Readable } from 'node:stream';

/** Turns a request's body of one media type into data (PARS-6). */
export abstract class Parser {
  abstract readonly mediaType: string;
  /**
   * @throws ParseError (400) for a body that is malformed or too deep, and PayloadTooLarge (413) past `context.limits.bodyLimit`.
   */
  abstract parse(stream: Readable, context: ParserContext): Promise<unknown>;
}

export interface ParserContext {
  /** The whole `Content-Type` header. */
  readonly contentType: string;
  /** `Content-Length`, where the client sent one. */
  readonly contentLength?: number;
  readonly limits: BodyLimits;
}

/** The most that a body may hold, whatever its parser. */
export interface BodyLimits {
  /** Bytes. Default 2,621,440, Django's DATA_UPLOAD_MAX_MEMORY_SIZE. */
  readonly bodyLimit: number;
  /** Levels of arrays and objects. Default 32. */
  readonly depth: number;
  /** Values in a JSON body. Default 100,000. */
  readonly nodes: number;
  /** Fields in a form. Default 1,000, Django's DATA_UPLOAD_MAX_NUMBER_FIELDS. */
  readonly formFields: number;
}

export type ParserClass = new (...args: any[]) => Parser;
