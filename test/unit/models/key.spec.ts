import { describe, expect, it } from 'vitest';
import { readKey } from '../../../src/framework/models/key.js';
import type { ScalarField } from '../../../src/framework/models/model.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { models } from '../../../src/library/generated/models.js';

const integer = models.book.fields['id'] as ScalarField;
const small: ScalarField = { ...integer, nativeType: ['SmallInt'] };
const big: ScalarField = { ...integer, type: 'BigInt' };
const uuid = models.loan.fields['id'] as ScalarField;
const text = models.genre.fields['slug'] as ScalarField;
const choice = models.book.fields['language'] as ScalarField;

const key = (value: unknown) => ({ kind: 'key', value });
const none = { kind: 'none' };
const malformed = { kind: 'malformed' };
const wrongType = { kind: 'wrong type' };
const long = '825d7aeb-05a9-45b5-a5b7-05df87923cda';

describe('a value as a key', () => {
  it.each<[string, ScalarField, unknown, object]>([
    ['digits', integer, '7', key(7)],
    ['space around digits', integer, ' 7 ', key(7)],
    ['a plus sign', integer, '+1', key(1)],
    ['a minus sign', integer, '-1', key(-1)],
    ['a minus sign before zero', integer, '-0', key(0)],
    ['underscores between digits', integer, '1_000', key(1000)],
    ['leading zeros', integer, '007', key(7)],
    ['two underscores', integer, '1__0', wrongType],
    ['a trailing underscore', integer, '1_', wrongType],
    ['an empty text', integer, '', wrongType],
    ['a space alone', integer, ' ', wrongType],
    ['a fraction in a text', integer, '1.5', wrongType],
    ['hexadecimal digits', integer, '0x10', wrongType],
    ['an exponent', integer, '1e3', wrongType],
    ['a NUL', integer, '1\0', wrongType],
    ['digits and words', integer, '1; drop table book', wrongType],
    ['a number', integer, 7, key(7)],
    ['the last integer of the column', integer, 2 ** 31 - 1, key(2 ** 31 - 1)],
    ['one past it', integer, 2 ** 31, none],
    ['one before the first', integer, -(2 ** 31) - 1, none],
    ['one past a small column', small, 2 ** 15, none],
    ['a fraction', integer, 1.5, none],
    ['infinity', integer, Number.POSITIVE_INFINITY, none],
    ['no number', integer, Number.NaN, none],
    ['a bigint', integer, 7n, key(7)],
    ['a bigint past the column', integer, 2n ** 70n, none],
    ['a bigint of a bigint column', big, 2n ** 62n, key(2n ** 62n)],
    ['digits of a bigint column', big, '9223372036854775807', key(2n ** 63n - 1n)],
    ['digits past a bigint column', big, '9223372036854775808', none],
    ['sixty-five digits', integer, '1'.repeat(65), none],
    ['a long text', integer, 'x'.repeat(100_000), wrongType],
    ['the digits of a number that a double would change', big, new RawNumber('9007199254740993'), key(9007199254740993n)],
    ['1e400', integer, new RawNumber('1e400'), wrongType],
    ['true', integer, true, wrongType],
    ['null', integer, null, wrongType],
    ['nothing', integer, undefined, wrongType],
    ['a list', integer, [7], wrongType],
    ['a record', integer, { id: 7 }, wrongType],
    ['a UUID', uuid, long, key(long)],
    ['a UUID in capitals', uuid, long.toUpperCase(), key(long)],
    ['a UUID without hyphens', uuid, long.replaceAll('-', ''), key(long)],
    ['a UUID in braces', uuid, `{${long}}`, key(long)],
    ['a URN', uuid, `urn:uuid:${long}`, key(long)],
    ['half a UUID', uuid, long.slice(0, 18), malformed],
    ['a UUID with a letter too far', uuid, long.replace('8', 'g'), malformed],
    ['a number for a UUID', uuid, 7, malformed],
    ['a text', text, 'classics', key('classics')],
    ['a number for a text', text, 7, key('7')],
    ['a text of 512 characters', text, 'x'.repeat(512), key('x'.repeat(512))],
    ['a longer one', text, 'x'.repeat(513), none],
    ['a text with a NUL', text, 'a\0b', malformed],
    ['half a surrogate pair', text, 'a\ud800', malformed],
    ['a whole one', text, '📚', key('📚')],
    ['a property of objects', text, '__proto__', key('__proto__')],
    ['a choice', choice, 'en', key('en')],
    ['what is no choice', choice, 'constructor', none],
  ])('reads %s', (_what, column, value, expected) => {
    expect(readKey(column, value)).toEqual(expected);
  });
});
