import type { Lookup, LookupAnswer } from '../prisma/lookup.js';

/** A question to the database, with what to do with its answer. */
export interface Question {
  readonly lookup: Lookup;
  /** @throws ValidationError */
  settle(answer: LookupAnswer): void;
}

/** Input on its way to validated data: read field by field, then settled with the answers of the database, then finished by the serializer's hooks. */
export interface Parsed {
  /** Everything that is asked of the database, of what is nested too. */
  readonly questions: readonly Question[];
  /** @throws ValidationError with every message, by wire name. */
  finish(): Promise<unknown>;
}
