import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldContext, FieldDescription, FieldOf, FieldOptions } from '../fields/field.js';
import type { FieldSettings } from '../fields/field-settings.js';
import { access, type ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';
import type { CompileEnvironment, RenderContext } from '../serializers/compiled/compile-environment.js';
import type { Clock } from '../settings/clock.js';
import type { Storage } from './storage.js';
import { assertUploadTo, uploadPath, type UploadTo } from './upload-path.js';
import { UploadedFile, type Destination } from './uploaded-file.js';

export interface FileOptions extends FieldOptions {
  /** The most characters of the file's own name. Default: none; of a model's field what its column holds. */
  readonly maxLength?: number;
  /** The most bytes of the file. Default: the setting `limits.fileSize` alone, past which a request is a 413. */
  readonly maxSize?: number;
  /** Whether a file of no bytes is a value. Default: false. */
  readonly allowEmptyFile?: boolean;
  /** Whether it is shown as its address, else as its stored name. Default: the setting `uploadedFilesUseUrl`. */
  readonly useUrl?: boolean;
  /** Where its files are kept. Default: the setting `storage`. */
  readonly storage?: Storage;
  /** The folder that they go to. Default: none. */
  readonly uploadTo?: UploadTo;
}

/**
 * An uploaded file (FLD-20): read from a multipart form, stored when its row is written, shown as an address. The column is a text that holds the stored name.
 *
 * Codes: `invalid`, `no_name`, `empty`, `max_length`, `max_size`.
 */
export class FileField extends ReadingField<string, UploadedFile> {
  declare readonly options: FileOptions;
  #storage: Storage | undefined;
  #clock: Clock | undefined;
  #columnLength: number | undefined;
  #useUrl = true;

  /** `messages` are those that a derived class adds. */
  constructor(options: FileOptions = {}, messages: Readonly<Record<string, string>> = {}) {
    super(options, {
      required: 'No file was submitted.',
      invalid: 'The submitted data was not a file. Check the encoding type on the form.',
      no_name: 'No filename could be determined.',
      empty: 'The submitted file is empty.',
      max_length: 'Ensure this filename has at most {max_length} characters (it has {length}).',
      max_size: 'Ensure this file has at most {max_size} bytes (it has {size}).',
      ...messages,
    });
    assertUploadTo(options.uploadTo ?? '', new.target.name);
  }

  override toInternalValue(value: unknown): UploadedFile {
    if (!(value instanceof UploadedFile)) this.fail('invalid');
    const { maxLength, maxSize, allowEmptyFile } = this.options;
    if (value.name === '') this.fail('no_name');
    if (value.size === 0 && !allowEmptyFile) this.fail('empty');
    const { length } = [...value.name];
    if (maxLength !== undefined && length > maxLength) this.fail('max_length', { max_length: maxLength, length });
    if (maxSize !== undefined && value.size > maxSize) this.fail('max_size', { max_size: maxSize, size: value.size });
    return value;
  }

  /** Says where the file goes when its row is written. */
  override async complete(file: UploadedFile, context: FieldContext): Promise<UploadedFile> {
    if (!this.#storage || !this.#clock) return file;
    const maxLength = this.#columnLength;
    const destination: Destination = {
      storage: this.#storage,
      name: await uploadPath(this.options.uploadTo ?? '', file, context, this.#clock),
      ...(maxLength !== undefined && { maxLength }),
    };
    return file.to(destination);
  }

  override get readsAlone(): boolean {
    return true;
  }

  override useSettings(settings: FieldSettings): void {
    this.#storage = this.options.storage ?? settings.storage;
    this.#useUrl = this.options.useUrl ?? settings.uploadedFilesUseUrl;
  }

  /** @throws ConfigurationError where the model's column is no text, or nothing says where its files are kept. */
  override emit(builder: ReadBuilder, source: string, { clock }: CompileEnvironment): Emission {
    this.#clock = clock;
    const { builder: at, last, absent } = follow(builder, source);
    const value = at.model ? at.column(last) : access(at.row, last);
    if (at.model) this.#check(at, last);
    const shown = builder.bind(shownBy(this.#useUrl ? this.#storage : undefined));
    return { expression: `(${value} ? ${shown}(${value}, c) : null)`, absent };
  }

  override toRepresentation(value: string | UploadedFile): string {
    return String(value);
  }

  override describe(): FieldDescription {
    const { maxLength } = this.options;
    return {
      type: 'file upload',
      schema: { type: 'string', ...(this.#useUrl && { format: 'uri' }) },
      inputSchema: { type: 'string', format: 'binary' },
      ...(maxLength !== undefined && { maxLength }),
    };
  }

  #check({ model, owner }: ReadBuilder, name: string): void {
    const column = model?.fields[name];
    if (column?.type !== 'String' || column.list)
      throw new ConfigurationError(
        `${owner}: ${model?.name}.${name} is ${column?.type}${column?.list ? '[]' : ''}, and a stored file's name is a String.`,
      );
    if (!this.#storage && (this.#useUrl || !this.options.readOnly))
      throw new ConfigurationError(
        `${owner}: ${name} is a file, and nothing says where files are kept. Set storage in RestModule.forRoot, for instance storage: new FileSystemStorage({ location: 'media' }), or in the field.`,
      );
    if (/^(?:VarChar|Char)$/.test(column.nativeType?.[0] ?? '')) this.#columnLength = Number(column.nativeType?.[1] ?? 1);
  }
}

/** What a stored name is shown as: its address, absolute unless the storage's own is, or itself. */
function shownBy(storage: Storage | undefined): (value: string | UploadedFile, context: RenderContext) => string {
  return (value, { baseUrl }) => {
    if (!storage || value instanceof UploadedFile) return String(value);
    const url = storage.url(value);
    return /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(url) ? url : `${baseUrl}${url.startsWith('/') ? '' : '/'}${url}`;
  };
}

/**
 * @example
 * cover = file({ uploadTo: 'covers/%Y', maxSize: 5_000_000, required: false });
 */
export function file<const O extends FileOptions = {}>(options?: O): FieldOf<string, UploadedFile, O> {
  return new FileField(options) as never;
}
