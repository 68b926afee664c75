import type { EMPTY, FieldContext } from '../fields/field.js';
import type { Model } from '../models/model.js';
import type { ValidationError } from '../exceptions/exceptions.js';
import type { Question } from '../serializers/input/parsed.js';

/** A field of the serializer that a validator stands in. */
export interface PlacedField {
  /** The property's name, and the name on the wire. */
  readonly name: string;
  readonly wire: string;
  /** The name in validated data: a column or relation of the model. */
  readonly source: string;
}

/** Where a validator stands: all of it is known at boot. */
export interface ValidatorPlace {
  /** `BookSerializer.isbn` or `BookSerializer`, for what a developer is told. */
  readonly owner: string;
  /** The serializer's model. */
  readonly model: Model | null;
  readonly fields: readonly PlacedField[];
  /** The field that is checked; undefined for a validator of the whole. */
  readonly field?: PlacedField;
}

/** A value that is wrong, or that the database is still being asked for: nothing can be asked about it. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A request's values by source: `EMPTY` where none was sent, and no default stands for it. */
export type ValueOf = (source: string) => unknown | typeof EMPTY | typeof UNKNOWN;

/** A validator made ready for its place. */
export interface PlacedLookup {
  /** What it looks for, for a developer: `unique`, `unique together`, `unique for month`. */
  readonly kind: string;
  /** The model's columns that no two rows may have alike, where it is a rule of that kind: a constraint of the database is told of in its words. */
  readonly columns: readonly string[];
  readonly model: Model;
  /** Names of the fields that it compares. */
  readonly fields: readonly string[];
  /** Names of the fields that a new row must be given a value for. */
  readonly required: readonly string[];
  /** What is asked of a request's data; undefined where nothing has to be. @throws ValidationError where no question can be put. */
  ask(valueOf: ValueOf, context: FieldContext): Question | undefined;
  /** What the client is told where the answer is yes. */
  error(): ValidationError;
}

/** A validator that asks the database: its question goes there with all the others of a request, in one statement. */
export abstract class LookupValidator {
  /** Makes it ready at boot. @throws ConfigurationError where it cannot stand in that place. */
  abstract place(place: ValidatorPlace): PlacedLookup;
}
