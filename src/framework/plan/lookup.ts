import type { Model } from '../models/model.js';
import type { Where } from './where.js';

/** A question that validation asks of the database. All of a request's questions are answered in one statement. */
export type Lookup =
  /**
   * Which of these values a field has, and the key of the row that has it. The field may be a related row's: `author__name`. `key` is the field that
   * is answered, in place of the primary key; `scope` narrows the rows that count.
   */
  | {
      readonly kind: 'rows';
      readonly model: Model;
      readonly field: string;
      readonly values: readonly unknown[];
      readonly key?: string;
      readonly scope?: Where;
    }
  /** Whether a row has these values, other than the row of the key `except`. */
  | {
      readonly kind: 'exists';
      readonly model: Model;
      /** By column; null asks for null. */
      readonly values: Readonly<Record<string, unknown>>;
      /** Columns that are compared otherwise than by equality. */
      readonly compare?: Readonly<Record<string, Comparison>>;
      readonly except?: Readonly<Record<string, unknown>>;
      /** Narrows the rows that count. In normal form (`assertWhere`). */
      readonly scope?: Where;
      /** Holds for both rows: the one that is there, and the one that is to be, of whose columns these are the values. In normal form. */
      readonly condition?: { readonly where: Where; readonly values: Readonly<Record<string, unknown>> };
    }
  /** Which of these values of some columns a row has, other than the rows of the keys `except`: what many would ask by `exists`. */
  | {
      readonly kind: 'taken';
      readonly model: Model;
      readonly columns: readonly string[];
      readonly values: readonly (readonly unknown[])[];
      readonly except: readonly Readonly<Record<string, unknown>>[];
    };

/** Equal but for case; on the same day, in the same month of whatever year, in the same year, in UTC. */
export type Comparison = 'iexact' | 'date' | 'month' | 'year';

/**
 * For `rows`: each value found, as text, with the row's key. For `exists`: whether there is one. For `taken`:
 * the places of the values that a row has.
 */
export type LookupAnswer = ReadonlyMap<string, LookupMatch> | ReadonlySet<number> | boolean;

export interface LookupMatch {
  readonly key: unknown;
  /** How many rows have the value: more than one where the field is not unique after all. */
  readonly rows: number;
}
