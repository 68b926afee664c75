import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bigInteger } from '../../../src/framework/fields/big-integer-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { duration } from '../../../src/framework/fields/duration-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { float } from '../../../src/framework/fields/float-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { time } from '../../../src/framework/fields/time-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { read } from './reading.js';

const FIELDS: readonly (readonly [string, Field])[] = Object.entries({
  integer: integer({ min: -5, max: 1e9 }),
  bigInteger: bigInteger(),
  float: float({ min: -1e9 }),
  decimal: decimal({ maxDigits: 12, decimalPlaces: 3, min: 0, allowNull: true }),
  date: date(),
  dateTime: dateTime(),
  time: time(),
  duration: duration(),
  list: list({ child: list({ child: integer() }) }),
});
const raw = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,30})?([eE][+-]?\d{1,20})?$/).map((text) => new RawNumber(text));
const nearly = fc.stringMatching(/^[-+PTZ:., eEW_0-9\u0660-\u0669days]{0,30}$/);
const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), raw, nearly);

describe.each(FIELDS)('%s', (_name, field) => {
  it('answers any JSON value with a value or a ValidationError', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(() => read(field, value)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('reads what it shows as the same value', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const answer = read(field, value);
        if ('detail' in answer || answer.value === null || typeof answer.value === 'bigint') return;
        const text = JSON.stringify(field.toRepresentation(answer.value));
        const again = read(field, JSON.parse(text)) as { value: unknown };
        expect(JSON.stringify(field.toRepresentation(again.value))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what the database and the application hold', () => {
  const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true };
  it.each([
    ['dateTime', dateTime()],
    ['date', date()],
    ['time', time()],
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
        const text = `${total / 1_000_000n}`;
        const { value } = read(duration(), text) as { value: never };
        const again = read(duration(), duration().toRepresentation(value)) as { value: object };
        expect(String(again.value)).toBe(String(value));
      }),
    );
  });
});
