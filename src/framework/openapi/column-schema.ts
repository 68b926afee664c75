import type { Model, RelationField, ScalarField } from '../models/model.js';
import type { JsonSchema } from './json-schema.js';

/** The schema of a model's column as it stands in JSON, without null. */
export function columnSchema(column: ScalarField): JsonSchema {
  const schema = SCHEMAS[column.type](column);
  return column.list ? { type: 'array', items: schema } : schema;
}

const SCHEMAS: Readonly<Record<ScalarField['type'], (column: ScalarField) => JsonSchema>> = {
  String: ({ nativeType }) => (nativeType?.[0] === 'Uuid' ? { type: 'string', format: 'uuid' } : { type: 'string' }),
  Boolean: () => ({ type: 'boolean' }),
  Int: () => ({ type: 'integer' }),
  BigInt: () => ({ type: 'integer', format: 'int64' }),
  Float: () => ({ type: 'number', format: 'double' }),
  Decimal: () => ({ type: 'string', format: 'decimal' }),
  DateTime: ({ nativeType: [name = ''] = [] as never }) => ({
    type: 'string',
    format: name === 'Date' ? 'date' : name === 'Time' || name === 'Timetz' ? 'time' : 'date-time',
  }),
  Json: () => ({}),
  Bytes: () => ({ type: 'string', format: 'byte' }),
  Enum: ({ choices = [] }) => ({ type: 'string', enum: choices.map(({ value }) => value) }),
};

/** What of a model a field's source leads to. */
export interface SourceEnd {
  readonly column?: ScalarField;
  readonly relation?: RelationField;
  /** Whether a row on the way may be missing: the field is left out then (SER-12). */
  readonly mayBeAbsent: boolean;
}

/** Follows a source such as `author.name`; undefined where it leads to nothing that the model says. */
export function sourceEnd(model: Model | null, source: string): SourceEnd | undefined {
  const parts = source.split('.');
  const last = parts.pop() as string;
  let mayBeAbsent = false;
  for (const part of parts) {
    const relation: RelationField | undefined = model?.relations[part];
    if (!relation) return undefined;
    mayBeAbsent ||= !relation.many && (relation.nullable || relation.from.length === 0);
    model = relation.model();
  }
  const column = model?.fields[last];
  const relation = model?.relations[last];
  return column || relation ? { ...(column && { column }), ...(relation && { relation }), mayBeAbsent } : undefined;
}
