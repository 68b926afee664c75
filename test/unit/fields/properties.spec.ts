import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { bigInteger } from '../../../src/framework/fields/big-integer-field.js';
import { boolean } from '../../../src/framework/fields/boolean-field.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { choice } from '../../../src/framework/fields/choice-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { dict } from '../../../src/framework/fields/dict-field.js';
import { duration } from '../../../src/framework/fields/duration-field.js';
import { email } from '../../../src/framework/fields/email-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { filePath } from '../../../src/framework/fields/file-path-field.js';
import { float } from '../../../src/framework/fields/float-field.js';
import { hstore } from '../../../src/framework/fields/hstore-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { ipAddress } from '../../../src/framework/fields/ip-address-field.js';
import { json } from '../../../src/framework/fields/json-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { multipleChoice } from '../../../src/framework/fields/multiple-choice-field.js';
import { regex } from '../../../src/framework/fields/regex-field.js';
import { slug } from '../../../src/framework/fields/slug-field.js';
import { time } from '../../../src/framework/fields/time-field.js';
import { url } from '../../../src/framework/fields/url-field.js';
import { uuid } from '../../../src/framework/fields/uuid-field.js';
import { parseJsonText } from '../../../src/framework/parsers/json/json-text.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { writeJson } from '../../../src/framework/renderers/json/write-json.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { read } from './reading.js';

const price = () => decimal({ maxDigits: 12, decimalPlaces: 3 });
const seconds = '%Y-%m-%d %H:%M:%S';

const FIELDS: Readonly<Record<string, Field>> = {
  boolean: boolean(),
  char: char({ maxLength: 20, minLength: 1 }),
  'char as it is': char({ trimWhitespace: false, allowBlank: true }),
  email: email(),
  regex: regex(/^[a-z]/),
  slug: slug({ allowUnicode: true }),
  url: url(),
  uuid: uuid(),
  'uuid int': uuid({ format: 'int' }),
  'uuid urn': uuid({ format: 'urn' }),
  ipAddress: ipAddress(),
  'ipAddress ipv6': ipAddress({ protocol: 'ipv6' }),
  integer: integer({ min: -5, max: 1e9 }),
  bigInteger: bigInteger(),
  'bigInteger as text': bigInteger({ coerceToString: true }),
  float: float({ min: -1e9 }),
  decimal: price(),
  'decimal of any size': decimal({ maxDigits: null, decimalPlaces: null, allowNull: true }),
  'decimal normalized': decimal({ maxDigits: 12, decimalPlaces: 3, normalizeOutput: true, min: 0 }),
  date: date(),
  'date by a format': date({ format: '%d/%m/%Y', inputFormats: ['%d/%m/%Y'] }),
  dateTime: dateTime(),
  'dateTime by a format': dateTime({ format: seconds, inputFormats: [seconds] }),
  'dateTime in a zone': dateTime({ defaultTimezone: 'America/St_Johns' }),
  time: time(),
  'time by a format': time({ format: '%I:%M:%S.%f %p', inputFormats: ['%I:%M:%S.%f %p', 'iso-8601'] }),
  duration: duration(),
  'duration in ISO 8601': duration({ format: 'iso-8601' }),
  choice: choice({ choices: ['a', 1, true, ['b', 'B'], ['more', [['c', 'C']]]] }),
  multipleChoice: multipleChoice({ choices: ['a', 1], allowBlank: true }),
  filePath: filePath({ path: import.meta.dirname }),
  list: list(),
  'list of lists': list({ child: list({ child: integer() }) }),
  'list of moments': list({ child: dateTime({ allowNull: true }), maxLength: 3 }),
  dict: dict(),
  'dict of decimals': dict({ child: price() }),
  hstore: hstore(),
  json: json(),
};

const raw = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,30})?([eE][+-]?\d{1,20})?$/).map((text) => new RawNumber(text));
const nearly = fc.stringMatching(/^[-+PTZ:., eEW_0-9\u0660-\u0669daysf/%]{0,30}$/);
const scalar = fc.oneof(fc.string({ unit: 'binary' }), raw, nearly, fc.constantFrom('a', 'b', 1, true, '', null));
const form = fc.dictionary(fc.string(), scalar).map((fields) => {
  const values = new FormValues();
  for (const [name, value] of Object.entries(fields)) values.append(name, value);
  return values;
});
const anything = fc.oneof(fc.jsonValue(), scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar), form);

/** Texts and values that each field takes, beside what chance brings. */
const taken = fc.oneof(
  anything,
  fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }).map((at) => at.toISOString()),
  fc
    .date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
  fc.tuple(fc.integer({ min: 10, max: 28 }), fc.integer({ min: 10, max: 12 }), fc.integer({ min: 1000, max: 9999 })).map((parts) => parts.join('/')),
  fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${hour}:${minute}`),
  fc.integer(),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e8, max: 1e8, noNaN: true }).map((number) => number.toFixed(3)),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV6(),
  fc.emailAddress(),
  fc.webUrl(),
  fc.array(fc.array(fc.integer())),
  fc.dictionary(fc.string(), fc.integer()),
);

describe.each(Object.entries(FIELDS))('%s', (_name, field) => {
  it('answers whatever it is sent with a value or a ValidationError', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(() => read(field, value)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('reads what it shows as the same value', () => {
    fc.assert(
      fc.property(taken, (value) => {
        const answer = read(field, value);
        if ('detail' in answer || answer.value === null) return;
        const text = writeJson(field.toRepresentation(answer.value), 0);
        const again = read(field, parseJsonText(text, { depth: 100, nodes: 100_000 })) as { value: unknown };
        expect(again, text).toHaveProperty('value');
        expect(writeJson(field.toRepresentation(again.value), 0)).toBe(text);
        expect(plain(again.value)).toEqual(plain(answer.value));
      }),
      { numRuns: 500 },
    );
  });
});

/** A value that can be compared: Temporal's and decimals are their texts, and JSON knows no -0. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (Object.is(value, -0)) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) === Object.prototype) return Object.entries(value).map(([key, one]) => [key, plain(one)]);
  return value instanceof Temporal.Duration ? value.total('microseconds') : String(value);
}

describe('what the database holds', () => {
  const years = { min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true };
  it.each([
    ['dateTime', dateTime()],
    ['date', date()],
    ['time', time()],
    ['dateTime in a zone', dateTime({ defaultTimezone: 'Europe/London' })],
  ] as const)('is read as it is shown: %s', (_name, field) => {
    fc.assert(
      fc.property(fc.date(years), (value) => {
        const text = field.toRepresentation(value as never);
        expect(field.toRepresentation((read(field, text) as { value: never }).value)).toBe(text);
      }),
    );
  });
  it('is read as it is shown: duration', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 19n), 10n ** 19n), (total) => {
        const { value } = read(duration(), `${total / 1_000_000n}`) as { value: never };
        const again = read(duration(), duration().toRepresentation(value)) as { value: object };
        expect(String(again.value)).toBe(String(value));
      }),
    );
  });
});
