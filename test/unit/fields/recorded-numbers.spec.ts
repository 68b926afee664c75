import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { errorDetail } from '../../../src/framework/exceptions/error-detail.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { duration } from '../../../src/framework/fields/duration-field.js';
import { EMPTY, type Field } from '../../../src/framework/fields/field.js';
import { float } from '../../../src/framework/fields/float-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { time } from '../../../src/framework/fields/time-field.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { read } from './reading.js';

const FIELDS: Readonly<Record<string, Field>> = {
  integer: integer(),
  'integer-range': integer({ min: 1, max: 10 }),
  'integer-null': integer({ allowNull: true }),
  'integer-even': integer({
    validators: [
      (value: number) => {
        if (value % 2) throw new ValidationError([errorDetail('This field must be an even number.', 'invalid')]);
      },
    ],
  }),
  float: float(),
  'float-range': float({ min: -1.5, max: 1.5 }),
  decimal: decimal({ maxDigits: 5, decimalPlaces: 2 }),
  'decimal-range': decimal({ maxDigits: 5, decimalPlaces: 2, min: 0, max: 100 }),
  'decimal-number': decimal({ maxDigits: 5, decimalPlaces: 2, coerceToString: false }),
  'decimal-normalized': decimal({ maxDigits: 8, decimalPlaces: 4, normalizeOutput: true }),
  datetime: dateTime(),
  date: date(),
  time: time(),
  duration: duration(),
  'duration-range': duration({ min: Temporal.Duration.from({ seconds: 1 }), max: Temporal.Duration.from({ days: 1 }) }),
  list: list(),
  'list-integer': list({ child: integer({ min: 0 }) }),
  'list-bounds': list({ child: new CharField(), minLength: 1, maxLength: 3 }),
  'list-nonempty': list({ child: integer(), allowEmpty: false }),
  'list-of-lists': list({ child: list({ child: integer() }) }),
};

interface Step {
  readonly request: { readonly json?: Record<string, unknown>; readonly text?: string };
  readonly response: { readonly status: number; readonly body: { readonly value: unknown } };
}

const cases = JSON.parse(readFileSync(new URL('../../conformance/cases/fields.json', import.meta.url), 'utf8')) as { name: string; steps: Step[] }[];

describe.each(Object.entries(FIELDS))('%s answers as Django REST framework was recorded to', (name, field) => {
  const steps = cases.find((recorded) => recorded.name === name)?.steps ?? [];

  it('is recorded', () => expect(steps.length).toBeGreaterThan(1));

  it.each(steps.map(({ request, response }) => [label(request), request, response] as const))('%s', (_label, request, { status, body }) => {
    const json = request.json ?? (JSON.parse(request.text ?? '{}') as Record<string, unknown>);
    const answer = read(field, 'value' in json ? json['value'] : EMPTY);
    if ('detail' in answer) expect({ status: 400, value: texts(answer.detail) }).toEqual({ status, value: body.value });
    else expect({ status: 200, value: answer.value === null ? null : field.toRepresentation(answer.value) }).toEqual({ status, value: body.value });
  });
});

const label = ({ json, text }: Step['request']) => (text ?? JSON.stringify(json)).slice(0, 60);

/** The messages alone, as a response shows them. */
function texts(detail: unknown): unknown {
  if (Array.isArray(detail)) return detail.map(texts);
  if (typeof detail !== 'object' || detail === null) return detail;
  return 'code' in detail && 'message' in detail
    ? detail.message
    : Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, texts(value)]));
}
