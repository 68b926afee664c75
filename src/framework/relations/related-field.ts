import { ConfigurationError } from '../exceptions/configuration-error.js';
import { EMPTY, type FieldContext, type FieldDescription, type FieldOf, type FieldOptions } from '../fields/field.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from '../fields/field-settings.js';
import { access, type ReadBuilder } from '../fields/read-builder.js';
import { ReadingField, type Emission } from '../fields/reading-field.js';
import { elementsOf, pythonString, pythonType } from '../fields/text/python.js';
import { readKey } from '../models/key.js';
import type { Model, ScalarField } from '../models/model.js';
import { RawNumber } from '../parsers/raw-number.js';
import type { Where } from '../plan/where.js';
import { pathToCompare } from '../prisma/lookups/column-to-compare.js';
import { instanceReader } from '../plan/instance-reader.js';
import type { LookupMatch } from '../plan/lookup.js';
import type { FormValues } from '../requests/form-values.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';
import { checkWritable, relatedModel } from './check-relation.js';

export interface RelatedOptions<M extends Model = Model> extends FieldOptions {
  /** The model of the related rows: asked for by a serializer that has no model of its own. */
  readonly model?: Model;
  /** A list of rows (REL-6). */
  readonly many?: boolean;
  /** Whether a many relation's input may be empty. Default: true. */
  readonly allowEmpty?: boolean;
  /** The least number of rows that input of a many relation names. */
  readonly minLength?: number;
  /** The greatest number. Default: 1,000. */
  readonly maxLength?: number;
  /** The rows that a client may choose from, or a function of the request that says which; every row where it is left out. */
  readonly queryset?: Where<M> | ((request: RestRequest) => Where<M>);
  /** How many rows a form or a document offers. Default: the setting `htmlSelectCutoff`. */
  readonly htmlCutoff?: number;
  /** What it says where there are more. Default: the setting `htmlSelectCutoffText`. */
  readonly htmlCutoffText?: string;
}

const MAX_LENGTH = 1_000;

/**
 * A field that stands for a related row, or for many (REL-0). Its value in validated data is the row's primary key, or a list of them.
 *
 * For a field of your own (REL-8) override `reads` and `toRepresentation` for how a row is shown; `lookupField` for the field by which input names a
 * row, and `read` where what is sent is not that field's value itself. A field of another row (`source: 'author.publisher'`), or of rows behind a model
 * between the two (`source: 'items.book'`), is read-only.
 *
 * @example
 * class ShelfMarkField extends RelatedField<string, number> {
 *   override readonly reads = ['isbn', 'title'];
 *   override toRepresentation({ isbn, title }: Book) {
 *     return `${isbn} ${title}`;
 *   }
 *   override lookupField() {
 *     return 'isbn';
 *   }
 *   override read(value: unknown, model: Model, context: FieldContext) {
 *     return super.read(typeof value === 'string' ? value.split(' ', 1)[0] : value, model, context);
 *   }
 * }
 */
export abstract class RelatedField<Out = any, In = any, Optional extends boolean = boolean> extends ReadingField<Out, In, Optional> {
  declare readonly options: RelatedOptions;
  /** The fields of the related row that `toRepresentation` is given. */
  readonly reads: readonly string[] = [];
  #environment?: CompileEnvironment;
  #settings: FieldSettings = DEFAULT_FIELD_SETTINGS;

  constructor(options: RelatedOptions = {}, messages: Readonly<Record<string, string>> = {}) {
    super(ofAnotherRow(options) ? { ...options, readOnly: true } : options, {
      not_a_list: 'Expected a list of items but got type "{input_type}".',
      empty: 'This list may not be empty.',
      min_length: 'Ensure this field has at least {min_length} elements.',
      max_length: 'Ensure this field has no more than {max_length} elements.',
      does_not_exist: 'Object with {slug_name}={value} does not exist.',
      invalid: 'Invalid value.',
      ...messages,
    });
  }

  get many(): boolean {
    return this.options.many ?? false;
  }

  override useSettings(settings: FieldSettings): void {
    this.#settings = settings;
  }

  get settings(): FieldSettings {
    return this.#settings;
  }

  /** What is there at boot: names on the wire, addresses. */
  protected get environment(): CompileEnvironment {
    if (!this.#environment) throw new ConfigurationError(`${this.constructor.name} belongs to no serializer that was compiled.`);
    return this.#environment;
  }

  /** The expression that shows the row of a builder. Override it for code that calls nothing for each row, as the ready fields do. */
  emitOne(row: ReadBuilder, _environment: CompileEnvironment): string {
    if (this.toRepresentation === RelatedField.prototype.toRepresentation)
      throw new ConfigurationError(`${row.owner}: ${this.constructor.name} does not say how a row is shown; override reads and toRepresentation.`);
    for (const name of this.reads) row.column(name);
    const convert = row.model && instanceReader(row.model, this.reads);
    return `${row.bind(this)}.toRepresentation(${convert ? `${row.bind(convert)}(${row.row})` : row.row})`;
  }

  /** What is shown of a row, of which `reads` are there. */
  override toRepresentation(row: never): unknown {
    return row;
  }

  /** The expression of a to-one relation of a builder's row. */
  protected emitRelated(at: ReadBuilder, name: string, environment: CompileEnvironment): string {
    const row = at.one(name);
    return `(${row.row} == null ? null : ${this.emitOne(row, environment)})`;
  }

  /** The field of the related model that input holds, or a field of a row that it leads to: `author__name`. Default: the primary key. */
  lookupField(model: Model): string {
    return model.primaryKey[0] as string;
  }

  /**
   * The rows that a client may choose from; undefined for every row. Asked once for each request.
   * @throws ConfigurationError where the option is a function, and there is no request or nothing is answered: no condition would be every row.
   */
  getQueryset(request: RestRequest | undefined): Where | undefined {
    const { queryset } = this.options;
    if (typeof queryset !== 'function') return queryset;
    const { name } = this.constructor;
    if (!request) throw new ConfigurationError(`${name}: queryset is a function of the request, and there is none; give one in the context.`);
    const where = queryset(request);
    if (!where) throw new ConfigurationError(`${name}: queryset answers ${String(where)}; return a condition, {} for every row.`);
    return where;
  }

  /** The column at the end of `lookupField`. @throws ConfigurationError where there is none that can be compared. */
  lookupColumn(model: Model): ScalarField {
    return pathToCompare(model, this.lookupField(model)).column;
  }

  /**
   * One submitted value, as it is looked up. It may be null in a list, and any JSON value.
   * @throws ValidationError where it cannot name a row.
   */
  read(value: unknown, model: Model, _context: FieldContext): unknown {
    if (value === null) this.missing(value, model);
    if ((typeof value === 'object' && !(value instanceof RawNumber)) || value === undefined) this.fail('invalid');
    const key = readKey(this.lookupColumn(model), typeof value === 'boolean' ? pythonString(value) : value);
    if (key.kind === 'malformed' || key.kind === 'wrong type') this.fail('invalid');
    if (key.kind === 'none') this.missing(value, model);
    return key.value;
  }

  /** Throws the message of a value that no row has. */
  missing(value: unknown, model: Model): never {
    const name = this.lookupField(model).split('__').map(this.environment.settings.naming).join('__');
    this.fail('does_not_exist', { slug_name: name, value: pythonString(value) });
  }

  /** Makes of a match what validated data holds. @throws ValidationError where two rows have the value. */
  settle({ key, rows }: LookupMatch, value: unknown): unknown {
    if (rows > 1) this.fail('invalid', { value });
    return key;
  }

  /**
   * The model of the related rows: the relation's, or the one that the field names.
   * @throws ConfigurationError where the serializer's model has no such relation, or it leads to another model.
   */
  modelAt(model: Model | null, source: string, owner = this.constructor.name): Model {
    return relatedModel(this, model, source, owner);
  }

  override emit(builder: ReadBuilder, source: string, environment: CompileEnvironment): Emission {
    this.#environment = environment;
    const related = this.modelAt(builder.model, source, builder.owner);
    if (!this.options.readOnly) checkWritable(this, builder.model, source, related, builder.owner);
    const path = source.split('.');
    const missing: string[] = [];
    let at = builder;
    while (path.length > 1 && !at.model?.relations[path[0]!]?.many) {
      at = at.one(path.shift()!);
      missing.push(`${at.row} == null`);
    }
    const [name, ...beyond] = path as [string, ...string[]];
    // A row has all that is read of it; a plain object may lack the property.
    if (!at.model) missing.push(`${access(at.row, name)} === undefined`);
    // Behind rows of a model between the two, each of which leads to one.
    const item = (row: ReadBuilder) => (beyond.length === 0 ? this.emitOne(row, environment) : this.#emitBehind(row, beyond, environment));
    const expression = this.many ? at.many(name, item) : this.emitRelated(at, name, environment);
    return missing.length > 0 ? { expression, absent: missing.join(' || ') } : { expression };
  }

  #emitBehind(row: ReadBuilder, path: readonly string[], environment: CompileEnvironment): string {
    const last = path.at(-1) as string;
    for (const name of path.slice(0, -1)) row = row.one(name);
    return this.emitRelated(row, last, environment);
  }

  /**
   * The submitted elements of a many relation.
   * @throws ValidationError where there is no list, or not as many as there may be.
   */
  elements(value: unknown): readonly unknown[] {
    const list = elementsOf(value) ?? this.fail('not_a_list', { input_type: pythonType(value) });
    const { allowEmpty, minLength, maxLength = MAX_LENGTH } = this.options;
    if (list.length === 0 && allowEmpty === false) this.fail('empty');
    if (minLength !== undefined && list.length < minLength) this.fail('min_length', { min_length: minLength });
    if (list.length > maxLength) this.fail('max_length', { max_length: maxLength });
    return list;
  }

  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    if (!this.many) return super.getFormValue(form, name, partial);
    if (form.has(name)) return form.getAll(name);
    return partial ? EMPTY : [];
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: {} };
  }
}

const ofAnotherRow = ({ source, readOnly, writeOnly }: RelatedOptions) => source?.includes('.') && readOnly === undefined && !writeOnly;

/** The type of a relation's field by its options: read-only where its source leads to another row. */
export type RelatedFieldOf<Out, In, O> = O extends { readonly source: `${string}.${string}` }
  ? O extends { readonly readOnly: false } | { readonly writeOnly: true }
    ? FieldOf<Out, In, O>
    : FieldOf<Out, never, O & { readonly readOnly: true }>
  : FieldOf<Out, In, O>;
/** Refuses options under names that there are none of, which inference would let through. */
export type Known<O, Options> = { readonly [K in Exclude<keyof O, keyof Options>]: never };
/** One value or a list of them. */
export type Many<T, O> = O extends { readonly many: true } ? T[] : T;
