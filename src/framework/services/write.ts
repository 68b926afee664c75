import type { Model } from '../models/model.js';

/** A row to be written, neutral data as a plan is: the serializer makes it, the service executes it, hooks may add to it. */
export interface Write {
  readonly model: Model;
  /** Columns by the model's field names, foreign keys included: values as the framework has them (Temporal, Decimal, bigint). */
  readonly columns: Readonly<Record<string, unknown>>;
  /** What becomes of related rows, by the relation's name. */
  readonly relations: Readonly<Record<string, RelationWrite>>;
}

export type RelationWrite =
  /** A to-many relation's rows, by key: exactly these afterwards. */
  | { readonly kind: 'set'; readonly keys: readonly unknown[] }
  /** Rows to link to or unlink from a to-many relation, by key. */
  | { readonly kind: 'link' | 'unlink'; readonly keys: readonly unknown[] }
  /**
   * Related rows to be made, or changed where they have a key; of a to-one relation there is one, or none. `others` are the parent's rows that are not
   * among them: with `remove` they are deleted, or unlinked from a many-to-many relation.
   */
  | { readonly kind: 'rows'; readonly rows: readonly RowWrite[]; readonly others: 'keep' | 'remove' };

/** A related row: of a key, one of the parent's that is changed; without, a new one. */
export interface RowWrite {
  readonly key?: Readonly<Record<string, unknown>>;
  readonly write: Write;
}
