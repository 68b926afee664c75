import { type Field, type FieldDescription, type FieldOf } from '../fields/field.js';
import { pythonString, pythonType } from '../fields/text/python.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { follow, type Emission } from '../fields/reading-field.js';
import type { KeyOf, Model } from '../models/model.js';
import { readKey } from '../models/key.js';
import type { CompileEnvironment } from '../serializers/compile-environment.js';
import { RelatedField, type RelatedOptions } from './related-field.js';

/** A relation as the primary key of its row (REL-2). The row itself is not fetched. */
export class PrimaryKeyRelatedField extends RelatedField {
  constructor(options: RelatedOptions = {}) {
    super(options, {
      does_not_exist: 'Invalid pk "{pk_value}" - object does not exist.',
      incorrect_type: 'Incorrect type. Expected pk value, received {data_type}.',
      malformed: '“{value}” is not a valid UUID.',
    });
  }

  override emit(builder: ReadBuilder, source: string, environment: CompileEnvironment): Emission {
    const { builder: at, last, absent } = follow(builder, source);
    this.modelAt(at.model, last, builder.owner);
    const [foreignKey] = at.model?.relations[last]?.from ?? [];
    return this.many || !foreignKey ? super.emit(builder, source, environment) : { expression: at.column(foreignKey), absent };
  }

  emitOne(row: ReadBuilder): string {
    return row.column(this.lookupField(row.model ?? (this.options.model as Model)));
  }

  lookupField(model: Model): string {
    return model.primaryKey[0] as string;
  }

  read(value: unknown, model: Model): unknown {
    if (value === null) this.missing(value);
    const column = model.fields[this.lookupField(model)]!;
    const key = readKey(column, value);
    if (key.kind === 'malformed' && column.nativeType?.[0] === 'Uuid') this.fail('malformed', { value });
    if (key.kind === 'wrong type' || key.kind === 'malformed') this.fail('incorrect_type', { data_type: pythonType(value) });
    if (key.kind === 'none') this.missing(value);
    return key.value;
  }

  missing(value: unknown): never {
    this.fail('does_not_exist', { pk_value: pythonString(value) });
  }

  describe(): FieldDescription {
    return { type: 'field', schema: {} };
  }
}

type Shape<M extends Model, O> = O extends { many: true } ? KeyOf<M>[] : KeyOf<M>;

/**
 * @example
 * author = primaryKeyRelated(models.author);
 */
export function primaryKeyRelated<M extends Model, const O extends RelatedOptions<M> = {}>(
  model: M,
  options?: O,
): FieldOf<Shape<M, O>, Shape<M, O>, O> {
  return new PrimaryKeyRelatedField({ ...options, model }) as Field as FieldOf<Shape<M, O>, Shape<M, O>, O>;
}
