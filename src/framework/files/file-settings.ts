import type { ImageDecoder } from './image-decoder.js';
import type { Storage } from './storage.js';

/** What file fields look at. */
export interface FileSettings {
  /** Where files are kept whose fields do not say (STORAGES). No default. */
  readonly storage?: Storage;
  /** Whether a file is shown as its address, else as its stored name (UPLOADED_FILES_USE_URL). Default: true. */
  readonly uploadedFilesUseUrl: boolean;
  /** What decodes the images of image fields. Default: a `SharpImageDecoder`. */
  readonly imageDecoder?: ImageDecoder;
}
