import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field } from '../../fields/field.js';
import { Constants, ReadBuilder } from '../../fields/read-builder.js';
import { ReadingField } from '../../fields/reading-field.js';
import type { Model } from '../../models/model.js';
import type { RawRow, ReadTree } from '../../plan/read-plan.js';
import { HyperlinkedIdentityField } from '../../relations/hyperlinked-identity-field.js';
import { validatorFunctions } from '../../validators/field-validator.js';
import type { PlacedField, PlacedLookup, ValidatorPlace } from '../../validators/lookup-validator.js';
import { validation, type Validation } from '../../validators/validation.js';
import type { CompileEnvironment, RenderContext } from './compile-environment.js';
import { DecoratedFields, type FieldDecorators } from './decorated-fields.js';
import { emitFields } from './emit-fields.js';
import { FieldReader } from '../input/field-reader.js';
import { InputBatch } from '../input/input-batch.js';
import { currentTreeOf } from '../input/current-tree.js';
import { NestedField } from '../nested-field.js';
import { NestedWrite } from '../writes/nested-write.js';
import { toInstance } from '../../plan/rows.js';
import { readFields } from '../input/parse-object.js';
import { fieldLookups, wholeLookups } from './placed-lookups.js';
import { placeValues, type PlaceValues } from '../input/place-values.js';
import { printFields } from './print-fields.js';
import { MODEL_OPTIONS, type ModelSerializerClass } from '../model-serializer.js';
import type { ModelSerializerOptions } from '../model/model-serializer-options.js';
import { Serializer, useCore } from '../serializer.js';
import { takesPart } from './unique-sets.js';

/** A field in its place: its names, what decorators say of it, and its hook on the serializer. */
export interface BoundField extends PlacedField, FieldDecorators {
  readonly field: Field;
  readonly hook?: FieldHook;
  /** Asks for a value on create, whatever the field says: it is part of a unique set (SER-27). */
  readonly requiredForSet: boolean;
  /** What is asked of the database about its value. */
  readonly lookups: readonly PlacedLookup[];
  /** What becomes of a nested serializer's input, where it is of related rows. */
  readonly write?: NestedWrite;
}

type FieldHook = (value: unknown, context: object) => unknown;
type Render = (row: RawRow, context: RenderContext) => Record<string, unknown>;

/** A serializer made ready at boot: what it reads, the code that shows a row, and its fields for reading input. */
export class CompiledSerializer {
  readonly fields: readonly BoundField[];
  readonly writable: readonly BoundField[];
  /** How each of the writable fields is read, in the same order. */
  readonly readers: readonly FieldReader[];
  readonly placeValues: PlaceValues;
  /** The hooks of fields, by the field's place among the writable ones. */
  readonly hooks: readonly { readonly at: number; readonly hook: FieldHook; readonly hookName: string }[];
  /** Read-only fields that have a default: validators of the whole see it. */
  readonly readOnlyDefaults: readonly BoundField[];
  /** What is asked of the database about the whole. */
  readonly lookups: readonly PlacedLookup[];
  /** Asks the serializer's validators; undefined where it has none. */
  readonly validation: Validation | undefined;
  /** Whether the serializer has a `toInternalValue` of its own. */
  readonly readsByHand: boolean;
  /** Whether validated data is there as soon as the database has answered: no hook is to be waited for. */
  readonly finishesAtOnce: boolean;
  /** What is read of a row of the model; undefined without a model. */
  readonly tree: ReadTree | undefined;
  /** The rows beneath one that is changed, which input may name; undefined where it can name none. */
  readonly currentTree: ReadTree | undefined;
  /** Shows a row by the fields, whether the serializer has a `toRepresentation` of its own or not. */
  readonly #renderFields: Render;
  readonly #render: Render;
  readonly #overs = new Map<Model, RowReading | ConfigurationError>();

  constructor(
    readonly serializer: Serializer,
    readonly model: Model | null,
    readonly environment: CompileEnvironment,
  ) {
    const decorated = DecoratedFields.of(serializer);
    const fields = Object.entries(decorated.fields);
    for (const [, field] of fields) field.useSettings(environment.settings);
    const named = fields.map(([name, field]) => nameField(name, field, decorated, environment));
    const place = { owner: this.name, model, fields: named.filter((_names, at) => takesPart(fields[at]![1])) };
    const { uniqueTogether = true } = optionsOf(serializer);
    this.lookups = wholeLookups(place, serializer.validators, fields, uniqueTogether);
    const validators = validatorFunctions(serializer.validators, environment.validator);
    this.validation = validators.length > 0 ? validation(validators) : undefined;
    const inSet = new Set(this.lookups.flatMap(({ required }) => required));
    this.fields = fields.map(([, field], at) => bindField(serializer, named[at]!, field, place, environment, inSet, decorated));
    this.readOnlyDefaults = this.fields.filter(({ field: { options } }) => options.readOnly && options.default !== undefined);
    this.#check();
    const constants = new Constants();
    const builder = new ReadBuilder(model, 'r', constants, this.name);
    this.#renderFields = compileRender(emitFields(this, builder), constants);
    this.tree = model ? builder.tree() : undefined;
    this.#readUnshown();
    this.fields = this.fields.map((bound) => this.#withWrite(bound));
    this.writable = this.fields.filter(({ field }) => !field.options.readOnly);
    this.currentTree = currentTreeOf(this);
    this.#render = this.showsByHand ? (row, context) => this.#showByHand(row, context) : this.#renderFields;
    this.readers = this.writable.map((bound, at) => new FieldReader(bound, at, model));
    this.placeValues = placeValues(this.writable);
    this.hooks = this.writable.flatMap(({ name, hook }, at) => (hook ? [{ at, hook, hookName: hookName(name) }] : []));
    this.readsByHand = serializer.toInternalValue !== Serializer.prototype.toInternalValue;
    this.finishesAtOnce =
      !this.readsByHand &&
      this.hooks.length === 0 &&
      serializer.validate === Serializer.prototype.validate &&
      !this.validation &&
      this.writable.every(
        ({ field, constraints }) => !constraints && !field.complete && (!(field instanceof NestedField) || field.compiled.finishesAtOnce),
      );
    useCore(serializer, {
      read: (data, context) => readFields(this, data, context, InputBatch.of(context)),
      show: (instance, context) => this.#renderFields(instance as RawRow, context),
      print: () => printFields(this),
    });
  }

  get name(): string {
    return this.serializer.constructor.name;
  }

  /** What a column is called on the wire: by the field that shows it, else by its own name. */
  wireOf(column: string): string {
    return this.fields.find(({ source }) => source === column)?.wire ?? this.environment.settings.naming(column);
  }

  /** Whether the serializer has a `toRepresentation` of its own. */
  get showsByHand(): boolean {
    return this.serializer.toRepresentation !== Serializer.prototype.toRepresentation;
  }

  /** Refuses at boot what no request could make good. */
  #check(): void {
    const wires = new Map<string, string>();
    for (const { name, wire } of this.fields) {
      const other = wires.get(wire);
      if (other !== undefined) throw new ConfigurationError(`${this.name}: ${other} and ${name} are both ${wire} on the wire; rename one of them.`);
      wires.set(wire, name);
    }
    for (const { name, source, field } of this.fields) {
      if (this.model && !field.options.readOnly && source.includes('.')) {
        throw new ConfigurationError(
          `${this.name}.${name}: source is ${source}, of another row, which a write does not reach. Set readOnly: true, or nest a serializer.`,
        );
      }
    }
  }

  /** A field that is never shown learns here what it reads input with. */
  #readUnshown(): void {
    for (const { source, field } of this.fields) {
      if (field.options.writeOnly && field instanceof ReadingField)
        field.emit(new ReadBuilder(this.model, 'r', new Constants(), this.name), source, this.environment);
    }
  }

  #withWrite(bound: BoundField): BoundField {
    const { field, source } = bound;
    if (!(field instanceof NestedField) || field.options.readOnly || !this.model) return bound;
    if (source !== '*') return { ...bound, write: new NestedWrite(this, bound, field) };
    const inner = field.compiled.fields.find((one) => one.field instanceof NestedField && !one.field.options.readOnly && !one.write);
    if (!inner || field.compiled.model) return bound;
    throw new ConfigurationError(
      `${field.compiled.name}.${inner.name}: it writes rows of ${this.model.name}'s. Derive ${field.compiled.name} from ModelSerializer(models.${this.model.delegate}, …).`,
    );
  }

  /** The JSON value of a row that was read by this serializer's tree, or of a plain object. */
  render(row: RawRow, context: RenderContext): Record<string, unknown> {
    return this.#render(row, context);
  }

  /**
   * What is read of a model's rows, and shows them. A serializer without a model reads the columns and relations that its fields name.
   * @throws ConfigurationError where the model lacks one of them.
   */
  over(model: Model): RowReading {
    if (this.tree) return { tree: this.tree, render: this.#render };
    const reading = this.#over(model);
    if (reading instanceof ConfigurationError) throw reading;
    return reading;
  }

  /** Whether the fields are those of a model's rows. */
  fits(model: Model): boolean {
    return this.tree ? this.tree.model === model : !(this.#over(model) instanceof ConfigurationError);
  }

  #over(model: Model): RowReading | ConfigurationError {
    let reading = this.#overs.get(model);
    if (!reading) this.#overs.set(model, (reading = this.#read(model)));
    return reading;
  }

  #read(model: Model): RowReading | ConfigurationError {
    const constants = new Constants();
    const builder = new ReadBuilder(model, 'r', constants, this.name);
    try {
      const shown = compileRender(emitFields(this, builder), constants);
      const render: Render = this.showsByHand ? (row, context) => this.serializer.toRepresentation(toInstance(model, row), context) : shown;
      return { tree: builder.tree(), render };
    } catch (error) {
      if (error instanceof ConfigurationError) return error;
      throw error;
    }
  }

  /** The code that shows the row of a builder: for this serializer, or for one that nests it. */
  emitObject(builder: ReadBuilder): string {
    const fields = emitFields(this, builder);
    return this.showsByHand ? `${builder.bind(this.#render)}(${builder.row}, c)` : fields;
  }

  #showByHand(row: RawRow, context: RenderContext): Record<string, unknown> {
    return this.serializer.toRepresentation(this.model ? toInstance(this.model, row) : row, context);
  }
}

/** What is read of a row, and the code that shows it. */
export interface RowReading {
  readonly tree: ReadTree;
  readonly render: Render;
}

function compileRender(code: string, constants: Constants): Render {
  return new Function(...constants.names, `return function render(r, c) { return ${code}; }`)(...constants.values) as Render;
}

const hookName = (name: string) => `validate${name[0]?.toUpperCase()}${name.slice(1)}`;

const optionsOf = (serializer: Serializer): Partial<ModelSerializerOptions> =>
  (serializer.constructor as Partial<ModelSerializerClass>)[MODEL_OPTIONS] ?? {};

function nameField(name: string, field: Field, decorated: DecoratedFields, { settings }: CompileEnvironment): PlacedField {
  const named = field instanceof HyperlinkedIdentityField && name === 'url' ? settings.urlFieldName : settings.naming(name);
  const wire = decorated.wireOf(name) ?? named;
  return { name, wire, source: field.options.source ?? name };
}

function bindField(
  serializer: Serializer,
  names: PlacedField,
  field: Field,
  place: ValidatorPlace,
  { validator, constraint }: CompileEnvironment,
  inSet: ReadonlySet<string>,
  decorated: DecoratedFields,
): BoundField {
  const hook = (serializer as unknown as Record<string, unknown>)[hookName(names.name)];
  field.useValidators(validator);
  return {
    ...names,
    ...decorated.decoratorsOf(names.name, constraint),
    field,
    requiredForSet: inSet.has(names.name) && field.options.default === undefined && !field.options.readOnly,
    lookups: fieldLookups(place, names, field),
    ...(typeof hook === 'function' && { hook: hook.bind(serializer) as FieldHook }),
  };
}
