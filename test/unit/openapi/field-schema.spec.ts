import { describe, expect, it } from 'vitest';
import { bigInteger } from '../../../src/framework/fields/big-integer-field.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { dateTime } from '../../../src/framework/fields/date-time-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { dict } from '../../../src/framework/fields/dict-field.js';
import { duration } from '../../../src/framework/fields/duration-field.js';
import type { Field } from '../../../src/framework/fields/field.js';
import { filePath } from '../../../src/framework/fields/file-path-field.js';
import { hstore } from '../../../src/framework/fields/hstore-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { ipAddress } from '../../../src/framework/fields/ip-address-field.js';
import { json } from '../../../src/framework/fields/json-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { multipleChoice } from '../../../src/framework/fields/multiple-choice-field.js';
import { shownSchema, takenSchema } from '../../../src/framework/openapi/field-schema.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { compiled } from './compiled.js';

function schemasOf(field: Field): { shown: object; taken: object } {
  class Value extends Serializer {
    value = field;
  }
  const [bound] = compiled(Value).fields;
  const nested = () => ({});
  return { shown: shownSchema(bound!, null, nested), taken: takenSchema(bound!, null, nested) };
}

const MOMENT = { type: 'string', format: 'date-time' };
const COLOUR = { type: 'string', enum: ['a', 'b'] };
const [LEAST, GREATEST] = [Number(-(2n ** 63n)), Number(2n ** 63n)];

describe('the schema of a field', () => {
  it.each<[string, Field, object]>([
    ['an address of either kind', ipAddress(), { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }],
    ['an address of IPv4, or null', ipAddress({ protocol: 'ipv4', allowNull: true }), { type: ['string', 'null'], format: 'ipv4' }],
    ['a big integer', bigInteger(), { type: 'integer', format: 'int64', minimum: LEAST, maximum: GREATEST }],
    ['a big integer that is shown as a text', bigInteger({ coerceToString: true }), { type: 'string', format: 'int64' }],
    [
      'a decimal that is shown as a number',
      decimal({ maxDigits: null, decimalPlaces: null, coerceToString: false, max: 5 }),
      { type: 'number', maximum: 5 },
    ],
    ['several choices', multipleChoice({ choices: ['a', 'b'] }), { type: 'array', items: COLOUR }],
    ['several choices, one at least', multipleChoice({ choices: ['a', 'b'], allowEmpty: false }), { type: 'array', items: COLOUR, minItems: 1 }],
    [
      'the path of a file',
      filePath({ path: import.meta.dirname, match: /^compiled/, required: true }),
      { type: 'string', enum: [`${import.meta.dirname}/compiled.ts`] },
    ],
    ['a list', list(), { type: 'array', items: {} }],
    [
      'a list with the bounds of its items',
      list({ child: integer({ min: 0, allowNull: true }), minLength: 1, maxLength: 3 }),
      { type: 'array', items: { type: ['integer', 'null'], minimum: 0 }, minItems: 1, maxItems: 3 },
    ],
    [
      'lists in a list',
      list({ child: list({ child: char({ maxLength: 2 }) }) }),
      { type: 'array', items: { type: 'array', items: { type: 'string', maxLength: 2 } } },
    ],
    ['a dictionary', dict({ allowEmpty: false }), { type: 'object', additionalProperties: {}, minProperties: 1 }],
    ['a dictionary of integers', dict({ child: integer({ max: 9 }) }), { type: 'object', additionalProperties: { type: 'integer', maximum: 9 } }],
    ['an hstore', hstore(), { type: 'object', additionalProperties: { type: ['string', 'null'] } }],
    ['any JSON', json({ allowNull: true }), {}],
    ['a length of time', duration({ format: 'iso-8601' }), { type: 'string' }],
  ])('of %s', (_what, field, schema) => expect(schemasOf(field)).toEqual({ shown: schema, taken: schema }));

  it.each<[string, Field, object, object]>([
    ['a date that is shown by a format', date({ format: '%d/%m/%Y' }), { type: 'string' }, { type: 'string', format: 'date' }],
    ['a moment that is read by a format', dateTime({ inputFormats: ['%d/%m/%Y', 'iso-8601'] }), MOMENT, { type: 'string' }],
    [
      'a list of such moments',
      list({ child: dateTime({ inputFormats: ['%d/%m/%Y'] }) }),
      { type: 'array', items: MOMENT },
      { type: 'array', items: { type: 'string' } },
    ],
  ])('of %s tells what is shown from what is read', (_what, field, shown, taken) => expect(schemasOf(field)).toEqual({ shown, taken }));
});
