import type { Model, RelationField, UniqueConstraint } from '../models/model.js';
import { constraintOf, violatedUnique } from '../prisma/prisma-errors.js';
import { RowsGone } from '../prisma/writes/rows-gone.js';
import type { WrittenRow } from './written-row.js';

/** A row that may be the one which the database has refused, and why. */
export type Suspect = TakenSuspect | MissingSuspect | GoneSuspect;

/** Another row may have its unique values. */
export interface TakenSuspect {
  readonly kind: 'taken';
  readonly row: WrittenRow;
  readonly unique: UniqueConstraint;
}

/** The row that it refers to by a relation may not be there; of a many-to-many relation, the one of a place among the keys. */
export interface MissingSuspect {
  readonly kind: 'missing';
  readonly row: WrittenRow;
  readonly relation: RelationField;
  readonly at: number;
  /** What it refers to: by the related row's columns. */
  readonly key: Readonly<Record<string, unknown>>;
}

/** It may itself not be there any more. */
export interface GoneSuspect {
  readonly kind: 'gone';
  readonly row: WrittenRow;
}

/** The rows that an error of the database may be about; none where it is about no row in particular. */
export function suspectsOf(error: unknown, rows: readonly WrittenRow[]): readonly Suspect[] {
  if (error instanceof RowsGone)
    return rows.flatMap((row) => (row.write.model === error.model && row.key && row.within ? [{ kind: 'gone', row }] : []));
  const violated = constraintOf(error);
  if (violated?.kind === 'unique') return taken(error, rows);
  return violated ? missing(violated.constraint, rows) : [];
}

function taken(error: unknown, rows: readonly WrittenRow[]): TakenSuspect[] {
  const models = new Set(rows.map(({ write }) => write.model));
  const named = (error as { meta?: { modelName?: string } }).meta?.modelName;
  const uniques = [...models].flatMap((model): [Model, UniqueConstraint][] => {
    const unique = violatedUnique(model, error);
    return unique ? [[model, unique]] : [];
  });
  // Drivers that name columns and no index leave other models open.
  const sure = uniques.filter(([model]) => model.name === named);
  return (sure.length > 0 ? sure : uniques).flatMap(([model, unique]) =>
    rows
      .filter(({ write, key }) => write.model === model && (!key || unique.fields.some((name) => name in write.columns)))
      .map((row): TakenSuspect => ({ kind: 'taken', row, unique })),
  );
}

function missing(constraint: string | undefined, rows: readonly WrittenRow[]): MissingSuspect[] {
  const all = rows.flatMap((row) => references(row));
  const named = all.filter(({ relation }) => constraint !== undefined && constraintsOf(relation).includes(constraint));
  return named.length > 0 ? named : all;
}

/** What a row refers to. Rows that are linked to the one that they are within refer to nothing else. */
function references(row: WrittenRow): MissingSuspect[] {
  if (row.named) return [];
  const { model, columns, relations } = row.write;
  return Object.values(model.relations).flatMap((relation): MissingSuspect[] => {
    const change = relations[relation.name];
    if (relation.join && change && (change.kind === 'set' || change.kind === 'link')) {
      const [name] = relation.model().primaryKey as [string];
      return change.keys.map((key, at) => ({ kind: 'missing', row, relation, at, key: { [name]: key } }));
    }
    const values = relation.from.map((name) => columns[name]);
    if (values.length === 0 || values.some((value) => value === undefined || value === null)) return [];
    return [{ kind: 'missing', row, relation, at: 0, key: Object.fromEntries(relation.to.map((name, index) => [name, values[index]])) }];
  });
}

const constraintsOf = ({ constraint, join }: RelationField): readonly (string | undefined)[] =>
  join ? [`${join.table}_${join.inverseColumn}_fkey`] : [constraint];
