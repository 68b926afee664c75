import type { Model, RelationField } from '../models/model.js';
import type { RowKey } from '../prisma/writes/row-key.js';
import type { RelationWrite, Write } from '../plan/write.js';

type Columns = Readonly<Record<string, unknown>>;

/** A row that a write makes or changes, in its place among those that it is nested in. */
export interface WrittenRow {
  readonly write: Write;
  /** Of a row that is there: its key. */
  readonly key?: RowKey;
  /** The row that it is nested in, by which relation, and its place among the relation's rows. */
  readonly within?: { readonly row: WrittenRow; readonly relation: RelationField; readonly at: number };
  /** Whether input names it by its key alone: it is nothing but linked to the row that it is within. */
  readonly named: boolean;
  /** The foreign key of the row that it is within, as far as that is known before it is written. */
  readonly foreignKey: Columns;
}

/** The rows of writes with all that is nested in them, each after the one that it is within. */
export function* writtenRows(writes: Iterable<{ readonly write: Write; readonly key?: RowKey }>): Generator<WrittenRow> {
  for (const { write, key } of writes) yield* rowsOf({ write, ...(key && { key }), named: false, foreignKey: {} });
}

function* rowsOf(row: WrittenRow): Generator<WrittenRow> {
  yield row;
  for (const [name, change] of Object.entries(row.write.relations)) {
    const relation = Object.hasOwn(row.write.model.relations, name) ? row.write.model.relations[name] : undefined;
    if (relation) yield* relatedRows(row, relation, change);
  }
}

function* relatedRows(row: WrittenRow, relation: RelationField, change: RelationWrite): Generator<WrittenRow> {
  const foreignKey = foreignKeyOf(row, relation);
  if (change.kind === 'rows') {
    for (const [at, { write, key }] of change.rows.entries())
      yield* rowsOf({ write, ...(key && { key }), within: { row, relation, at }, named: false, foreignKey });
    return;
  }
  if (relation.join || change.kind === 'unlink') return;
  const model = relation.model();
  for (const [at, key] of change.keys.entries()) {
    const write: Write = { model, columns: foreignKey, relations: {} };
    yield { write, key: namedKey(model, key), within: { row, relation, at }, named: true, foreignKey };
  }
}

/** The key of a row that input names. */
function namedKey({ primaryKey }: Model, key: unknown): RowKey {
  return typeof key === 'object' && key !== null ? (key as RowKey) : { [primaryKey[0] as string]: key };
}

/** What the related rows of a row refer to it by, where they do. */
function foreignKeyOf({ write, key }: WrittenRow, relation: RelationField): Columns {
  const inverse = relation.join ? undefined : relation.model().relations[relation.inverse];
  if (!inverse || inverse.from.length === 0) return {};
  const known: Columns = { ...key, ...write.columns };
  const pairs = inverse.from.map((column, at): [string, string] => [column, inverse.to[at] as string]);
  return Object.fromEntries(pairs.flatMap(([column, of]) => (of in known ? [[column, known[of]]] : [])));
}
