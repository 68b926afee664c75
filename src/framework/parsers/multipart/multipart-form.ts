import { PayloadTooLarge } from '../../exceptions/exceptions.js';
import type { Upload } from '../../files/uploads.js';
import type { UploadedFile } from '../../files/uploaded-file.js';
import { Message } from '../../messages/message.js';
import { MediaType } from '../../negotiation/media-type.js';
import { FormValues } from '../../requests/form-values.js';
import { readDisposition } from '../content-disposition.js';
import type { ParserContext } from '../parser.js';
import { malformed, MultipartTokens } from './multipart-tokens.js';

type Part = { readonly name: string; readonly upload: Upload } | { readonly name: string; readonly texts: Buffer[] };

/** One form on its way in: texts are kept, files are put away as they come. */
export class MultipartForm {
  readonly #context: Pick<ParserContext, 'limits' | 'uploads'>;
  readonly #tokens: MultipartTokens;
  readonly #values = new FormValues();
  readonly #files: [name: string, file: UploadedFile][] = [];
  /** The part that is being read; undefined for one that is read over. */
  #part: Part | undefined;
  readonly #counts = { fields: 0, files: 0, parts: 0 };
  /** The bytes of names and texts so far, as Django counts them. */
  #size = 0;

  constructor(boundary: string, context: Pick<ParserContext, 'limits' | 'uploads'>) {
    this.#context = context;
    this.#tokens = new MultipartTokens(boundary);
  }

  /** Reads on; the next bytes are welcome when it is done. */
  async take(chunk: Buffer): Promise<void> {
    for (const token of this.#tokens.read(chunk)) {
      if (token.kind === 'part') this.#part = this.#open(token.headers);
      else if (token.kind === 'bytes') await this.#write(token.bytes);
      else await this.#close();
    }
  }

  /** The whole form: files stand behind the texts of the same name, as in DRF. */
  end(): FormValues {
    this.#tokens.end();
    for (const [name, file] of this.#files) this.#values.append(name, file);
    return this.#values;
  }

  #open(headers: ReadonlyMap<string, string>): Part | undefined {
    const { limits, uploads } = this.#context;
    const said = headers.get('content-disposition');
    const { name: quoted, fileName } = readDisposition(said ?? '');
    if (++this.#counts.parts > limits.formFields + limits.files) throw malformed(new Message('too many parts.'));
    // A file input that is left empty sends a name of no characters: a text, as in Django.
    if (said && fileName && ++this.#counts.files > limits.files) throw malformed(new Message('more than {limit} files.', { limit: limits.files }));
    if (said && !fileName && ++this.#counts.fields > limits.formFields)
      throw malformed(new Message('more than {limit} fields.', { limit: limits.formFields }));
    if (quoted === undefined) return undefined;
    const name = quoted.trim();
    this.#count(Buffer.byteLength(name) + 2);
    if (!fileName) return { name, texts: [] };
    const { full, params } = MediaType.parse(headers.get('content-type') ?? '');
    const charset = params.get('charset');
    const upload = uploads.begin({ name: fileName, contentType: full, ...(charset !== undefined && { charset }) });
    return upload && { name, upload };
  }

  #write(bytes: Buffer): void | Promise<void> {
    const part = this.#part;
    if (!part) return;
    if ('upload' in part) return part.upload.write(bytes);
    this.#count(bytes.length);
    part.texts.push(bytes);
  }

  async #close(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    if (!part) return;
    if ('upload' in part) this.#files.push([part.name, part.upload.end()]);
    else this.#values.append(part.name, Buffer.concat(part.texts).toString('utf8'));
  }

  #count(bytes: number): void {
    this.#size += bytes;
    if (this.#size > this.#context.limits.bodyLimit) throw new PayloadTooLarge();
  }
}
