import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ParseError } from '../exceptions/exceptions.js';
import type { FileContent } from './uploaded-file.js';

const BLOCK = 64 * 1024;

/**
 * A content on disk for as long as its request lasts. Its name is removed as soon as it is open, so that nothing stays behind whatever happens, the end of
 * the process included; where the system does not allow that, it is removed on closing.
 */
export class TemporaryFile implements FileContent {
  readonly #handle: FileHandle;
  /** What is still to be removed. */
  readonly #path: string | undefined;
  #size = 0;
  #closed = false;

  private constructor(handle: FileHandle, path: string | undefined) {
    this.#handle = handle;
    this.#path = path;
  }

  static async create(folder: string): Promise<TemporaryFile> {
    const path = join(folder, `upload-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    const removed = await unlink(path).then(
      () => true,
      () => false,
    );
    return new TemporaryFile(handle, removed ? undefined : path);
  }

  get size(): number {
    return this.#size;
  }

  async append(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const { bytesWritten } = await this.#open().write(chunk, at, chunk.length - at, this.#size);
      at += bytesWritten;
      this.#size += bytesWritten;
    }
  }

  stream(): Readable {
    let position = 0;
    const next = async (): Promise<Buffer | null> => {
      const { bytesRead, buffer } = await this.#open().read(Buffer.allocUnsafe(BLOCK), 0, BLOCK, position);
      position += bytesRead;
      return bytesRead > 0 ? buffer.subarray(0, bytesRead) : null;
    };
    return new Readable({
      highWaterMark: BLOCK,
      read() {
        next().then(
          (chunk) => this.push(chunk),
          (error: Error) => this.destroy(error),
        );
      },
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
    if (this.#path !== undefined) await unlink(this.#path).catch(() => {});
  }

  /** @throws ParseError once the request has ended: whoever reads then works for nobody, or should have stored the file before. */
  #open(): FileHandle {
    if (this.#closed) throw new ParseError('The request has ended, and its files are gone.');
    return this.#handle;
  }
}
