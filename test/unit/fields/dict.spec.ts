import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { date } from '../../../src/framework/fields/date-field.js';
import { decimal } from '../../../src/framework/fields/decimal-field.js';
import { dict, DictField } from '../../../src/framework/fields/dict-field.js';
import { hstore, HStoreField } from '../../../src/framework/fields/hstore-field.js';
import { integer } from '../../../src/framework/fields/integer-field.js';
import { json } from '../../../src/framework/fields/json-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { read, shown } from './reading.js';

const details = (field: Parameters<typeof read>[0], value: unknown) => messagesOf((read(field, value) as { detail: Detail }).detail);

describe('a dictionary (FLD-23)', () => {
  it.each([
    [dict(), { a: 1, b: [1, null, { c: 'x' }], d: null }, { a: 1, b: [1, null, { c: 'x' }], d: null }],
    [dict(), {}, {}],
    [dict({ child: integer() }), { a: '1', '': 2 }, { a: 1, '': 2 }],
    [dict({ child: integer({ allowNull: true }) }), { a: null }, { a: null }],
    [dict({ child: list({ child: integer() }) }), { a: ['1'] }, { a: [1] }],
    [dict({ child: decimal({ maxDigits: 5, decimalPlaces: 2 }) }), { a: 1 }, { a: '1.00' }],
  ])('reads and shows %# by its child', (field, given, expected) => expect(shown(field, given)).toEqual(expected));

  it.each([dict(), dict({ child: integer() }), dict({ child: json() })])('refuses the key __proto__ %#, and takes constructor', (field) => {
    const refusal = Object.fromEntries([['__proto__', ['The key "__proto__" is not allowed.']]]);
    expect(details(field, JSON.parse('{"__proto__": 1, "constructor": 2}'))).toEqual(refusal);
    expect(details(field, FormValues.of('__proto__', '1'))).toEqual(refusal);
    expect(shown(field, { constructor: 2 })).toEqual({ constructor: 2 });
  });

  it('says which values are wrong', () =>
    expect(details(dict({ child: integer({ min: 0 }) }), { a: 'x', b: 2, c: null, d: -1 })).toEqual({
      a: ['A valid integer is required.'],
      c: ['This field may not be null.'],
      d: ['Ensure this value is greater than or equal to 0.'],
    }));

  it.each([
    [[], 'list'],
    ['x', 'str'],
    [1.5, 'float'],
    [new RawNumber('12345678901234567890'), 'int'],
    [new Map(), 'dict'],
  ])('refuses %j', (value, type) => expect(details(dict(), value)).toEqual([`Expected a dictionary of items but got type "${type}".`]));

  it('refuses an empty one where that is not allowed', () =>
    expect(details(dict({ allowEmpty: false }), {})).toEqual(['This dictionary may not be empty.']));

  it.each([[{ a: 'x\0' }], [{ a: ['\ud800'] }], [{ 'a\0': 1 }], [{ '\ud800': 1 }]])('refuses %j, which no database holds', (value) =>
    expect(read(dict(), value)).toHaveProperty('detail'),
  );

  it('shows null as null, and what its child shows as it is without a call', () => {
    expect(dict({ child: date() }).toRepresentation({ a: new Date(0), b: null } as never)).toEqual({ a: '1970-01-01', b: null });
    const value = { a: 1 };
    expect(dict().toRepresentation(value)).toBe(value);
  });

  it('describes its values', () => {
    const child = integer({ allowNull: true });
    expect(new DictField({ child, allowEmpty: false }).describe()).toEqual({
      type: 'nested object',
      child,
      schema: { type: 'object', minProperties: 1 },
    });
  });

  it.each([
    [() => dict({ child: integer({ source: 'x' }) }), /child's source \(x\) has no meaning/],
    [() => dict({ child: nested(() => Serializer) }), /^DictField: a NestedField looks at rows and cannot be a child/],
    [() => list({ child: primaryKeyRelated(models.book) }), /^ListField: a PrimaryKeyRelatedField looks at rows.*many: true/],
    [() => hstore({ child: integer() }), /^HStoreField: the child is a IntegerField/],
  ])('refuses a child that cannot be one: %#', (make, message) => {
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });
});

describe('an hstore (FLD-24)', () => {
  it('holds texts, blanks and nulls', () =>
    expect(shown(hstore(), { a: '  b ', b: '', c: null, d: 1.5, e: new RawNumber('12345678901234567890') })).toEqual({
      a: 'b',
      b: '',
      c: null,
      d: '1.5',
      e: '12345678901234567890',
    }));

  it('refuses what is no text', () =>
    expect(details(hstore(), { a: {}, b: [], c: true, d: 'ok' })).toEqual({
      a: ['Not a valid string.'],
      b: ['Not a valid string.'],
      c: ['Not a valid string.'],
    }));

  it('takes a child of texts', () => expect(details(new HStoreField({ child: char({ maxLength: 1 }) }), { a: 'xy' })).toHaveProperty('a'));
});
