import type { Field, FieldContext, FieldDescription } from '../fields/field.js';
import type { FieldSettings } from '../fields/field-settings.js';
import { pythonString, pythonType } from '../fields/text/python.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { KeyOf, Model } from '../models/model.js';
import { readKey } from '../models/key.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';
import { RelatedField, type Known, type Many, type RelatedFieldOf, type RelatedOptions } from './related-field.js';

export interface PrimaryKeyOptions<M extends Model = Model> extends RelatedOptions<M> {
  /** Reads and shows the key otherwise than as it is: `uuid({ format: 'hex' })`. */
  readonly pkField?: Field;
}

/** A relation as the primary key of its row (REL-2). The row itself is not fetched where this side holds the key. */
export class PrimaryKeyRelatedField extends RelatedField {
  declare readonly options: PrimaryKeyOptions;

  constructor(options: PrimaryKeyOptions = {}) {
    super(options, {
      does_not_exist: 'Invalid pk "{pk_value}" - object does not exist.',
      incorrect_type: 'Incorrect type. Expected pk value, received {data_type}.',
      malformed: '“{value}” is not a valid UUID.',
    });
  }

  override useSettings(settings: FieldSettings): void {
    super.useSettings(settings);
    this.options.pkField?.useSettings(settings);
  }

  protected override emitRelated(at: ReadBuilder, name: string, environment: CompileEnvironment): string {
    const relation = at.model?.relations[name];
    const holdsKey = relation && !relation.many && relation.from.length === 1 && relation.to[0] === relation.model().primaryKey[0];
    return holdsKey ? this.#shown(at, at.column(relation.from[0]!)) : super.emitRelated(at, name, environment);
  }

  override emitOne(row: ReadBuilder): string {
    const model = row.model ?? (this.options.model as Model);
    if (model.primaryKey.length > 1)
      throw new ConfigurationError(
        `${row.owner}: the key of ${model.name} has several columns (${model.primaryKey.join(', ')}), which no single value can be. Nest a serializer.`,
      );
    return this.#shown(row, row.column(this.lookupField(model)));
  }

  override read(value: unknown, model: Model, context: FieldContext): unknown {
    if (value === null) this.missing(value);
    const { pkField } = this.options;
    const sent: unknown = pkField ? pkField.toInternalValue(value, context) : value;
    const column = this.lookupColumn(model);
    const key = readKey(column, sent);
    if (key.kind === 'malformed' && column.nativeType?.[0] === 'Uuid') this.fail('malformed', { value: sent });
    if (key.kind === 'wrong type' || key.kind === 'malformed') this.fail('incorrect_type', { data_type: pythonType(sent) });
    if (key.kind === 'none') this.missing(sent);
    return key.value;
  }

  override missing(value: unknown): never {
    this.fail('does_not_exist', { pk_value: pythonString(value) });
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: this.options.pkField?.describe().schema ?? {} };
  }

  /** The expression of a key. */
  #shown(row: ReadBuilder, key: string): string {
    const { pkField } = this.options;
    return pkField ? `(${key} == null ? null : ${row.bind(pkField)}.toRepresentation(${key}))` : key;
  }
}

/**
 * @example
 * author = primaryKeyRelated(models.author);
 */
export function primaryKeyRelated<M extends Model, const O extends PrimaryKeyOptions<M> = {}>(
  model: M,
  options?: O & Known<O, PrimaryKeyOptions>,
): RelatedFieldOf<Many<KeyOf<M>, O>, Many<KeyOf<M>, O>, O> {
  return new PrimaryKeyRelatedField({ ...(options as O), model }) as Field as never;
}
