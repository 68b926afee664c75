import { ValidationError } from '../exceptions/exceptions.js';
import { constraintOf } from '../prisma/prisma-errors.js';
import type { RowKey } from '../prisma/writes/row-key.js';
import type { Write } from '../plan/write.js';
import { culprits, type Questions } from './culprits.js';
import { suspectsOf, type Suspect } from './suspect.js';
import { writtenRows } from './written-row.js';

interface AttemptedRow {
  readonly write: Write;
  /** Of a row that is there. */
  readonly key?: RowKey;
}

/** Rows that were to be written: one, or those of a list. */
export interface WriteAttempt<Row extends AttemptedRow = AttemptedRow> {
  readonly rows: readonly Row[];
  readonly many: boolean;
}

/** What was being written when the database refused. */
export class FailedWrite {
  readonly suspects: readonly Suspect[];
  readonly attempt: WriteAttempt;
  /** The places in lists that the attempt was a part of, the outermost first: a bulk write that is made row by row. */
  under: readonly number[] = [];
  #culprits?: readonly Suspect[];

  constructor(error: unknown, attempt: WriteAttempt) {
    this.attempt = attempt;
    this.suspects = suspectsOf(error, [...writtenRows(attempt.rows)]);
  }

  /** Those that it was: where nobody has looked, or nothing was found, the first that it may have been. */
  get culprits(): readonly Suspect[] {
    return this.#culprits?.length ? this.#culprits : this.suspects.slice(0, 1);
  }

  /** Looks in the database, once, where there is more than one that it may have been. */
  async investigate(database: Questions): Promise<void> {
    if (this.suspects.length < 2 || this.#culprits) return;
    this.#culprits = await culprits(database, this.suspects);
  }
}

const failures = new WeakMap<object, FailedWrite>();

export const failedWriteOf = (error: unknown): FailedWrite | undefined =>
  typeof error === 'object' && error !== null ? failures.get(error) : undefined;

/** Runs what writes rows; an error of it that is about one of them remembers them. */
export async function attempted<T>(attempt: WriteAttempt, run: () => PromiseLike<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && !failures.has(error)) {
      const failed = new FailedWrite(error, attempt);
      if (failed.suspects.length > 0) failures.set(error, failed);
    }
    throw error;
  }
}

/** Runs what writes one element of a list: what an error says of it is said under its place. */
export async function inElement<T>(at: number, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw ofElement(error, at);
  }
}

function ofElement(error: unknown, at: number): unknown {
  if (!(error instanceof Error)) return error;
  const failed = failures.get(error) ?? (constraintOf(error) ? new FailedWrite(error, { rows: [], many: false }) : undefined);
  if (!failed) return error instanceof ValidationError ? new ValidationError({ [at]: error.detail }, error.code) : error;
  failed.under = [at, ...failed.under];
  failures.set(error, failed);
  return error;
}

/**
 * Finds out which rows an error is about, when the transaction that it has spoiled is rolled back. What cannot be found out is left open: the error
 * that is being handled is the one to tell.
 */
export async function investigate(thrown: unknown, database: Questions): Promise<void> {
  try {
    await failedWriteOf(thrown)?.investigate(database);
  } catch {
    // The database is away, or the transaction around is spoiled too.
  }
}
