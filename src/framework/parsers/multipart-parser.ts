import type { Readable } from 'node:stream';
import { Message } from '../messages/message.js';
import { MediaType } from '../negotiation/media-type.js';
import type { FormValues } from '../requests/form-values.js';
import { MultipartForm } from './multipart/multipart-form.js';
import { malformed } from './multipart/multipart-tokens.js';
import { Parser, type BodyLimits, type ParserContext } from './parser.js';
import { eachChunk } from './read-bytes.js';

/** `multipart/form-data` to FormValues (PARS-4): fields are texts, files are UploadedFiles, put away while the body comes in. */
export class MultiPartParser extends Parser {
  override readonly mediaType = 'multipart/form-data';

  /**
   * @throws ParseError for a form that is malformed or has more than `limits.formFields` fields or `limits.files` files; PayloadTooLarge past
   * `limits.fileSize` for one file, past `limits.bodyLimit` for names and texts, and past `limits.uploadLimit` for the whole.
   */
  override async parse(stream: Readable, context: ParserContext): Promise<FormValues> {
    const boundary = MediaType.parse(context.contentType).params.get('boundary');
    if (boundary === undefined || !/^[ -~]{0,200}[!-~]$/.test(boundary))
      throw malformed(new Message('Invalid boundary in multipart: {boundary}', { boundary: boundary ?? 'None' }));
    const form = new MultipartForm(boundary, context);
    await eachChunk(stream, context, this.mostBytes(context.limits), (chunk) => form.take(chunk));
    return form.end();
  }

  override mostBytes({ bodyLimit, uploadLimit }: BodyLimits): number {
    return Math.max(bodyLimit, uploadLimit);
  }
}
