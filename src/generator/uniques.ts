import type { DMMF } from '@prisma/generator-helper';
import type { UniqueConstraint } from '../framework/models/model.js';
import { SchemaError } from './annotations.js';
import { constraintName } from './constraint-name.js';
import type { IndexText } from './schema-text.js';

interface Surroundings {
  readonly table: string;
  /** The columns of fields, by the field's name. */
  readonly columns: ReadonlyMap<string, string>;
  /** What the schema's text says of the model's unique indexes. */
  readonly written: readonly IndexText[];
  /** The names of indexes in which two nulls are alike. */
  readonly alike: readonly string[];
}

/** A model's unique constraints. Throws SchemaError for a name that none of them has. */
export function describeUniques(model: DMMF.Model, datamodel: DMMF.Datamodel, { table, columns, written, alike }: Surroundings): UniqueConstraint[] {
  const left = [...written];
  const uniques = datamodel.indexes
    .filter((index) => index.model === model.name && index.type === 'unique')
    .map(({ fields: indexed, dbName }): UniqueConstraint => {
      const fields = indexed.map(({ name }) => name);
      const at = left.findIndex((text) => text.fields.join() === fields.join() && (text.map ?? null) === (dbName ?? null));
      const condition = at < 0 ? undefined : left.splice(at, 1)[0]!.condition;
      const columnNames = fields.map((name) => columns.get(name) ?? name);
      return {
        fields,
        index: dbName ?? constraintName(table, columnNames, 'key'),
        ...(condition && { condition: condition === 'sql' || !isPlain(condition, model) ? 'sql' : (condition as never) }),
      };
    });
  for (const name of alike) {
    if (!uniques.some(({ index }) => index === name))
      throw new SchemaError(
        `${model.name}: @rest.nullsNotDistinct names "${name}", which is no unique index. Its unique indexes are ${uniques.map(({ index }) => index).join(', ')}.`,
      );
  }
  return uniques.map((unique) => (alike.includes(unique.index) ? { ...unique, nullsDistinct: false } : unique));
}

/** Whether a condition's values are of their columns' types as they stand in the schema: a moment is a text there. */
function isPlain(condition: Readonly<Record<string, unknown>>, { fields }: DMMF.Model): boolean {
  return Object.entries(condition).every(([name, compared]) => {
    const value = typeof compared === 'object' && compared !== null ? (compared as { not?: unknown }).not : compared;
    const type = fields.find((field) => field.name === name)?.type ?? '';
    return value === null || ['String', 'Int', 'Float', 'Decimal', 'Boolean'].includes(type);
  });
}
