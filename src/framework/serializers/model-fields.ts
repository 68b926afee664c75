import { ConfigurationError } from '../exceptions/configuration-error.js';
import { BigIntegerField } from '../fields/big-integer-field.js';
import { BooleanField } from '../fields/boolean-field.js';
import { CharField } from '../fields/char-field.js';
import { ChoiceField } from '../fields/choice-field.js';
import { DateField } from '../fields/date-field.js';
import { DateTimeField } from '../fields/date-time-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import { EmailField } from '../fields/email-field.js';
import type { Field, FieldOptions } from '../fields/field.js';
import { FloatField } from '../fields/float-field.js';
import { IntegerField } from '../fields/integer-field.js';
import { JSONField } from '../fields/json-field.js';
import { SlugField } from '../fields/slug-field.js';
import { TimeField } from '../fields/time-field.js';
import { URLField } from '../fields/url-field.js';
import { UUIDField } from '../fields/uuid-field.js';
import type { Model, ScalarField } from '../models/model.js';
import { PrimaryKeyRelatedField } from '../relations/primary-key-related-field.js';
import type { RelatedOptions } from '../relations/related-field.js';
import { pattern } from '../validators/pattern.js';

/** The field of a model's column or relation (SER-21), with the options that the model says (SER-22). */
export function fieldOfModel(model: Model, name: string, extra: FieldOptions): Field {
  const column = model.fields[name];
  if (!column) return new PrimaryKeyRelatedField(relationOptions(model, name, extra));
  const options = columnOptions(column, extra);
  if (column.list || column.type === 'Bytes') {
    throw new ConfigurationError(
      `ModelSerializer(${model.name}): ${name} is of a type that no field is made of yet (${column.type}${column.list ? '[]' : ''}); declare a field of your own.`,
    );
  }
  return FIELDS[column.type](column, options);
}

type Made = FieldOptions & { readonly readOnly?: boolean };

const FIELDS: Readonly<Record<Exclude<ScalarField['type'], 'Bytes'>, (column: ScalarField, options: Made) => Field>> = {
  String: textField,
  Boolean: (_column, options) => new BooleanField(options),
  Int: (column, options) => new IntegerField({ ...integerBounds(column), ...options }),
  BigInt: (_column, options) => new BigIntegerField(options),
  Float: (column, options) => new FloatField({ ...bounds(column), ...options }),
  Decimal: decimalField,
  DateTime: (column, options) =>
    column.nativeType?.[0] === 'Date'
      ? new DateField(options)
      : column.nativeType?.[0]?.startsWith('Time') && !column.nativeType[0].startsWith('Timestamp')
        ? new TimeField(options)
        : new DateTimeField(options),
  Json: (_column, options) => new JSONField(options),
  Enum: (column, options) => new ChoiceField({ choices: (column.choices ?? []).map(({ value, label }) => [value, label] as const), ...options }),
};

function columnOptions(column: ScalarField, extra: FieldOptions): Made {
  const { annotations } = column;
  const readOnly = extra.readOnly ?? (column.generated || annotations.readOnly === true);
  return {
    ...(readOnly ? { readOnly: true } : { required: !column.hasDefault && !column.nullable && !annotations.blank }),
    ...(column.nullable && { allowNull: true }),
    ...(annotations.label && { label: annotations.label }),
    ...(annotations.help && { helpText: annotations.help }),
    ...(annotations.regex && { validators: [pattern(new RegExp(annotations.regex[0], 'u'), annotations.regex[1] ?? 'Enter a valid value.')] }),
    ...extra,
  };
}

function textField(column: ScalarField, options: Made): Field {
  const { annotations, nativeType } = column;
  if (nativeType?.[0] === 'Uuid') return new UUIDField(options);
  const maxLength = nativeType && /^(?:VarChar|Char)$/.test(nativeType[0]) ? Number(nativeType[1] ?? 1) : undefined;
  const text = {
    ...(maxLength !== undefined && { maxLength }),
    ...(annotations.minLength !== undefined && { minLength: annotations.minLength }),
    ...(annotations.blank && { allowBlank: true }),
    ...options,
  };
  if (annotations.email) return new EmailField(text);
  if (annotations.url) return new URLField(text);
  if (annotations.slug) return new SlugField(text);
  return new CharField(text);
}

function decimalField(column: ScalarField, options: Made): Field {
  const [, digits = '65', places = '30'] = column.nativeType ?? [];
  return new DecimalField({ maxDigits: Number(digits), decimalPlaces: Number(places), ...bounds(column), ...options });
}

const bounds = ({ annotations: { min, max } }: ScalarField) => ({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) });

/** No integer beyond the column's range reaches the database. */
function integerBounds(column: ScalarField) {
  const bits = column.nativeType?.[0] === 'SmallInt' ? 15 : 31;
  return { min: column.annotations.min ?? -(2 ** bits), max: column.annotations.max ?? 2 ** bits - 1 };
}

/** The options that a model gives the field of a relation: a list may be empty, a key is asked for unless it may be null. */
export function relationOptions(model: Model, name: string, extra: FieldOptions): RelatedOptions {
  const relation = model.relations[name];
  if (!relation) throw new ConfigurationError(`ModelSerializer(${model.name}): there is no relation ${name}.`);
  const { annotations } = relation;
  const written = !extra.readOnly;
  // Rows that hold the key of this one are not this one's to write.
  if (written && !relation.from.length && !relation.join) return { many: relation.many, readOnly: true, ...extra };
  return {
    ...(relation.many && { many: true }),
    ...(written && { required: !relation.nullable && !(relation.many && annotations.blank) && !annotations.blank }),
    ...(relation.nullable && { allowNull: true }),
    ...(annotations.label && { label: annotations.label }),
    ...(annotations.help && { helpText: annotations.help }),
    ...extra,
  };
}
