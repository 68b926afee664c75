import type { Model } from '../models/model.js';
import type { RawRow, ReadTree } from './read-plan.js';

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

/** Executes writes: through Prisma, or by a source of its own. */
export interface Writer {
  /** Makes a row and those under it; answers it read by the tree, with its primary key in any case. */
  create(write: Write, tree?: ReadTree): Promise<RawRow>;
  /**
   * Changes a row, given itself or its key, and those under it; answers it as `create` does.
   * @throws NotFound where the row is gone.
   */
  update(rowOrKey: unknown, write: Write, tree?: ReadTree): Promise<RawRow>;
  createMany(writes: readonly Write[], tree?: ReadTree): Promise<RawRow[]>;
  updateMany(changes: readonly { readonly row: unknown; readonly write: Write }[], tree?: ReadTree): Promise<RawRow[]>;
  /** @throws NotFound where the row is gone already; Conflict where others protect it. */
  destroy(model: Model, rowOrKey: unknown): Promise<void>;
  destroyMany(model: Model, rowsOrKeys: readonly unknown[]): Promise<void>;
}
