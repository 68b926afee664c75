import { Readable } from 'node:stream';
import { NotFound } from '../exceptions/exceptions.js';
import { alternativeNames, safePath } from '../files/file-name.js';
import { Storage, type SaveOptions } from '../files/storage.js';

/** Files in memory, for tests of what stores them. */
export class MemoryStorage extends Storage {
  readonly #files = new Map<string, Buffer>();

  /** What stands before a name in its address. */
  constructor(private readonly baseUrl = '/media/') {
    super();
  }

  /** The names of all files, in the order in which they were stored. */
  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  override async save(name: string, content: Readable, { maxLength }: SaveOptions = {}): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
    for (const candidate of alternativeNames(safePath(name), maxLength)) {
      if (this.#files.has(candidate)) continue;
      this.#files.set(candidate, Buffer.concat(chunks));
      return candidate;
    }
    throw new Error('unreachable');
  }

  override async open(name: string): Promise<Readable> {
    return Readable.from([this.#content(name)], { objectMode: false });
  }

  override async delete(name: string): Promise<void> {
    this.#files.delete(name);
  }

  override async exists(name: string): Promise<boolean> {
    return this.#files.has(name);
  }

  override async size(name: string): Promise<number> {
    return this.#content(name).length;
  }

  override url(name: string): string {
    return (
      this.baseUrl +
      name
        .split('/')
        .map((part) => encodeURIComponent(part.toWellFormed()))
        .join('/')
    );
  }

  #content(name: string): Buffer {
    const content = this.#files.get(name);
    if (!content) throw new NotFound();
    return content;
  }
}
