import type { Field } from '../../fields/field.js';
import type { Model, UniqueConstraint } from '../../models/model.js';
import { UniqueTogetherValidator } from '../../validators/unique-together-validator.js';

/**
 * The validators of a model's compound constraints, and of conditional ones, whose every field is written (SER-27). One whose condition is written in
 * SQL is left to the database.
 */
export function uniqueSetsOf(model: Model, fields: readonly (readonly [string, Field])[]): UniqueTogetherValidator[] {
  const written = new Map(fields.filter(([, field]) => takesPart(field)).map(([name, field]) => [field.options.source ?? name, name]));
  return model.uniques.flatMap((unique) => {
    if (unique.condition === 'sql' || (unique.fields.length === 1 && !unique.condition)) return [];
    const names = unique.fields.map((column) => written.get(sourceOf(model, column, written)));
    return names.every((name) => name !== undefined) ? [validatorOf(unique, names)] : [];
  });
}

function validatorOf({ condition, nullsDistinct }: UniqueConstraint, fields: readonly string[]): UniqueTogetherValidator {
  return new UniqueTogetherValidator({
    fields,
    ...(condition && condition !== 'sql' && { condition }),
    ...(nullsDistinct !== undefined && { nullsDistinct }),
  });
}

/** What validators of the whole may look at: what is written, and what is read-only and has a default (SER-31). */
export const takesPart = ({ options }: Field): boolean => !options.readOnly || options.default !== undefined;

/** The name under which a column stands in validated data: its relation's, where it is a foreign key. */
export function sourceOf(model: Model, column: string, written?: ReadonlyMap<string, unknown>): string {
  const relation = model.fields[column]?.foreignKeyOf;
  return relation && !written?.has(column) ? relation : column;
}
