import type { DecodedImage } from './image-decoder.js';
import { UploadedFile, type Destination } from './uploaded-file.js';

/** An image that has been decoded: its content type is what it is, not what the client said. */
export class UploadedImage extends UploadedFile {
  /** In pixels. */
  readonly width: number;
  readonly height: number;

  constructor(file: UploadedFile, { mediaType, width, height }: DecodedImage, destination?: Destination) {
    super(file, { name: file.name, contentType: mediaType, ...(destination && { destination }) });
    this.width = width;
    this.height = height;
  }

  override to(destination: Destination): UploadedImage {
    return new UploadedImage(this, { mediaType: this.contentType, width: this.width, height: this.height }, destination);
  }
}
