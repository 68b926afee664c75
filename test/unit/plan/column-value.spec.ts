import { Decimal } from '@prisma/client/runtime/client';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { ScalarField, ScalarType } from '../../../src/framework/models/model.js';
import { columnValue } from '../../../src/framework/plan/column-value.js';

const column = (type: ScalarType, native?: string) =>
  ({
    name: 'it',
    type,
    ...(native && { nativeType: [native] }),
    ...(type === 'Enum' && { choices: [{ value: 'a', label: 'A' }] }),
    list: false,
    nullable: true,
  }) as unknown as ScalarField;
const instant = Temporal.Instant.from('2024-01-01T00:00:00Z');

describe('columnValue', () => {
  it.each<[ScalarType, string | undefined, unknown]>([
    ['Int', undefined, 2147483647],
    ['Int', undefined, -2147483648],
    ['Int', 'SmallInt', 32767],
    ['BigInt', undefined, 9223372036854775807n],
    ['Float', undefined, 1e300],
    ['Decimal', undefined, '10.50'],
    ['Boolean', undefined, false],
    ['Enum', undefined, 'a'],
    ['String', undefined, '😀 text'],
    ['DateTime', 'Timestamptz', instant],
    ['DateTime', 'Date', Temporal.PlainDate.from('9999-12-31')],
    ['DateTime', 'Time', Temporal.PlainTime.from('23:59:59')],
    ['Json', undefined, { a: [1, null] }],
    ['Bytes', undefined, new Uint8Array(1)],
  ])('%s %s holds %s', (type, native, value) => expect(columnValue(column(type, native), value)).toEqual({ kind: 'value', value }));

  it.each<[string, ScalarType, string | undefined, unknown, unknown]>([
    ['an integer given as a decimal', 'Int', undefined, new Decimal('12'), 12],
    ['all digits of a big integer given as a decimal', 'BigInt', undefined, new Decimal('9007199254740993'), 9007199254740993n],
    ['a decimal given as an object', 'Decimal', undefined, new Decimal('1.20'), '1.2'],
    ['a UUID in capitals', 'String', 'Uuid', 'AAAAAAAA-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001'],
    ['a Date', 'DateTime', 'Timestamptz', new Date('2024-01-01T00:00:00Z'), instant],
    ['a Date of a date column', 'DateTime', 'Date', new Date('2024-01-01T00:00:00Z'), Temporal.PlainDate.from('2024-01-01')],
  ])('reads %s', (_, type, native, value, expected) => expect(columnValue(column(type, native), value)).toEqual({ kind: 'value', value: expected }));

  it.each<[string, ScalarType, string | undefined, unknown, string]>([
    ['int4', 'Int', undefined, 2147483648, 'above'],
    ['int4', 'Int', undefined, -1e21, 'below'],
    ['int4', 'Int', undefined, Infinity, 'above'],
    ['int2', 'Int', 'SmallInt', 32768, 'above'],
    ['int8', 'BigInt', undefined, 2n ** 63n, 'above'],
    ['float4', 'Float', 'Real', 1e39, 'above'],
    ['float8', 'Float', undefined, -Infinity, 'below'],
    ['numeric', 'Decimal', undefined, '1e400000', 'above'],
    ['numeric', 'Decimal', undefined, '-1e400000', 'below'],
    ['date', 'DateTime', 'Date', Temporal.PlainDate.from('+010000-01-01'), 'above'],
    ['timestamptz', 'DateTime', 'Timestamptz', Temporal.Instant.from('-000001-01-01T00:00:00Z'), 'below'],
  ])('%s: %s %s %s is out of range', (_, type, native, value, kind) => expect(columnValue(column(type, native), value)).toEqual({ kind }));

  it.each<[string, ScalarType, string | undefined, unknown]>([
    ['a NUL', 'String', undefined, 'a\0b'],
    ['half a surrogate pair', 'String', undefined, 'a\ud800b'],
    ['a text that is no UUID', 'String', 'Uuid', 'x'],
    ['a text that is no address', 'String', 'Inet', 'x'],
    ['an unknown choice', 'Enum', undefined, 'toString'],
    ['NaN', 'Int', undefined, NaN],
    ['NaN', 'Float', undefined, NaN],
    ['an invalid date', 'DateTime', 'Timestamptz', new Date(NaN)],
    ['JSON with a NUL', 'Json', undefined, { a: ['\0'] }],
    ['JSON with a NUL in a key', 'Json', undefined, { 'a\0': 1 }],
  ])('no row holds %s', (_, type, native, value) => expect(columnValue(column(type, native), value).kind).toBe('never'));

  it.each<[ScalarType, string | undefined, unknown]>([
    ['Int', undefined, '1'],
    ['Int', undefined, {}],
    ['BigInt', undefined, '1'],
    ['Float', undefined, true],
    ['Decimal', undefined, 'ten'],
    ['Decimal', undefined, []],
    ['Boolean', undefined, 'true'],
    ['String', undefined, 5],
    ['Enum', undefined, 5],
    ['DateTime', 'Timestamptz', '2024-01-01'],
    ['DateTime', 'Date', instant],
    ['DateTime', 'Time', 5],
    ['Json', undefined, undefined],
    ['Bytes', undefined, 'x'],
  ])('%s %s: %s is of another type', (type, native, value) => expect(columnValue(column(type, native), value).kind).toBe('wrong'));

  it('finds a fraction between two integers, and microseconds between two milliseconds', () => {
    expect(columnValue(column('Int'), 1.5)).toEqual({ kind: 'between', next: 2 });
    expect(columnValue(column('Int'), -1.5)).toEqual({ kind: 'between', next: -1 });
    const found = columnValue(column('DateTime', 'Timestamptz'), Temporal.Instant.from('2024-01-01T00:00:00.000001Z'));
    expect(String((found as { next: unknown }).next)).toBe('2024-01-01T00:00:00.001Z');
  });
});
