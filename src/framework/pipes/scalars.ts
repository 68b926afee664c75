import { Decimal } from 'decimal.js';
import { BigIntegerField } from '../fields/big-integer-field.js';
import { BooleanField } from '../fields/boolean-field.js';
import { CharField } from '../fields/char-field.js';
import { DateTimeField } from '../fields/date-time-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import type { Field } from '../fields/field.js';
import type { FieldSettings } from '../fields/field-settings.js';
import { FloatField } from '../fields/float-field.js';
import { RawNumber } from '../parsers/raw-number.js';

/** Reads a value that was sent, not null, as one of a type. @throws ValidationError with DRF's text */
export type ReadScalar = (value: unknown) => unknown;

const context = { partial: false };

/** What reads the types that `@Type(() => Number)` and its like name: fields, as a serializer has them. */
export function scalarTypes(settings: FieldSettings): ReadonlyMap<unknown, ReadScalar> {
  const dateTime = new DateTimeField();
  dateTime.useSettings(settings);
  const [float, boolean, bigInteger, decimal] = [
    new FloatField(),
    new BooleanField(),
    new BigIntegerField(),
    new DecimalField({ maxDigits: null, decimalPlaces: null }),
  ];
  const text = new CharField({ allowBlank: true, trimWhitespace: false });
  return new Map<unknown, ReadScalar>([
    [String, (value) => checked(text, value)],
    [Number, (value) => readNumber(float, value)],
    [Boolean, (value) => checked(boolean, value)],
    [BigInt, (value) => checked(bigInteger, value)],
    [Decimal, (value) => checked(decimal, value)],
    [Date, (value) => new Date(dateTime.toInternalValue(value).epochMilliseconds)],
  ]);
}

function checked(field: Field, value: unknown): unknown {
  const read: unknown = field.toInternalValue(value, context);
  void field.runValidators(read, context);
  return read;
}

/** An integer that a double changes is none that was sent. */
function readNumber(float: FloatField, value: unknown): number {
  const number = float.toInternalValue(value);
  const isInteger = value instanceof RawNumber ? value.isInteger : typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value);
  return isInteger && !Number.isSafeInteger(number) ? float.fail('invalid') : number;
}
