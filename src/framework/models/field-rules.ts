import type { RelationField, ScalarField } from './model.js';

/** What of a relation these rules look at: the generator asks them of relations whose model is not there yet. */
type Relation = Pick<RelationField, 'name' | 'many' | 'nullable' | 'from' | 'join' | 'annotations'>;

/** Whether no client writes a column: the database or Prisma does, or an annotation says so. */
export const isReadOnlyColumn = ({ generated, annotations }: ScalarField): boolean => generated || annotations.readOnly === true;

/** Whether input may leave a column out. */
export const isOptionalColumn = ({ hasDefault, nullable, annotations }: ScalarField): boolean => hasDefault || nullable || annotations.blank === true;

/** Whether no client writes a relation: rows that hold the key of this one are not this one's to write. */
export const isReadOnlyRelation = ({ from, join, annotations }: Relation): boolean =>
  annotations.readOnly === true || (from.length === 0 && join === undefined);

/** Whether input may leave a relation out: it may be null, empty, or its foreign key has a default. */
export const isOptionalRelation = ({ nullable, from, annotations }: Relation, columns: (name: string) => ScalarField | undefined): boolean =>
  nullable || annotations.blank === true || (from.length > 0 && from.every((name) => columns(name)?.hasDefault === true));

/**
 * The names of a serializer of all fields (SER-20), the primary key, the other columns and the relations that are the model's own, each in the
 * order of the schema. A foreign key stands as its relation; what is hidden, and what other models' rows lead to, is left out.
 */
export function defaultNames(columns: readonly ScalarField[], relations: readonly Relation[]): string[] {
  const own = relations.filter(({ from, annotations }) => !annotations.hidden && (from.length === 1 || annotations.forward === true));
  const told = new Set(own.flatMap(({ from }) => from));
  const shown = columns.filter(({ name, annotations }) => !annotations.hidden && !told.has(name));
  return [...shown.filter(({ id }) => id), ...shown.filter(({ id }) => !id), ...own].map(({ name }) => name);
}
