import { Readable } from 'node:stream';
import type { Storage } from './storage.js';

/** Bytes that can be read again and again. */
export interface FileContent {
  readonly size: number;
  stream(): Readable;
}

/** Where a file is stored when its row is written. */
export interface Destination {
  readonly storage: Storage;
  /** The name to store it under, where that is free. */
  readonly name: string;
  /** The most code points of the stored name. */
  readonly maxLength?: number;
}

export interface FileDetails {
  readonly name: string;
  readonly contentType?: string;
  readonly charset?: string;
  readonly destination?: Destination;
}

/**
 * A file that a client sent (Django's UploadedFile). It is there until the request has ended: store it before.
 *
 * All but the size is the client's word: a content type proves nothing.
 */
export class UploadedFile implements FileContent {
  /** The file's own name, without folders. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** As it was sent, without parameters; empty for none. */
  readonly contentType: string;
  declare readonly charset?: string;
  /** Set by a FileField. */
  declare readonly destination?: Destination;
  readonly #content: FileContent;

  constructor(content: FileContent, { name, contentType = '', charset, destination }: FileDetails) {
    this.#content = content;
    this.name = name;
    this.size = content.size;
    this.contentType = contentType;
    if (charset !== undefined) this.charset = charset;
    if (destination) this.destination = destination;
  }

  /** A file of bytes that are at hand. */
  static of(name: string, bytes: Uint8Array | string, contentType?: string): UploadedFile {
    const content = new MemoryContent([
      typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ]);
    return new UploadedFile(content, { name, ...(contentType !== undefined && { contentType }) });
  }

  /** The content from its start, as often as it is asked for. */
  stream(): Readable {
    return this.#content.stream();
  }

  /** The same file on its way to a storage. */
  to(destination: Destination): UploadedFile {
    return new UploadedFile(this, { ...this, destination });
  }

  toString(): string {
    return this.name;
  }
}

/** A content that is small enough to stay in memory. */
export class MemoryContent implements FileContent {
  readonly size: number;
  readonly #chunks: readonly Buffer[];

  constructor(chunks: readonly Buffer[]) {
    this.#chunks = chunks;
    this.size = chunks.reduce((sum, { length }) => sum + length, 0);
  }

  stream(): Readable {
    return Readable.from(this.#chunks, { objectMode: false });
  }
}
