import type { FieldMetadata } from './fields.js';
import type { ModelMetadata } from './metadata.js';
import { comment, property } from './source.js';

type Import = (name: 'Decimal' | 'JsonValue' | 'Temporal') => string;

/** The interface of a row, by the model's name. */
export function renderRow(model: ModelMetadata, imported: Import): string {
  const lines = model.fields.flatMap((field) => [
    ...comment(field.documentation, '  '),
    `  ${property(field.name)}: ${renderType(field, imported)};`,
  ]);
  return [...comment(model.documentation, ''), `export interface ${model.name} {`, ...lines, '}'].join('\n');
}

function renderType(field: FieldMetadata, imported: Import): string {
  const type = renderScalar(field, imported);
  return `${type}${field.list ? '[]' : ''}${field.nullable ? ' | null' : ''}`;
}

function renderScalar({ type, nativeType, enum: name }: FieldMetadata, imported: Import): string {
  switch (type) {
    case 'String':
      return 'string';
    case 'Boolean':
      return 'boolean';
    case 'Int':
    case 'Float':
      return 'number';
    case 'BigInt':
      return 'bigint';
    case 'Decimal':
      return imported('Decimal');
    case 'Json':
      return imported('JsonValue');
    case 'Bytes':
      return 'Uint8Array';
    case 'Enum':
      return name ?? 'string';
    case 'DateTime':
      return `${imported('Temporal')}.${TEMPORAL[nativeType?.[0] ?? ''] ?? 'Instant'}`;
  }
}

const TEMPORAL: Readonly<Record<string, string>> = { Date: 'PlainDate', Time: 'PlainTime', Timetz: 'PlainTime' };
