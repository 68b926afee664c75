import { describe, expect, it } from 'vitest';
import { float } from '../../../src/framework/fields/float-field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { refused, shown } from './reading.js';

describe('float', () => {
  it.each([
    [1.5, 1.5],
    ['1_0.5', 10.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['\uff11.\uff15', 1.5],
    [true, 1],
    [false, 0],
    [new RawNumber('0.10000000000000000001'), 0.1],
    [new RawNumber('12345678901234567890'), 12345678901234567000],
  ])('reads %j as %j', (given, expected) => expect(shown(float(), given)).toBe(expected));

  it.each([
    '',
    'x',
    '1e',
    '_1',
    'nan',
    'inf',
    '-Infinity',
    '1e400',
    NaN,
    Infinity,
    [],
    {},
    '0x1',
    '\0',
    new RawNumber('1e400'),
    new RawNumber('-1e400'),
  ])('refuses %j', (given) => expect(shown(float(), given)).toEqual(refused('invalid')));

  it('refuses an integer that no double holds', () => expect(shown(float(), new RawNumber('9'.repeat(400)))).toEqual(refused('overflow')));
  it('refuses a long text', () => expect(shown(float(), '1'.repeat(1001))).toEqual(refused('max_string_length')));
  it.each([
    [1.6, 'max_value'],
    ['-1.6', 'min_value'],
  ])('keeps %j within the bounds', (given, code) => expect(shown(float({ min: -1.5, max: 1.5 }), given)).toEqual(refused(code)));

  it.each([
    ['inf', 'max_value'],
    ['-Infinity', 'min_value'],
    ['1e400', 'max_value'],
    [new RawNumber('-1e400'), 'min_value'],
    ['nan', 'invalid'],
  ])('says of %s that it is beyond its bounds: %s', (given, code) => expect(shown(float({ min: -1, max: 1 }), given)).toEqual(refused(code)));
});
