import { BigIntegerField } from '../../fields/big-integer-field.js';
import { BooleanField } from '../../fields/boolean-field.js';
import { BytesField } from '../../fields/bytes-field.js';
import { CharField } from '../../fields/char-field.js';
import { ChoiceField } from '../../fields/choice-field.js';
import { DateField } from '../../fields/date-field.js';
import { DateTimeField } from '../../fields/date-time-field.js';
import { DecimalField } from '../../fields/decimal-field.js';
import { EmailField } from '../../fields/email-field.js';
import type { Field, FieldOptions } from '../../fields/field.js';
import { FileField } from '../../files/file-field.js';
import { ImageField } from '../../files/image-field.js';
import { FloatField } from '../../fields/float-field.js';
import { IPAddressField } from '../../fields/ip-address-field.js';
import { IntegerField } from '../../fields/integer-field.js';
import { JSONField } from '../../fields/json-field.js';
import { ListField } from '../../fields/list-field.js';
import { MultipleChoiceField } from '../../fields/multiple-choice-field.js';
import { RegexField } from '../../fields/regex-field.js';
import { SlugField } from '../../fields/slug-field.js';
import { TimeField } from '../../fields/time-field.js';
import { URLField } from '../../fields/url-field.js';
import { UUIDField } from '../../fields/uuid-field.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { ScalarField } from '../../models/model.js';
import { pattern } from '../../validators/pattern.js';

type Make = (column: ScalarField, options: FieldOptions) => Field;

/** The field of a column (SER-21), with the limits that the column has (SER-22) and `options` over them. Of a list, the limits are each item's. */
export function columnField(column: ScalarField, options: FieldOptions): Field {
  if (!column.list) return valueField(column, { ...checks(column), ...options });
  const { blank, size } = column.annotations;
  const choices = choicesOf(column);
  if (choices) return new MultipleChoiceField({ choices, allowEmpty: blank === true, ...options });
  return new ListField({
    child: valueField(column, checks(column)),
    allowEmpty: blank === true,
    ...(size !== undefined && { maxLength: size }),
    ...options,
  });
}

/** The values of an enum, or those that are annotated, with their labels. */
const choicesOf = ({ choices, annotations }: ScalarField) => annotations.choices ?? choices?.map(({ value, label }) => [value, label] as const);

function valueField(column: ScalarField, options: FieldOptions): Field {
  const choices = choicesOf(column);
  if (choices) return new ChoiceField({ choices, ...(column.annotations.blank && { allowBlank: true }), ...options });
  switch (column.type) {
    case 'String':
      return (TEXTS[nativeOf(column)] ?? textField)(column, options);
    case 'Boolean':
      return new BooleanField(options);
    case 'Int':
      return new IntegerField({ ...INTEGERS[nativeOf(column)], ...bounds(column), ...options });
    case 'BigInt':
      return new BigIntegerField({ ...bounds(column), ...options });
    case 'Float':
      return new FloatField({ ...(nativeOf(column) === 'Real' && REAL), ...bounds(column), ...options });
    case 'Decimal':
      return decimalField(column, options);
    case 'DateTime':
      return new (MOMENTS[nativeOf(column)] ?? DateTimeField)(options);
    case 'Bytes':
      return new BytesField({ ...lengths(column), ...options });
    default:
      return new JSONField(options);
  }
}

const nativeOf = ({ nativeType }: ScalarField): string => nativeType?.[0] ?? '';

/** Annotated checks that a field has no option for. */
function checks({ annotations: { regex } }: ScalarField): FieldOptions {
  return regex ? { validators: [pattern(new RegExp(regex[0], 'u'), regex[1] ?? 'Enter a valid value.')] } : {};
}

const bounds = ({ annotations: { min, max } }: ScalarField) => ({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) });

/** The annotated lengths, and the column's own, `most`, where it is less. */
function lengths({ annotations: { minLength, maxLength } }: ScalarField, most = Infinity) {
  const limit = Math.min(maxLength ?? Infinity, most);
  return { ...(minLength !== undefined && { minLength }), ...(limit !== Infinity && { maxLength: limit }) };
}

/** A column's declared length; `char` and `bit` without one have 1, the others none. */
const declared = ({ nativeType }: ScalarField, otherwise = Infinity) => (nativeType?.[1] === undefined ? otherwise : Number(nativeType[1]));

const TEXTS: Readonly<Record<string, Make>> = {
  Uuid: (_column, options) => new UUIDField(options),
  Inet: (_column, options) => new IPAddressField(options),
  Char: (column, options) => textField(column, options, declared(column, 1)),
  VarChar: (column, options) => textField(column, options, declared(column)),
  Bit: (column, options) => new RegexField(/^[01]*$/, { minLength: declared(column, 1), maxLength: declared(column, 1), ...options }),
  VarBit: (column, options) => new RegexField(/^[01]*$/, { ...lengths(column, declared(column)), ...options }),
};

function textField(column: ScalarField, options: FieldOptions, most?: number): Field {
  const { blank, email, url, slug, file, image } = column.annotations;
  const uploadTo = image ?? file;
  if (uploadTo) {
    const stored = { ...(most !== undefined && most !== Infinity && { maxLength: most }), ...(uploadTo !== true && { uploadTo }), ...options };
    return image ? new ImageField(stored) : new FileField(stored);
  }
  const text = { ...lengths(column, most), ...(blank && !column.list && { allowBlank: true }), ...options };
  if (email) return new EmailField(text);
  if (url) return new URLField(text);
  if (slug) return new SlugField({ ...(slug === 'unicode' && { allowUnicode: true }), ...text });
  // A text that the database has no limit for is of several lines, as Django's TextField is.
  return new CharField(most === undefined ? { style: { baseTemplate: 'textarea.html' }, ...text } : text);
}

const bits = (count: number) => ({ min: -(2 ** count), max: 2 ** count - 1 });

/** No integer beyond the column's range reaches the database. */
const INTEGERS: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  '': bits(31),
  Integer: bits(31),
  SmallInt: bits(15),
  Oid: { min: 0, max: 2 ** 32 - 1 },
};

/** PostgreSQL refuses a number for `real` that is beyond its range, and one too near to zero. */
const REAL = {
  min: -3.4028234663852886e38,
  max: 3.4028234663852886e38,
  validators: [
    (value: number) => {
      if (value !== 0 && Math.fround(value) === 0) throw new ValidationError(['A valid number is required.'], 'invalid');
    },
  ],
};

/** The digits of `money` are in 64 bits, two of them after the point. */
const MONEY = { maxDigits: 19, decimalPlaces: 2, min: '-92233720368547758.08', max: '92233720368547758.07' };

function decimalField(column: ScalarField, options: FieldOptions): Field {
  if (nativeOf(column) === 'Money') return new DecimalField({ ...MONEY, ...bounds(column), ...options });
  const [, digits = '65', places = '30'] = column.nativeType ?? [];
  return new DecimalField({ maxDigits: Number(digits), decimalPlaces: Number(places), ...bounds(column), ...options });
}

const MOMENTS: Readonly<Record<string, new (options: FieldOptions) => Field>> = { Date: DateField, Time: TimeField, Timetz: TimeField };
