import { errorDetail } from '../../exceptions/error-detail.js';
import { ParseError } from '../../exceptions/exceptions.js';
import { Message } from '../../messages/message.js';

/** The parts of a multipart body as they come in: a part's headers, its bytes in as many pieces as they come, and its end. */
export type MultipartToken =
  | { readonly kind: 'part'; readonly headers: ReadonlyMap<string, string> }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

/** Bytes of one part's headers. */
const LONGEST_HEADERS = 16_384;
const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');
const CARRIAGE_RETURN = 0x0d;
const DASH = 0x2d;

/** Takes a multipart body apart (RFC 2046, 5.1), whatever pieces it comes in. It holds no more of it than a part's headers. */
export class MultipartTokens {
  readonly #delimiter: Buffer;
  #state: 'before' | 'delimiter' | 'headers' | 'content' | 'after' = 'before';
  /** What was not decided with the bytes that were there. The first delimiter needs no line before it. */
  #rest: Buffer = CRLF;
  /** How many of its first bytes are no content: the line end that closes the headers may open the delimiter of an empty part. */
  #skipped = 2;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  /** @throws ParseError for headers that have no end. */
  *read(chunk: Buffer): Generator<MultipartToken> {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      const state = this.#state;
      if (state === 'after') return void (this.#rest = Buffer.alloc(0));
      if (state === 'delimiter') {
        if (this.#rest.length < 2) return;
        this.#state = this.#rest[0] === DASH && this.#rest[1] === DASH ? 'after' : 'headers';
      } else if (state === 'headers') {
        const headers = this.#headers();
        if (headers) yield { kind: 'part', headers };
        else if (this.#state === 'headers') return;
      } else {
        const at = this.#rest.indexOf(this.#delimiter);
        const end = at < 0 ? this.#undecided() : at;
        if (state === 'content' && end > this.#skipped) yield { kind: 'bytes', bytes: this.#rest.subarray(this.#skipped, end) };
        this.#skipped = Math.max(0, this.#skipped - end);
        this.#rest = this.#rest.subarray(at < 0 ? end : at + this.#delimiter.length);
        if (at < 0) return;
        this.#state = 'delimiter';
        if (state === 'content') yield { kind: 'end' };
      }
    }
  }

  /** @throws ParseError where the last delimiter has not come. */
  end(): void {
    if (this.#state !== 'after') throw malformed(new Message('Unexpected end of multipart data'));
  }

  /** A part's headers, once they are all there. One that a delimiter cuts off is no part. */
  #headers(): ReadonlyMap<string, string> | undefined {
    const next = this.#rest.indexOf(this.#delimiter);
    // No further than the delimiter: many in a row would each have all that follows searched.
    const end = (next < 0 ? this.#rest : this.#rest.subarray(0, next + 2)).indexOf(BLANK_LINE);
    if (next >= 0 && end < 0) {
      this.#rest = this.#rest.subarray(next + this.#delimiter.length);
      this.#state = 'delimiter';
      return undefined;
    }
    if ((end < 0 ? this.#rest.length : end) > LONGEST_HEADERS) throw malformed(new Message('Request max total header size exceeded.'));
    if (end < 0) return undefined;
    const headers = readHeaders(this.#rest.toString('utf8', 0, end));
    this.#rest = this.#rest.subarray(end + 2);
    this.#skipped = 2;
    this.#state = 'content';
    return headers;
  }

  /** Where bytes begin that may be the start of the delimiter; their end where none are. */
  #undecided(): number {
    const bytes = this.#rest;
    let at = bytes.indexOf(CARRIAGE_RETURN, Math.max(0, bytes.length - this.#delimiter.length + 1));
    while (at >= 0) {
      if (this.#delimiter.subarray(0, bytes.length - at).equals(bytes.subarray(at))) return at;
      at = bytes.indexOf(CARRIAGE_RETURN, at + 1);
    }
    return bytes.length;
  }
}

/** Headers by lower-case name, folded lines in one; of equal names the first. A line that is none is read over. */
function readHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

export const malformed = (reason: Message) => new ParseError(errorDetail('Multipart form parse error - {reason}', 'parse_error', { reason }));
