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
  /** A many-to-many relation's rows, by key: exactly these afterwards. */
  | { readonly kind: 'set'; readonly keys: readonly unknown[] }
  /** Rows to link to or unlink from a many relation, by key. */
  | { readonly kind: 'link' | 'unlink'; readonly keys: readonly unknown[] }
  /** A one-to-many relation's rows: made anew; with `replace`, those that were there go first. */
  | { readonly kind: 'create'; readonly rows: readonly Write[]; readonly replace: boolean };
