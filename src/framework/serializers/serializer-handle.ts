import type { FieldContext } from '../fields/field.js';
import type { Sources } from '../sources/sources.js';
import type { Write } from '../plan/write.js';
import type { RenderContext } from './compiled/compile-environment.js';
import type { CompiledSerializer } from './compiled/compiled-serializer.js';
import { representation } from './representation.js';
import type { InputOf, PatchOf } from './serializer-values.js';
import type { SerializerClass } from './serializer.js';
import { writeOf } from './writes/write-data.js';

type Validate = (serializer: CompiledSerializer, data: unknown, context: FieldContext) => Promise<unknown>;

/**
 * A serializer outside of a request: in a command, a queue's consumer, a hand-written controller.
 *
 * @example
 * async function take(row: unknown, serializers: Serializers, service: ModelService<BookModel>) {
 *   const books = serializers.of(BookSerializer);
 *   const book = await service.create(await books.write(await books.validate(row)));
 *   return books.represent(book);
 * }
 */
export class SerializerHandle<S extends SerializerClass = SerializerClass> {
  readonly #compiled: () => Promise<CompiledSerializer>;
  readonly #sources: Sources;
  readonly #validate: Validate;

  constructor(compiled: () => Promise<CompiledSerializer>, sources: Sources, validate: Validate) {
    this.#compiled = compiled;
    this.#sources = sources;
    this.#validate = validate;
  }

  /**
   * Validated data of input by names on the wire; with an `instance`, as a change of it.
   * @throws ValidationError with every message.
   */
  validate(data: unknown, context: Partial<FieldContext> & { readonly partial: true }): Promise<PatchOf<S>>;
  validate(data: unknown, context?: Partial<FieldContext>): Promise<InputOf<S>>;
  async validate(data: unknown, context: Partial<FieldContext> = {}): Promise<unknown> {
    return this.#validate(await this.#compiled(), data, { partial: false, ...context });
  }

  /**
   * The write that saves validated data, for `ModelService.create` and `update`. `extra` are values of the application's, which win.
   * @throws ConfigurationError for a name that the model lacks.
   */
  async write(data: object, extra: object = {}): Promise<Write> {
    return writeOf(await this.#compiled(), data as Record<string, unknown>, extra as Record<string, unknown>);
  }

  /**
   * What is shown of a row, or of a plain object where the serializer has no model: read again where the row was not read for it, null where it is gone.
   * Links begin with `baseUrl`, by default with nothing.
   */
  async represent(row: object, context: Partial<RenderContext> = {}): Promise<Record<string, unknown> | null> {
    return representation({ baseUrl: '', ...context }, await this.#compiled(), row, this.#sources);
  }

  /** The fields as code: see `Serializer.toString`. */
  async print(): Promise<string> {
    return String((await this.#compiled()).serializer);
  }
}
