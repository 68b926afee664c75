import type { UploadedFile } from './uploaded-file.js';

/** What decoding an image has shown of it. */
export interface DecodedImage {
  /** `image/png` */
  readonly mediaType: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Tells images from what only looks like one. Derive from it, and set it as `imageDecoder`, to decode with something else than sharp. */
export abstract class ImageDecoder {
  /** The extensions that its formats' files have, in lower case and without the dot: no other file is taken for an image. */
  abstract readonly extensions: readonly string[];

  /**
   * Decodes the whole image, so that one which is cut off or damaged is found out, and refuses one of more pixels than it allows before it does. Answers null
   * for all that is no image of its formats, and throws for its own failures only.
   */
  abstract decode(file: UploadedFile): Promise<DecodedImage | null>;
}
