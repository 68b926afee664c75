import type { FieldContext, FieldDescription, FieldOf } from '../fields/field.js';
import type { FieldSettings } from '../fields/field-settings.js';
import { FileField, type FileOptions } from './file-field.js';
import { lastExtension } from './file-name.js';
import type { ImageDecoder } from './image-decoder.js';
import { SharpImageDecoder } from './sharp-image-decoder.js';
import { UploadedImage } from './uploaded-image.js';
import type { UploadedFile } from './uploaded-file.js';

/**
 * An uploaded image (FLD-21): decoded before it is taken, so that what is none, or is cut off, or has more pixels than the decoder allows, is refused. What is
 * taken is an UploadedImage with its format and size.
 *
 * Codes: those of a FileField, `invalid_image`, `invalid_extension`.
 */
export class ImageField extends FileField {
  #decoder: ImageDecoder | undefined;

  constructor(options: FileOptions = {}) {
    super(options, {
      invalid_image: 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.',
      invalid_extension: 'File extension “{extension}” is not allowed. Allowed extensions are: {allowed_extensions}.',
    });
  }

  override async complete(file: UploadedFile, context: FieldContext): Promise<UploadedFile> {
    const decoder = this.#decoder as ImageDecoder;
    const image = await decoder.decode(file);
    if (!image) this.fail('invalid_image');
    const extension = lastExtension(file.name).slice(1).toLowerCase();
    if (!decoder.extensions.includes(extension)) this.fail('invalid_extension', { extension, allowed_extensions: decoder.extensions.join(', ') });
    return super.complete(new UploadedImage(file, image), context);
  }

  /** @throws ConfigurationError where there is no decoder: sharp is not installed. */
  override useSettings(settings: FieldSettings): void {
    super.useSettings(settings);
    if (!this.options.readOnly) this.#decoder = settings.imageDecoder ?? (made ??= new SharpImageDecoder());
  }

  override describe(): FieldDescription {
    return { ...super.describe(), type: 'image upload' };
  }
}

/** One for all fields: it limits how many images are decoded at a time. */
let made: ImageDecoder | undefined;

/**
 * Needs the package sharp, or another `imageDecoder` in the settings.
 *
 * @example
 * portrait = image({ uploadTo: 'portraits', maxSize: 5_000_000, allowNull: true });
 */
export function image<const O extends FileOptions = {}>(options?: O): FieldOf<string, UploadedImage, O> {
  return new ImageField(options) as never;
}
