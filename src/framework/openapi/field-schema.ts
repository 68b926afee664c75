import type { Field, FieldDescription } from '../fields/field.js';
import { ReadOnlyField } from '../fields/read-only-field.js';
import type { Model, ScalarField } from '../models/model.js';
import { PrimaryKeyRelatedField } from '../relations/primary-key-related-field.js';
import { RelatedField } from '../relations/related-field.js';
import { SlugRelatedField } from '../relations/slug-related-field.js';
import type { BoundField, CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { NestedField } from '../serializers/nested-field.js';
import { columnSchema, sourceEnd } from './column-schema.js';
import { withConstraints } from './constraint-schema.js';
import { modernized, orNull, type JsonSchema } from './json-schema.js';

/** The schema of a nested serializer: a reference to its component. */
export type NestedSchema = (serializer: CompiledSerializer) => JsonSchema;

/** A field as a response shows it: of what `@Transform` makes of it, nobody knows the type. */
export function shownSchema(bound: BoundField, model: Model | null, nested: NestedSchema): JsonSchema {
  const { field, source } = bound;
  const schema = bound.show ? {} : valueSchema(bound, model, nested, 'schema');
  const end = sourceEnd(model, source);
  const mayBeNull =
    field.options.allowNull || (!isMany(bound) && (end?.column?.nullable || (end?.relation && !end.relation.many && end.relation.nullable)));
  return { ...(mayBeNull ? orNull(schema) : schema), ...annotations(bound), ...(field.options.readOnly && { readOnly: true }) };
}

/** A field as a request's body holds it. */
export function takenSchema(bound: BoundField, model: Model | null, nested: NestedSchema): JsonSchema {
  const { source } = bound;
  const { options } = bound.field;
  const schema = withConstraints(valueSchema(bound, model, nested, 'inputSchema'), bound);
  const least = isMany(bound) && (options as { allowEmpty?: boolean }).allowEmpty === false ? { minItems: 1 } : {};
  const standing = options.default ?? (bound.field.required ? undefined : columnDefault(sourceEnd(model, source)?.column));
  return {
    ...(options.allowNull ? orNull({ ...schema, ...least }) : { ...schema, ...least }),
    ...annotations(bound),
    ...(options.writeOnly && { writeOnly: true }),
    ...(standing !== undefined && typeof standing !== 'function' && { default: standing as unknown }),
  };
}

/** What the database puts in place of what is not sent. */
function columnDefault(column: ScalarField | undefined): unknown {
  const value = column?.default;
  if (value === undefined || column?.list || column?.type === 'Json' || column?.type === 'DateTime' || column?.type === 'Bytes') return undefined;
  return column?.type === 'Decimal' ? String(value) : value;
}

/** Whether a field shows several rows. */
const isMany = ({ field }: BoundField) => (field instanceof RelatedField || field instanceof NestedField) && field.many;

type Way = 'schema' | 'inputSchema';

function valueSchema(bound: BoundField, model: Model | null, nested: NestedSchema, way: Way): JsonSchema {
  const { field, source } = bound;
  const one =
    field instanceof NestedField
      ? nested(field.compiled)
      : field instanceof RelatedField
        ? keySchema(field, model, source)
        : plainSchema(bound, model, way);
  if (!isMany(bound)) return one;
  const { minLength, maxLength } = field.options as { minLength?: number; maxLength?: number };
  return {
    type: 'array',
    items: one,
    ...(minLength !== undefined && { minItems: minLength }),
    ...(maxLength !== undefined && { maxItems: maxLength }),
  };
}

/** A field that says nothing of its own shows a column as it is. */
function plainSchema({ field, source }: BoundField, model: Model | null, way: Way): JsonSchema {
  const column = field instanceof ReadOnlyField && Object.keys(field.describe().schema).length === 0 ? sourceEnd(model, source)?.column : undefined;
  return column ? columnSchema(column) : describedSchema(field, way);
}

/** What a field says of its values, with what its child says of theirs. */
function describedSchema(field: Field, way: Way): JsonSchema {
  const description = field.describe();
  const { child } = description;
  const schema = { ...bounds(description), ...modernized(description[way] ?? description.schema) };
  if (!child) return schema;
  const each = child.options.allowNull ? orNull(describedSchema(child, way)) : describedSchema(child, way);
  return { ...schema, [description.schema['type'] === 'array' ? 'items' : 'additionalProperties']: each };
}

/** How a related row is named: by its key or another field of it, unless the field says otherwise. */
function keySchema(field: RelatedField, model: Model | null, source: string): JsonSchema {
  const { schema } = field.describe();
  const related = sourceEnd(model, source)?.relation?.model() ?? field.options.model;
  const asColumn = field instanceof SlugRelatedField || (field instanceof PrimaryKeyRelatedField && Object.keys(schema).length === 0);
  return related && asColumn ? columnSchema(field.lookupColumn(related)) : modernized(schema);
}

/** What a description says beside its schema. */
function bounds({ type, schema, minLength, maxLength, minValue, maxValue, choices }: FieldDescription): JsonSchema {
  const numeric = schema['type'] === 'integer' || schema['type'] === 'number';
  // The length of a file is that of its name.
  const text = schema['type'] === 'string' && !type.endsWith(' upload');
  return {
    ...(text && minLength !== undefined && { minLength }),
    ...(text && maxLength !== undefined && { maxLength }),
    ...(numeric && minValue !== undefined && { minimum: Number(minValue) }),
    ...(numeric && maxValue !== undefined && { maximum: Number(maxValue) }),
    ...(choices && schema['type'] !== 'array' && { enum: choices.map(({ value }) => value) }),
  };
}

function annotations({ field: { options } }: BoundField): JsonSchema {
  return { ...(options.label !== undefined && { title: options.label }), ...(options.helpText && { description: options.helpText }) };
}
