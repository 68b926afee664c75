import type { Readable } from 'node:stream';
import { ParseError } from '../exceptions/exceptions.js';
import { MediaType } from '../negotiation/media-type.js';
import { FormValues } from '../requests/form-values.js';
import { readDisposition } from './content-disposition.js';
import { Parser, type BodyLimits, type ParserContext } from './parser.js';
import { eachChunk } from './read-bytes.js';

/**
 * A body of any type as one file, `file` in the data (PARS-5). Its name is the address's parameter `filename`, else that of the header
 * `Content-Disposition`.
 */
export class FileUploadParser extends Parser {
  override readonly mediaType = '*/*';

  /** @throws ParseError without a file name; PayloadTooLarge past `limits.fileSize`. */
  override async parse(stream: Readable, context: ParserContext): Promise<FormValues> {
    const { full, params } = MediaType.parse(context.contentType);
    const charset = params.get('charset');
    const name = this.getFileName(context);
    const upload = name && context.uploads.begin({ name, contentType: full, ...(charset !== undefined && { charset }) });
    if (!upload) throw new ParseError('Missing filename. Request should include a Content-Disposition header with a filename parameter.');
    await eachChunk(stream, context, this.mostBytes(context.limits), (chunk) => upload.write(chunk));
    const data = new FormValues();
    data.append('file', upload.end());
    return data;
  }

  override mostBytes({ fileSize, uploadLimit }: BodyLimits): number {
    return Math.min(fileSize, uploadLimit);
  }

  /** Override for a name from elsewhere. */
  protected getFileName({ request }: ParserContext): string | undefined {
    return request.params['filename'] ?? readDisposition(String(request.headers['content-disposition'] ?? '')).fileName;
  }
}
