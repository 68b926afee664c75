import type { FieldContext } from '../fields/field.js';

/**
 * What of a thing is shown, and what of it is read from input: its properties that hold fields, in the order in which they are declared (SER-7).
 *
 * A serializer is made once, by Nest's injector, so that its constructor may ask for providers; it keeps no state of a request. It needs no model:
 * without one it shows plain objects and validates plain data.
 * Besides fields it may have `validateTitle(value, context)` for a field `title` (SER-9), which answers the value to take.
 */
export abstract class Serializer {
  /**
   * Checks the fields together, after each by itself has passed, and answers the data to take (SER-8).
   * @throws ValidationError: a text or list for the whole, a record for fields by property name.
   */
  validate(data: any, _context: FieldContext): unknown {
    return data;
  }
}

/** A class that Nest's injector can make: what its constructor asks for is known to it alone. */
export type SerializerConstructor<S extends object = Serializer> = new (...args: any[]) => S;
export type SerializerClass<S extends Serializer = Serializer> = abstract new (...args: any[]) => S;
