import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field } from '../fields/field.js';
import { access, Constants, ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField } from '../fields/reading-field.js';
import { HiddenField } from '../fields/hidden-field.js';
import type { Model } from '../models/model.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import { HyperlinkedIdentityField } from '../relations/hyperlinked-identity-field.js';
import type { CompileEnvironment, RenderContext } from './compile-environment.js';
import type { Serializer } from './serializer.js';
import { uniqueSetsOf, type UniqueSet } from './unique-sets.js';

/** A field in its place: its names, and its hook on the serializer. */
export interface BoundField {
  /** The property's name. */
  readonly name: string;
  /** The name on the wire. */
  readonly wire: string;
  readonly field: Field;
  /** The name in validated data: the source, where it is one name. */
  readonly source: string;
  readonly hook?: (value: unknown, context: object) => unknown;
  /** Asks for a value on create, whatever the field says: it is part of a unique set (SER-27). */
  readonly requiredForSet: boolean;
}

/** A serializer made ready at boot: what it reads, the code that shows a row, and its fields for reading input. */
export class CompiledSerializer {
  readonly fields: readonly BoundField[];
  readonly writable: readonly BoundField[];
  readonly uniqueSets: readonly UniqueSet[];
  /** What is read of a row of the model; undefined without a model. */
  readonly tree: ReadTree | undefined;
  readonly #render: (row: RawRow, context: RenderContext) => Record<string, unknown>;

  constructor(
    readonly serializer: Serializer,
    readonly model: Model | null,
    readonly environment: CompileEnvironment,
  ) {
    const fields = fieldsOf(serializer);
    this.uniqueSets = model ? uniqueSetsOf(model, fields) : [];
    const inSet = new Set(
      this.uniqueSets.flatMap(({ sources, columns }) => sources.filter((_source, at) => isAsked(model as Model, columns[at] as string))),
    );
    this.fields = fields.map(([name, field]) => bindField(serializer, name, field, environment, inSet));
    this.writable = this.fields.filter(({ field }) => !field.options.readOnly);
    this.#check();
    const constants = new Constants();
    const builder = new ReadBuilder(model, 'r', constants, this.name);
    const code = this.emitObject(builder);
    this.tree = model ? builder.tree() : undefined;
    this.#render = compileRender(code, constants);
  }

  get name(): string {
    return this.serializer.constructor.name;
  }

  /** Refuses at boot what no request could make good. */
  #check(): void {
    const wires = new Map<string, string>();
    for (const { name, wire } of this.fields) {
      const other = wires.get(wire);
      if (other !== undefined) throw new ConfigurationError(`${this.name}: ${other} and ${name} are both ${wire} on the wire; rename one of them.`);
      wires.set(wire, name);
    }
    for (const { name, source, field } of this.writable) {
      if (this.model && source.includes('.')) {
        throw new ConfigurationError(
          `${this.name}.${name}: source is ${source}, of another row, which a write does not reach. Set readOnly: true, or nest a serializer.`,
        );
      }
      // It is never shown, but it learns here what it reads input with.
      if (field.options.writeOnly && field instanceof ReadingField)
        field.emit(new ReadBuilder(this.model, 'r', new Constants(), this.name), source, this.environment);
    }
  }

  /** The JSON value of a row that was read by this serializer's tree, or of a plain object. */
  render(row: RawRow, context: RenderContext): Record<string, unknown> {
    return this.#render(row, context);
  }

  /** The code that shows the row of a builder: for this serializer, or for one that nests it. */
  emitObject(builder: ReadBuilder): string {
    const parts: string[] = [];
    for (const { name, wire, field } of this.fields) {
      if (field.options.writeOnly || field instanceof HiddenField) continue;
      const { expression, absent } = emitField(builder, field, field.options.source ?? name, this.environment);
      const key = JSON.stringify(wire);
      if (!absent) parts.push(`${key}: ${expression}`);
      else if (field.options.allowNull || field.options.default !== undefined)
        parts.push(`${key}: (${absent}) ? ${fallback(builder, field)} : ${expression}`);
      else parts.push(`...(${absent} ? null : { ${key}: ${expression} })`);
    }
    return `({ ${parts.join(', ')} })`;
  }
}

/** Whether a column of a unique set must be sent: nothing else gives it a value. */
const isAsked = (model: Model, column: string) => !model.fields[column]?.hasDefault && !model.fields[column]?.nullable;

/** What is shown where a row on the way is missing: the default, else null (SER-12). */
function fallback(builder: ReadBuilder, { options }: Field): string {
  return options.default === undefined || typeof options.default === 'function' ? 'null' : builder.bind(options.default);
}

function compileRender(code: string, constants: Constants): (row: RawRow, context: RenderContext) => Record<string, unknown> {
  return new Function(...constants.names, `return function render(r, c) { return ${code}; }`)(...constants.values) as never;
}

function emitField(builder: ReadBuilder, field: Field, source: string, environment: CompileEnvironment) {
  if (field instanceof ReadingField) return field.emit(builder, source, environment);
  const { builder: at, last, absent } = follow(builder, source);
  const value = at.model ? at.column(last) : access(at.row, last);
  // The identity costs no call for a row.
  if (isIdentity(field)) return { expression: value, absent };
  return { expression: `(${value} == null ? null : ${builder.bind(field)}.toRepresentation(${value}))`, absent };
}

let identity: unknown;
function isIdentity(field: Field): boolean {
  identity ??= Object.getPrototypeOf(ReadingField.prototype).toRepresentation;
  return field.toRepresentation === identity;
}

function fieldsOf(serializer: Serializer): [string, Field][] {
  return Object.entries(serializer).filter((entry): entry is [string, Field] => isField(entry[1]));
}

export const isField = (value: unknown): value is Field =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Field).toInternalValue === 'function' &&
  typeof (value as Field).describe === 'function';

function bindField(serializer: Serializer, name: string, field: Field, { settings }: CompileEnvironment, inSet: ReadonlySet<string>): BoundField {
  const hook = (serializer as unknown as Record<string, unknown>)[`validate${name[0]?.toUpperCase()}${name.slice(1)}`];
  const source = field.options.source ?? name;
  return {
    name,
    wire: field instanceof HyperlinkedIdentityField && name === 'url' ? settings.urlFieldName : settings.naming(name),
    field,
    source,
    requiredForSet: inSet.has(source) && field.options.default === undefined && !field.options.readOnly,
    ...(typeof hook === 'function' && { hook: hook.bind(serializer) as BoundField['hook'] }),
  };
}
