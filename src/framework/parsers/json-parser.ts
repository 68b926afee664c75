import type { Readable } from 'node:stream';
import { MediaType } from '../negotiation/media-type.js';
import { DecodeError, decodeText } from './decode-text.js';
import { jsonError } from './json/json-error.js';
import { parseJsonText } from './json/json-text.js';
import { Parser, type ParserContext } from './parser.js';
import { readBytes } from './read-bytes.js';

/**
 * `application/json` (PARS-2): errors in Python's words, the last of equal keys counts, a number that a double would change comes as a RawNumber.
 * `NaN`, the infinities and the key `__proto__` are refused.
 */
export class JSONParser extends Parser {
  override readonly mediaType = 'application/json';

  override async parse(stream: Readable, context: ParserContext): Promise<unknown> {
    const bytes = await readBytes(stream, context);
    return parseJsonText(this.#text(bytes, context.contentType), context.limits);
  }

  #text(bytes: Buffer, contentType: string): string {
    try {
      return decodeText(bytes, MediaType.parse(contentType).params.get('charset'));
    } catch (error) {
      throw error instanceof DecodeError ? jsonError(error.reason) : error;
    }
  }
}
