import type { Field } from '../fields/field.js';
import { HiddenField } from '../fields/hidden-field.js';
import { access, type ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';
import type { CompiledSerializer } from './compiled-serializer.js';

/** The code of the object that a serializer's fields show of a builder's row; what they need of it is asked of the builder. */
export function emitFields({ fields, environment }: Pick<CompiledSerializer, 'fields' | 'environment'>, builder: ReadBuilder): string {
  const parts: string[] = [];
  for (const { name, wire, field } of fields) {
    if (field.options.writeOnly || field instanceof HiddenField) continue;
    const source = field.options.source ?? name;
    const { expression, absent } = field instanceof ReadingField ? field.emit(builder, source, environment) : emitValue(builder, field, source);
    const key = JSON.stringify(wire);
    if (!absent) parts.push(`${key}: ${expression}`);
    else if (field.options.allowNull || field.options.default !== undefined)
      parts.push(`${key}: (${absent}) ? ${fallback(builder, field)} : ${expression}`);
    else parts.push(`...(${absent} ? null : { ${key}: ${expression} })`);
  }
  return `({ ${parts.join(', ')} })`;
}

/** What is shown where a row on the way is missing: the default, else null (SER-12). */
function fallback(builder: ReadBuilder, { options }: Field): string {
  return options.default === undefined || typeof options.default === 'function' ? 'null' : builder.bind(options.default);
}

function emitValue(builder: ReadBuilder, field: Field, source: string): Emission {
  const { builder: at, last, absent } = follow(builder, source);
  const value = at.model ? at.column(last) : access(at.row, last);
  // The identity costs no call for a row.
  const expression = isIdentity(field) ? value : `(${value} == null ? null : ${builder.bind(field)}.toRepresentation(${value}))`;
  return absent === undefined ? { expression } : { expression, absent };
}

let identity: unknown;
function isIdentity(field: Field): boolean {
  identity ??= Object.getPrototypeOf(ReadingField.prototype).toRepresentation;
  return field.toRepresentation === identity;
}
