import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field, FieldContext } from '../fields/field.js';
import type { ValidatorLike } from '../validators/field-validator.js';
import type { RenderContext } from './compiled/compile-environment.js';

/** What a serializer's fields do, made at boot: the methods of `Serializer` itself call it. */
export interface SerializerCore {
  read(data: unknown, context: FieldContext): Promise<Record<string, unknown>>;
  show(instance: object, context: RenderContext): Record<string, unknown>;
  print(): string;
}

const cores = new WeakMap<Serializer, SerializerCore>();

export const useCore = (serializer: Serializer, core: SerializerCore) => void cores.set(serializer, core);

/**
 * What of a thing is shown, and what of it is read from input: its properties that hold fields, in the order in which they are declared (SER-7).
 *
 * A serializer is made once, by Nest's injector, so that its constructor may ask for providers; it keeps no state of a request. It needs no model:
 * without one it shows plain objects and validates plain data.
 * Besides fields it may have `validateTitle(value, context)` for a field `title` (SER-9), which answers the value to take.
 */
export abstract class Serializer {
  /** The fields by property name, in the order in which they are shown. Asked once, at boot: override it to leave one out or to order them otherwise. */
  getFields(): Record<string, Field> {
    return Object.fromEntries(Object.entries(this).filter((entry): entry is [string, Field] => isField(entry[1])));
  }

  /**
   * Checks of the whole, after the fields and before `validate`: functions, classes that Nest's injector makes, and look-ups. What they say is of the
   * whole; a record is of fields, by property name. Each sees what read-only fields have by default, too (SER-31).
   */
  readonly validators: readonly ValidatorLike[] = [];

  /**
   * The groups of class-validator's decorators that are asked about an input. None, as by default, are all of them. Override to ask others of a change.
   *
   * @example
   * override getValidationGroups({ instance }: FieldContext) {
   *   return [instance ? 'update' : 'create'];
   * }
   */
  getValidationGroups(_context: FieldContext): readonly string[] {
    return [];
  }

  /**
   * Makes validated data of one object's input: each field in turn, what the database says of keys and uniqueness, then `validateTitle` and its like.
   * Override to change what was sent before the fields see it, or what they have made of it.
   *
   * `super.toInternalValue` called before anything is awaited asks the database with every other object of the request, in one statement.
   * @throws ValidationError: a record of messages by name on the wire.
   *
   * @example
   * override async toInternalValue(data: unknown, context: FieldContext) {
   *   const { count, ...rest } = await super.toInternalValue(data, context);
   *   return { ...rest, pages: count };
   * }
   */
  toInternalValue(data: unknown, context: FieldContext): Record<string, unknown> | Promise<Record<string, unknown>> {
    return coreOf(this).read(data, context);
  }

  /**
   * What is shown of one row, or of a plain object. Override to add to it or take away; it is called for every row that is shown, and reads what its
   * fields show, whatever it does with it. Serializers that do not override it are compiled to code that calls nothing.
   *
   * `instance` has the columns that fields show, with Temporal values for dates, and related rows as they were read.
   *
   * @example
   * override toRepresentation(book: Book, context: RenderContext) {
   *   const shown = super.toRepresentation(book, context);
   *   return book.inStock ? shown : { ...shown, price: null };
   * }
   */
  toRepresentation(instance: object, context: RenderContext): Record<string, unknown> {
    return coreOf(this).show(instance, context);
  }

  /**
   * Checks the fields together, after each by itself has passed, and answers the data to take (SER-8).
   * @throws ValidationError: a text or list for the whole, a record for fields by property name.
   */
  validate(data: any, _context: FieldContext): unknown {
    return data;
  }

  /** Its fields as code, with everything that the model says of them (SER-29). */
  toString(): string {
    return cores.get(this)?.print() ?? this.constructor.name;
  }
}

function coreOf(serializer: Serializer): SerializerCore {
  const core = cores.get(serializer);
  if (!core)
    throw new ConfigurationError(
      `${serializer.constructor.name} was made by hand and is not compiled. Ask Serializers for it: serializers.of(${serializer.constructor.name}).`,
    );
  return core;
}

/** A class that Nest's injector can make: what its constructor asks for is known to it alone. */
export type SerializerConstructor<S extends object = Serializer> = new (...args: any[]) => S;
export type SerializerClass<S extends Serializer = Serializer> = abstract new (...args: any[]) => S;

export const isField = (value: unknown): value is Field =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Field).toInternalValue === 'function' &&
  typeof (value as Field).describe === 'function';
