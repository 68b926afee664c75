import { PayloadTooLarge, ServiceUnavailable } from '../exceptions/exceptions.js';
import type { BodyLimits } from '../parsers/parser.js';
import { sentName } from './file-name.js';
import { TemporaryFile } from './temporary-file.js';
import { MemoryContent, UploadedFile } from './uploaded-file.js';

/** What a client says of a file that it sends. */
export interface SentFile {
  readonly name: string;
  readonly contentType?: string;
  readonly charset?: string;
}

/** The files of one request: the first bytes stay in memory, what is more goes to temporary files, which are gone when the request has ended. */
export class Uploads {
  readonly limits: BodyLimits;
  readonly #folder: string;
  readonly #temporary = new Set<TemporaryFile>();
  #memory: number;
  #ended = false;

  /** `folder` is where temporary files are made. */
  constructor(limits: BodyLimits, folder: string) {
    this.limits = limits;
    this.#folder = folder;
    this.#memory = limits.fileMemory;
  }

  /** A file to write to as it comes in; undefined for a name of which nothing is left. */
  begin(sent: SentFile): Upload | undefined {
    const name = sentName(sent.name, this.limits.fileNameLength);
    return name === undefined ? undefined : new Upload(this, { ...sent, name });
  }

  /** Removes everything. What is still being received or read fails. */
  async release(): Promise<void> {
    this.#ended = true;
    const files = [...this.#temporary];
    this.#temporary.clear();
    await Promise.all(files.map((file) => file.close()));
  }

  /** Whether so many bytes more may stay in memory; a negative number gives them back. */
  claim(bytes: number): boolean {
    if (bytes > this.#memory) return false;
    this.#memory -= bytes;
    return true;
  }

  async createTemporary(): Promise<TemporaryFile> {
    const file = await TemporaryFile.create(this.#folder);
    this.#temporary.add(file);
    if (this.#ended) await this.release();
    return file;
  }
}

/** What the system has run out of, and may have again soon. */
const EXHAUSTED: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** One file on its way in. */
export class Upload {
  readonly #uploads: Uploads;
  readonly #sent: SentFile;
  #chunks: Buffer[] = [];
  #size = 0;
  #file: TemporaryFile | undefined;

  constructor(uploads: Uploads, sent: SentFile) {
    this.#uploads = uploads;
    this.#sent = sent;
  }

  /**
   * Takes the next bytes, which must not change after.
   * @throws PayloadTooLarge past `limits.fileSize`; ServiceUnavailable where the disk is full.
   */
  write(chunk: Buffer): void | Promise<void> {
    this.#size += chunk.length;
    if (this.#size > this.#uploads.limits.fileSize) throw new PayloadTooLarge();
    if (this.#file || !this.#uploads.claim(chunk.length)) return this.#spill(chunk);
    // A small piece must not keep the large block in memory that it is a view of.
    this.#chunks.push(chunk.length * 2 < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
  }

  end(): UploadedFile {
    return new UploadedFile(this.#file ?? new MemoryContent(this.#chunks), this.#sent);
  }

  async #spill(chunk: Buffer): Promise<void> {
    try {
      const file = (this.#file ??= await this.#uploads.createTemporary());
      const kept = this.#chunks;
      this.#chunks = [];
      for (const one of kept) {
        await file.append(one);
        this.#uploads.claim(-one.length);
      }
      await file.append(chunk);
    } catch (error) {
      throw EXHAUSTED.has((error as NodeJS.ErrnoException).code) ? Object.assign(new ServiceUnavailable(), { cause: error }) : error;
    }
  }
}
