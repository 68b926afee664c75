import type { BoundField, CompiledSerializer } from './compiled-serializer.js';
import { NestedField } from '../nested-field.js';

/** A serializer's fields as code, with the options that the model gave them, those of nested serializers beneath (SER-29). */
export function printFields(compiled: CompiledSerializer, depth = 1): string {
  const { name, fields, lookups } = compiled;
  const indent = '  '.repeat(depth);
  const sets = lookups.map((lookup) => `${indent}// ${lookup.kind}: ${lookup.fields.join(', ')}`);
  return [`${name} {`, ...fields.map((bound) => indent + fieldLine(bound, depth)), ...sets, `${'  '.repeat(depth - 1)}}`].join('\n');
}

function fieldLine({ name, field, hook, requiredForSet, lookups, constraints }: BoundField, depth: number): string {
  const options = Object.entries(field.options).filter(([, value]) => value !== undefined);
  const shown = options.length > 0 ? valueText(Object.fromEntries(options)) : '';
  const remarks = [
    ...lookups.map(({ kind }) => kind),
    ...(constraints?.constraints ?? []).map((constraint) => constraint.name),
    ...(requiredForSet && !field.required ? ['required for a unique set'] : []),
    ...(hook ? ['checked by the serializer'] : []),
  ];
  const remark = remarks.length > 0 ? ` // ${remarks.join(', ')}` : '';
  if (!(field instanceof NestedField)) return `${name} = new ${field.constructor.name}(${shown});${remark}`;
  return `${name} = nested(${shown}): ${printFields(field.compiled, depth + 1)}${remark}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (typeof value === 'function') return value.name || '() => …';
  if (value instanceof RegExp || typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.slice(0, MOST).map(valueText).join(', ')}${value.length > MOST ? ', …' : ''}]`;
  const { delegate } = value as { delegate?: unknown };
  if (typeof delegate === 'string') return `models.${delegate}`;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${valueText(one)}`)
    .join(', ')} }`;
}

/** Of a long list, such as choices, the first ones tell enough. */
const MOST = 5;
