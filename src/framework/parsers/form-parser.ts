import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { errorDetail } from '../exceptions/error-detail.js';
import { ParseError } from '../exceptions/exceptions.js';
import { FormValues } from '../requests/form-values.js';
import { Parser, type ParserContext } from './parser.js';
import { readBytes } from './read-bytes.js';

/** `application/x-www-form-urlencoded` to FormValues (PARS-3). Percent-encoding that is no UTF-8 becomes U+FFFD; a blank value is a value. */
export class FormParser extends Parser {
  override readonly mediaType = 'application/x-www-form-urlencoded';

  /** @throws ParseError past `limits.formFields`. */
  override async parse(stream: Readable, context: ParserContext): Promise<FormValues> {
    const bytes = await readBytes(stream, context);
    const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
    this.#count(bytes, context.limits.formFields);
    const values = new FormValues();
    // URLSearchParams takes a leading `?` away, but not behind an empty field.
    for (const [name, value] of new URLSearchParams(`&${text}`)) values.append(name, value);
    return values;
  }

  #count(bytes: Buffer, most: number): void {
    let fields = 1;
    for (let at = bytes.indexOf(0x26); at >= 0; at = bytes.indexOf(0x26, at + 1)) {
      if (++fields > most) throw new ParseError(errorDetail('Form parse error - more than {limit} fields.', 'parse_error', { limit: most }));
    }
  }
}
