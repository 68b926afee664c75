import { EMPTY, type FieldOptions } from '../fields/field.js';
import { elementsOf, pythonType } from '../fields/text/python.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FormValues } from '../requests/form-values.js';
import type { Model } from '../models/model.js';
import type { Where } from '../plan/where.js';
import type { LookupMatch } from '../prisma/lookup.js';
import type { CompileEnvironment } from '../serializers/compile-environment.js';

export interface RelatedOptions<M extends Model = Model> extends FieldOptions {
  /** The model of the related rows: asked for by a serializer that has no model of its own. */
  readonly model?: Model;
  /** A list of rows (REL-6). */
  readonly many?: boolean;
  /** Whether a many relation's input may be empty. Default: true. */
  readonly allowEmpty?: boolean;
  /** The rows that a client may choose from; every row where it is left out. */
  readonly queryset?: Where<M>;
}

/**
 * A field that stands for a related row, or for many (REL-0). Its value in validated data is the row's primary key, or a list of them.
 * Override `emitOne` for how a row is shown, `read` and `settle` for how it is named in input.
 */
export abstract class RelatedField extends ReadingField {
  declare readonly options: RelatedOptions;

  constructor(options: RelatedOptions, messages: Readonly<Record<string, string>> = {}) {
    super(options, { not_a_list: 'Expected a list of items but got type "{input_type}".', empty: 'This list may not be empty.', ...messages });
  }

  get many(): boolean {
    return this.options.many ?? false;
  }

  /** The expression that shows the row of a builder. */
  abstract emitOne(row: ReadBuilder, environment: CompileEnvironment): string;

  /** The field of the related model that input holds. */
  abstract lookupField(model: Model): string;

  /**
   * One submitted value, as it is looked up.
   * @throws ValidationError where it cannot name a row.
   */
  abstract read(value: unknown, model: Model): unknown;

  /** The message for a value that was looked up and not found. */
  abstract missing(value: unknown, model: Model): never;

  /** Makes of a match what validated data holds. */
  settle(match: LookupMatch, _value: unknown): unknown {
    return match.key;
  }

  /**
   * The model of the related rows: the relation's, or the one that the field names.
   * @throws ConfigurationError where the serializer's model has no such relation, or it leads to another model.
   */
  modelAt(model: Model | null, source: string, owner = this.constructor.name): Model {
    const named = this.options.model;
    if (!model) {
      if (named) return named;
      throw new ConfigurationError(
        `${owner}: the serializer has no model that ${source} is a relation of; name the related one: new ${this.constructor.name}({ model }).`,
      );
    }
    const relation = Object.hasOwn(model.relations, source) ? model.relations[source] : undefined;
    if (!relation)
      throw new ConfigurationError(`${owner}: ${model.name} has no relation ${source}. It has ${Object.keys(model.relations).join(', ') || 'none'}.`);
    const related = relation.model();
    if (named && named.name !== related.name)
      throw new ConfigurationError(
        `${owner}: ${model.name}.${source} leads to ${related.name}, and the field names ${named.name}. Name models.${related.delegate}.`,
      );
    return related;
  }

  override emit(builder: ReadBuilder, source: string, environment: CompileEnvironment): Emission {
    const { builder: at, last, absent } = follow(builder, source);
    this.modelAt(at.model, last, builder.owner);
    if (this.many) return { expression: at.many(last, (row) => this.emitOne(row, environment)), absent };
    const row = at.one(last);
    return { expression: `(${row.row} == null ? null : ${this.emitOne(row, environment)})`, absent };
  }

  /**
   * The submitted elements of a many relation.
   * @throws ValidationError where there is no list, or an empty one is not allowed.
   */
  elements(value: unknown): readonly unknown[] {
    const list = elementsOf(value) ?? this.fail('not_a_list', { input_type: pythonType(value) });
    if (list.length === 0 && this.options.allowEmpty === false) this.fail('empty');
    return list;
  }

  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    if (!this.many) return super.getFormValue(form, name, partial);
    if (form.has(name)) return form.getAll(name);
    return partial ? EMPTY : [];
  }
}
