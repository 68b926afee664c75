import type { Field } from '../fields/field.js';
import { HiddenField } from '../fields/hidden-field.js';
import type { Model } from '../models/model.js';

/** Fields of which the model holds no two rows alike. */
export interface UniqueSet {
  /** The names of the fields, as the model's constraint has them; a relation stands for its foreign key. */
  readonly sources: readonly string[];
  /** The model's columns, in the same order. */
  readonly columns: readonly string[];
}

/** The model's compound constraints whose every field the serializer writes (SER-27). */
export function uniqueSetsOf(model: Model, fields: readonly (readonly [string, Field])[]): UniqueSet[] {
  const written = new Set(
    fields.filter(([, field]) => !field.options.readOnly || field instanceof HiddenField).map(([name, field]) => field.options.source ?? name),
  );
  return model.uniques
    .filter((unique) => unique.fields.length > 1)
    .map((unique) => ({ columns: unique.fields, sources: unique.fields.map((column) => sourceOf(model, column, written)) }))
    .filter(({ sources }) => sources.every((source) => written.has(source)));
}

/** The name under which a column stands in validated data: its relation's, where it is a foreign key. */
export function sourceOf(model: Model, column: string, written?: ReadonlySet<string>): string {
  const relation = model.fields[column]?.foreignKeyOf;
  return relation && !written?.has(column) ? relation : column;
}
