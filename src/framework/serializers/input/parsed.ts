import type { Lookup, LookupAnswer } from '../../plan/lookup.js';

/** A question to the database, with what to do with its answer. */
export interface Question {
  readonly lookup: Lookup;
  /** The object that asks: it is no rival of its own for a unique value. */
  readonly owner?: object;
  /** @throws ValidationError */
  settle(answer: LookupAnswer): void;
}

/** Input on its way to validated data: read field by field, settled with the answers of the database, then finished by the serializer's hooks. */
export interface Parsed {
  /**
   * The validated data; a promise only where something has to be waited for.
   * @throws ValidationError with every message, by wire name.
   */
  finish(): unknown;
}
