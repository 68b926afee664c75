import { createRequire } from 'node:module';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ImageDecoder, type DecodedImage } from './image-decoder.js';
import type { UploadedFile } from './uploaded-file.js';

export type ImageFormat = 'avif' | 'gif' | 'jpeg' | 'png' | 'webp';

export interface SharpImageDecoderOptions {
  /** What is taken for an image. Default: all of them. Vector and document formats are never decoded. */
  readonly formats?: readonly ImageFormat[];
  /** The most pixels. Default 50,000,000: an image of a few kilobytes may have thousands of millions. */
  readonly maxPixels?: number;
  /** The most seconds that one image may take. Default 10. */
  readonly timeout?: number;
  /** How many images are decoded at a time. Default 2: each holds a thread that files and hashes of passwords wait for. */
  readonly concurrency?: number;
}

interface Format {
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** What sharp calls it. */
  readonly name: string;
  /** Whether the first bytes are such a file's. */
  readonly begins: (head: Buffer) => boolean;
}

/** How many bytes tell the format. */
const HEAD = 12;

const at = (head: Buffer, start: number, text: string) => head.toString('latin1', start, start + text.length) === text;

const FORMATS: Readonly<Record<ImageFormat, Format>> = {
  avif: {
    extensions: ['avif'],
    mediaType: 'image/avif',
    name: 'heif',
    begins: (head) => at(head, 4, 'ftyp') && (at(head, 8, 'avif') || at(head, 8, 'avis')),
  },
  gif: { extensions: ['gif'], mediaType: 'image/gif', name: 'gif', begins: (head) => at(head, 0, 'GIF87a') || at(head, 0, 'GIF89a') },
  jpeg: { extensions: ['jfif', 'jpe', 'jpeg', 'jpg'], mediaType: 'image/jpeg', name: 'jpeg', begins: (head) => at(head, 0, '\xff\xd8\xff') },
  png: { extensions: ['png'], mediaType: 'image/png', name: 'png', begins: (head) => at(head, 0, '\x89PNG\r\n\x1a\n') },
  webp: { extensions: ['webp'], mediaType: 'image/webp', name: 'webp', begins: (head) => at(head, 0, 'RIFF') && at(head, 8, 'WEBP') },
};

/**
 * Decodes with sharp (libvips), which the application installs: `npm install sharp`. Only formats of the list reach it, by their first bytes; every pixel of
 * the first picture is read, a few lines at a time; of one that is interlaced or progressive all are in memory, up to four bytes for each.
 */
export class SharpImageDecoder extends ImageDecoder {
  override readonly extensions: readonly string[];
  readonly #formats: readonly Format[];
  readonly #maxPixels: number;
  readonly #timeout: number;
  readonly #sharp: typeof import('sharp').default;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @throws ConfigurationError where sharp is not installed. `load` is how it is loaded. */
  constructor(options: SharpImageDecoderOptions = {}, load: () => unknown = () => createRequire(import.meta.url)('sharp')) {
    super();
    const { formats = Object.keys(FORMATS) as ImageFormat[], maxPixels = 50_000_000, timeout = 10, concurrency = 2 } = options;
    this.#formats = formats.map((format) => FORMATS[format]);
    this.extensions = this.#formats.flatMap(({ extensions }) => extensions).sort();
    this.#maxPixels = maxPixels;
    this.#timeout = timeout;
    this.#free = concurrency;
    try {
      this.#sharp = load() as typeof import('sharp').default;
    } catch (error) {
      throw new ConfigurationError(
        'An image field decodes images with sharp, which cannot be loaded. Install it with npm install sharp, or set imageDecoder in RestModule.forRoot.',
        { cause: error },
      );
    }
  }

  override async decode(file: UploadedFile): Promise<DecodedImage | null> {
    await this.#turn();
    try {
      const chunks: Buffer[] = [];
      let head = Buffer.alloc(0);
      for await (const chunk of file.stream() as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        if (head.length >= HEAD) continue;
        head = Buffer.concat([head, chunk.subarray(0, HEAD)]);
        if (head.length >= HEAD && !this.#formatOf(head)) return null;
      }
      const format = this.#formatOf(head);
      return format ? await this.#decode(Buffer.concat(chunks), format) : null;
    } finally {
      this.#free++;
      this.#waiting.shift()?.();
    }
  }

  async #decode(bytes: Buffer, format: Format): Promise<DecodedImage | null> {
    try {
      const image = this.#sharp(bytes, { failOn: 'error', limitInputPixels: this.#maxPixels, sequentialRead: true });
      const found = await image.metadata();
      if (found.format !== format.name || !found.width || !found.height) return null;
      // Every pixel has a share in the result, so that all of them are decoded, and none is kept.
      await image.resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).timeout({ seconds: this.#timeout }).raw().toBuffer();
      return { mediaType: format.mediaType, width: found.width, height: found.height };
    } catch {
      return null;
    }
  }

  #formatOf(head: Buffer): Format | undefined {
    return this.#formats.find(({ begins }) => begins(head));
  }

  async #turn(): Promise<void> {
    while (this.#free <= 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free--;
  }
}
