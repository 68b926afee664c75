import type { DMMF } from '@prisma/generator-helper';
import type { RelationField } from '../framework/models/model.js';
import { SchemaError } from './annotations.js';
import { constraintName } from './constraint-name.js';
import type { SchemaText } from './schema-text.js';

type Described = Omit<RelationField, 'model' | 'annotations' | 'documentation'> & { readonly model: string };

export function describeRelation(field: DMMF.Field, model: DMMF.Model, datamodel: DMMF.Datamodel, { foreignKeys }: SchemaText): Described {
  const related = datamodel.models.find(({ name }) => name === field.type);
  const inverse = related?.fields.find(
    (other) => other.relationName === field.relationName && other.type === model.name && !(related === model && other.name === field.name),
  );
  if (related === undefined || inverse === undefined) throw new SchemaError(`${model.name}.${field.name}: the relation has no other side.`);
  const from = field.relationFromFields ?? [];
  const table = model.dbName ?? model.name;
  const columnOf = (name: string) => model.fields.find((each) => each.name === name)?.dbName ?? name;
  return {
    name: field.name,
    many: field.isList,
    nullable: !field.isList && !field.isRequired,
    model: field.type,
    from,
    to: field.relationToFields ?? [],
    inverse: inverse.name,
    ...(field.isList && inverse.isList ? { join: describeJoin(field, inverse, model, related) } : {}),
    // Prisma's own choice, where the schema makes none.
    ...(from.length > 0 ? { onDelete: field.relationOnDelete ?? (field.isRequired ? 'Restrict' : 'SetNull') } : {}),
    ...(from.length > 0 ? { constraint: foreignKeys.get(`${model.name}.${field.name}`) ?? constraintName(table, from.map(columnOf), 'fkey') } : {}),
  };
}

/** The table that Prisma keeps for an implicit many-to-many relation: column A leads to the model, or field, that is first in the alphabet. */
function describeJoin(field: DMMF.Field, inverse: DMMF.Field, model: DMMF.Model, related: DMMF.Model): NonNullable<RelationField['join']> {
  const first = model.name === related.name ? field.name < inverse.name : model.name < related.name;
  const { schema } = first ? model : related;
  return {
    table: `_${field.relationName}`,
    ...(schema ? { schema } : {}),
    column: first ? 'A' : 'B',
    inverseColumn: first ? 'B' : 'A',
  };
}
