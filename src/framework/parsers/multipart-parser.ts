import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Readable } from 'node:stream';
import { errorDetail } from '../exceptions/error-detail.js';
import { ParseError } from '../exceptions/exceptions.js';
import { Message } from '../messages/message.js';
import { MediaType } from '../negotiation/media-type.js';
import { FormValues } from '../requests/form-values.js';
import { Parser, type ParserContext } from './parser.js';
import { eachChunk } from './read-bytes.js';

/** Django's DATA_UPLOAD_MAX_NUMBER_FILES. */
const MOST_FILES = 100;

/** `multipart/form-data` to FormValues (PARS-4). Parts that are files are read over and left out. */
export class MultiPartParser extends Parser {
  override readonly mediaType = 'multipart/form-data';

  /** @throws ParseError for a form that is malformed or has more than `limits.formFields` fields or 100 files. */
  override async parse(stream: Readable, context: ParserContext): Promise<FormValues> {
    const values = new FormValues();
    const form = this.#open(context);
    let failure: ParseError | undefined;
    const fail = (reason: Message) => (failure ??= multipartError(reason));
    const settled = new Promise<void>((resolve) =>
      form.once('finish', resolve).on('error', (error: unknown) => resolve(void fail(messageOf(error)))),
    );
    form.on('field', (name: string | undefined, value) => {
      if (name !== undefined) values.append(name, value);
    });
    form.on('fieldsLimit', () => fail(new Message('more than {limit} fields.', { limit: context.limits.formFields })));
    form.on('filesLimit', () => fail(new Message('more than {limit} files.', { limit: MOST_FILES })));
    form.on('partsLimit', () => fail(new Message('too many parts.')));
    await eachChunk(stream, context, (chunk) => {
      if (failure) throw failure;
      // An error ends the wait too; the next chunk, or the end, throws it.
      if (!form.write(chunk)) return Promise.race([new Promise<void>((resolve) => form.once('drain', resolve)), settled]);
    });
    if (failure) throw failure;
    form.end();
    await settled;
    if (failure) throw failure;
    return values;
  }

  #open({ contentType, limits }: ParserContext): BusboyInstance {
    const boundary = MediaType.parse(contentType).params.get('boundary');
    if (boundary === undefined || !/^[ -~]{0,200}[!-~]$/.test(boundary))
      throw multipartError(new Message('Invalid boundary in multipart: {boundary}', { boundary: boundary ?? 'None' }));
    try {
      return new Busboy({
        headers: { 'content-type': contentType },
        isPartAFile: (_name, _type, fileName) => fileName !== undefined,
        limits: {
          fields: limits.formFields,
          files: MOST_FILES,
          parts: limits.formFields + MOST_FILES,
          fieldSize: limits.bodyLimit,
          headerPairs: 100,
          headerSize: 16_384,
        },
      });
    } catch (error) {
      throw multipartError(messageOf(error));
    }
  }
}

const multipartError = (reason: Message) => new ParseError(errorDetail('Multipart form parse error - {reason}', 'parse_error', { reason }));

/** The form reader's own words: in English, whatever the language. */
const messageOf = (error: unknown) => new Message(error instanceof Error ? error.message : String(error));
