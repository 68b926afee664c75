import {
  boolean,
  char,
  choice,
  date,
  dateTime,
  decimal,
  dict,
  duration,
  email,
  float,
  hidden,
  hstore,
  integer,
  ipAddress,
  json,
  list,
  multipleChoice,
  nested,
  regex,
  Serializer,
  slug,
  Temporal,
  time,
  url,
  uuid,
  ValidationError,
  type Field,
} from 'nest-rest-framework';

const COLOURS = [
  ['red', 'Red'],
  ['green', 'Green'],
  ['blue', 'Blue'],
] as const;
const WARM = [
  ['red', 'Red'],
  ['orange', 'Orange'],
] as const;
const GROUPED = [
  ['Warm', WARM],
  ['Cold', [['blue', 'Blue']]],
  ['grey', 'Grey'],
] as const;
const NUMBERS = [
  [1, 'One'],
  [2, 'Two'],
  [3, 'Three'],
] as const;

class PointSerializer extends Serializer {
  x = integer();
  y = integer({ default: 0 });
  label = char({ required: false, allowBlank: true, maxLength: 8 });
}
const Point = () => PointSerializer;

function even(value: number): void {
  if (value % 2) throw new ValidationError('This field must be an even number.');
}

const FIELDS: Readonly<Record<string, () => Field>> = {
  boolean: () => boolean(),
  'boolean-null': () => boolean({ allowNull: true }),
  char: () => char(),
  'char-blank': () => char({ allowBlank: true }),
  'char-null': () => char({ allowNull: true }),
  'char-no-trim': () => char({ trimWhitespace: false }),
  'char-max': () => char({ maxLength: 5 }),
  'char-min': () => char({ minLength: 3 }),
  'char-default': () => char({ default: 'fallback' }),
  'char-optional': () => char({ required: false }),
  email: () => email(),
  regex: () => regex(/^[a-z]{2}\d{3}$/),
  slug: () => slug(),
  'slug-unicode': () => slug({ allowUnicode: true }),
  url: () => url(),
  uuid: () => uuid(),
  'uuid-hex': () => uuid({ format: 'hex' }),
  ip: () => ipAddress(),
  ipv4: () => ipAddress({ protocol: 'ipv4' }),
  ipv6: () => ipAddress({ protocol: 'ipv6' }),
  integer: () => integer(),
  'integer-range': () => integer({ min: 1, max: 10 }),
  'integer-null': () => integer({ allowNull: true }),
  'integer-even': () => integer({ validators: [even] }),
  float: () => float(),
  'float-range': () => float({ min: -1.5, max: 1.5 }),
  decimal: () => decimal({ maxDigits: 5, decimalPlaces: 2 }),
  'decimal-range': () => decimal({ maxDigits: 5, decimalPlaces: 2, min: 0, max: 100 }),
  'decimal-number': () => decimal({ maxDigits: 5, decimalPlaces: 2, coerceToString: false }),
  'decimal-normalized': () => decimal({ maxDigits: 8, decimalPlaces: 4, normalizeOutput: true }),
  datetime: () => dateTime(),
  'datetime-format': () => dateTime({ format: '%Y-%m-%d %H:%M', inputFormats: ['%Y-%m-%d %H:%M', 'iso-8601'] }),
  date: () => date(),
  'date-format': () => date({ format: '%d/%m/%Y', inputFormats: ['%d/%m/%Y'] }),
  time: () => time(),
  duration: () => duration(),
  'duration-range': () => duration({ min: Temporal.Duration.from({ seconds: 1 }), max: Temporal.Duration.from({ days: 1 }) }),
  choice: () => choice({ choices: COLOURS }),
  'choice-blank': () => choice({ choices: COLOURS, allowBlank: true }),
  'choice-null': () => choice({ choices: COLOURS, allowNull: true }),
  'choice-grouped': () => choice({ choices: GROUPED }),
  'choice-number': () => choice({ choices: NUMBERS }),
  'multiple-choice': () => multipleChoice({ choices: COLOURS }),
  'multiple-choice-required': () => multipleChoice({ choices: COLOURS, allowEmpty: false }),
  list: () => list(),
  'list-integer': () => list({ child: integer({ min: 0 }) }),
  'list-bounds': () => list({ child: char(), minLength: 1, maxLength: 3 }),
  'list-nonempty': () => list({ child: integer(), allowEmpty: false }),
  'list-of-lists': () => list({ child: list({ child: integer() }) }),
  dict: () => dict(),
  'dict-integer': () => dict({ child: integer() }),
  'dict-nonempty': () => dict({ allowEmpty: false }),
  hstore: () => hstore(),
  json: () => json(),
  'json-null': () => json({ allowNull: true }),
  point: () => nested(Point),
  'point-null': () => nested(Point, { allowNull: true }),
  'point-optional': () => nested(Point, { required: false }),
  points: () => nested(Point, { many: true }),
  'points-nonempty': () => nested(Point, { many: true, allowEmpty: false }),
  'points-bounds': () => nested(Point, { many: true, minLength: 2, maxLength: 3 }),
  'read-only': () => integer({ readOnly: true, default: 7 }),
  hidden: () => hidden({ default: 7 }),
  'custom-messages': () => char({ maxLength: 3, errorMessages: { required: 'Say something.', max_length: 'Say less than {max_length}.' } }),
};

/** A serializer of one field, `value`, for each of the lab's fields. */
export const SERIALIZERS = Object.fromEntries(
  Object.entries(FIELDS).map(([name, field]) => {
    class ValueSerializer extends Serializer {
      value = field();
    }
    return [name, ValueSerializer];
  }),
);
