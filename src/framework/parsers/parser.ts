import type { Readable } from 'node:stream';
import type { Uploads } from '../files/uploads.js';
import type { RestRequest } from '../requests/rest-request.js';

/** Turns a request's body of one media type into data (PARS-6). */
export abstract class Parser {
  abstract readonly mediaType: string;
  /**
   * @throws ParseError (400) for a body that is malformed or too deep, and PayloadTooLarge (413) past `mostBytes`.
   */
  abstract parse(stream: Readable, context: ParserContext): Promise<unknown>;

  /** The bytes that a body of its media type may have: `limits.bodyLimit`. Override for one that is not held in memory. */
  mostBytes(limits: BodyLimits): number {
    return limits.bodyLimit;
  }
}

export interface ParserContext {
  /** The whole `Content-Type` header. */
  readonly contentType: string;
  /** `Content-Length`, where the client sent one. */
  readonly contentLength?: number;
  readonly limits: BodyLimits;
  /** Where the body's files go; they are gone when the request has ended. */
  readonly uploads: Uploads;
  readonly request: RestRequest;
}

/** The most that a body may hold, whatever its parser. */
export interface BodyLimits {
  /** Bytes, those of files not counted. Default 2,621,440, Django's DATA_UPLOAD_MAX_MEMORY_SIZE. */
  readonly bodyLimit: number;
  /** Levels of arrays and objects. Default 32. */
  readonly depth: number;
  /** Values in a JSON body. Default 100,000. */
  readonly nodes: number;
  /** Fields in a form. Default 1,000, Django's DATA_UPLOAD_MAX_NUMBER_FIELDS. */
  readonly formFields: number;
  /** Bytes of a body that holds files, the files counted. Default 104,857,600. */
  readonly uploadLimit: number;
  /** Bytes of one file. Default 26,214,400. */
  readonly fileSize: number;
  /** Files in a form. Default 100, Django's DATA_UPLOAD_MAX_NUMBER_FILES. */
  readonly files: number;
  /** Bytes of a request's files that stay in memory; what is more goes to disk. Default 2,621,440, Django's FILE_UPLOAD_MAX_MEMORY_SIZE. */
  readonly fileMemory: number;
  /** Characters of a file's name; a longer one is cut, its extension kept. Default 255, as in Django. */
  readonly fileNameLength: number;
}

export type ParserClass = new (...args: any[]) => Parser;
