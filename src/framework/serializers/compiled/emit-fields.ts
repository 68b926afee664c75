import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field, FieldContext } from '../../fields/field.js';
import { HiddenField } from '../../fields/hidden-field.js';
import { access, type ReadBuilder } from '../../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../../fields/reading-field.js';
import { instanceReader } from '../../plan/instance-reader.js';
import type { CompileEnvironment } from './compile-environment.js';
import type { CompiledSerializer } from './compiled-serializer.js';

/** The code of the object that a serializer's fields show of a builder's row; what they need of it is asked of the builder. */
export function emitFields({ fields, environment }: Pick<CompiledSerializer, 'fields' | 'environment'>, builder: ReadBuilder): string {
  const parts: string[] = [];
  for (const { name, wire, field, show } of fields) {
    if (field.options.writeOnly || field instanceof HiddenField) continue;
    const source = field.options.source ?? name;
    const { expression: value, absent } = emitField(builder, field, source, environment);
    const expression = show ? `${builder.bind(show)}(${value})` : value;
    const key = JSON.stringify(wire);
    if (!absent) parts.push(`${key}: ${expression}`);
    else if (field.options.allowNull || field.options.default !== undefined || field.required)
      parts.push(`${key}: (${absent}) ? ${fallback(builder, name, field)} : ${expression}`);
    else parts.push(`...(${absent} ? null : { ${key}: ${expression} })`);
  }
  return `({ ${parts.join(', ')} })`;
}

/** What stands where there is nothing to show: the default, else null where it is allowed (SER-12). */
function fallback(builder: ReadBuilder, name: string, { options }: Field): string {
  if (typeof options.default === 'function') return `${builder.bind(options.default)}(${builder.bind(NO_CONTEXT)})`;
  if (options.default !== undefined) return builder.bind(options.default);
  return options.allowNull ? 'null' : `${builder.bind(missing)}(${JSON.stringify(`${builder.owner}.${name}`)})`;
}

const NO_CONTEXT: FieldContext = Object.freeze({ partial: false });

function missing(name: string): never {
  throw new TypeError(`${name}: the object that is shown has no such value. Give it one, or set required: false, allowNull or a default.`);
}

function emitField(builder: ReadBuilder, field: Field, source: string, environment: CompileEnvironment): Emission {
  if (field instanceof ReadingField) return field.emit(builder, source, environment);
  return source === '*' ? emitWhole(builder, field) : emitValue(builder, field, source);
}

/** A field that is shown of the whole object: it says what it reads of a row. */
function emitWhole(builder: ReadBuilder, field: Field): Emission {
  const { reads } = field.options;
  if (builder.model && !reads)
    throw new ConfigurationError(
      `${builder.owner}: a ${field.constructor.name} has the source '*' and does not say what it reads of ${builder.model.name}; set reads: ['…'].`,
    );
  for (const name of reads ?? []) builder.column(name);
  const convert = builder.model && instanceReader(builder.model, reads ?? []);
  return { expression: `${builder.bind(field)}.toRepresentation(${convert ? `${builder.bind(convert)}(${builder.row})` : builder.row})` };
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
