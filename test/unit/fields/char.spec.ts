import { describe, expect, it } from 'vitest';
import { char } from '../../../src/framework/fields/char-field.js';
import { email } from '../../../src/framework/fields/email-field.js';
import { slug } from '../../../src/framework/fields/slug-field.js';
import { EMPTY } from '../../../src/framework/fields/field.js';
import { strip } from '../../../src/framework/fields/text/python.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { messagesOf, type Detail } from '../../../src/framework/exceptions/error-detail.js';
import { read, refused, shown } from './reading.js';

describe('a text', () => {
  it.each([
    ['a', 'a'],
    ['\t a b \n', 'a b'],
    ['\x1ca\x85', 'a'],
    ['\ufeffa', '\ufeffa'],
    [1, '1'],
    [-0, '0'],
    [1.5, '1.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-1.5e-300, '-1.5e-300'],
    [new RawNumber('12345678901234567890'), '12345678901234567890'],
    [new RawNumber('1e400'), 'inf'],
    [new RawNumber('-1e400'), '-inf'],
    [new RawNumber('0.10000000000000000001'), '0.1'],
    [1e16, '1e+16'],
    [1.5e300, '1.5e+300'],
    ['constructor', 'constructor'],
  ])('%j is read as %j', (value, expected) => expect(shown(char(), value)).toBe(expected));

  it.each([[true], [false], [[]], [['a']], [{}], [{ length: 1 }]])('%j is not a valid string', (value) =>
    expect(shown(char(), value)).toEqual(refused('invalid')),
  );

  it.each([
    ['a\0b', 'Null characters are not allowed.'],
    ['\ud800', 'Surrogate characters are not allowed: U+D800.'],
    ['😀\udfff\ud800', 'Surrogate characters are not allowed: U+DFFF.'],
    ['', 'This field may not be blank.'],
    [' \u3000', 'This field may not be blank.'],
  ])('%j is refused: %s', (value, message) => expect(messagesOf((read(char(), value) as { detail: Detail }).detail)).toEqual([message]));

  it.each([
    ['😀😀', { maxLength: 2 }, '😀😀'],
    ['😀😀😀', { maxLength: 2 }, refused('max_length')],
    ['😀', { minLength: 2 }, refused('min_length')],
    [' ab ', { maxLength: 2 }, 'ab'],
    [' ab ', { maxLength: 2, trimWhitespace: false }, refused('max_length')],
    ['\0\0\0', { maxLength: 2 }, refused('max_length', 'null_characters_not_allowed')],
    ['', { minLength: 2, allowBlank: true }, ''],
    ['  ', { minLength: 2, allowBlank: true }, ''],
    [' ', { trimWhitespace: false }, ' '],
  ])('%j with %j gives %j', (value, options, expected) => expect(shown(char(options), value)).toEqual(expected));

  it('no validator sees a blank text', () => {
    const seen: string[] = [];
    const field = char({ allowBlank: true, validators: [(value: string) => void seen.push(value)] });
    read(field, ' ');
    read(field, 'a');
    expect(seen).toEqual(['a']);
  });

  it.each([
    [{}, ''],
    [{ allowNull: true }, null],
    [{ allowBlank: true, allowNull: true }, ''],
    [{ required: false }, EMPTY],
    [{ required: false, allowBlank: true }, ''],
  ] as const)('an empty one of a form with %j is %s', (options, expected) => {
    const form = new FormValues();
    form.append('value', '');
    expect(char(options).getFormValue(form, 'value', false)).toBe(expected);
  });

  it('describes itself with its bounds', () =>
    expect(char({ maxLength: 5, minLength: 1 }).describe()).toEqual({ type: 'string', schema: { type: 'string' }, minLength: 1, maxLength: 5 }));

  it.each([
    [char({ allowBlank: true, minLength: 2 }), { type: 'string', minLength: 0 }],
    [email({ allowBlank: true }), { type: 'string' }],
    [slug({ allowBlank: true }), { type: 'string' }],
  ])('describes no keyword that a blank text would break', (field, schema) => expect(field.describe().schema).toEqual(schema));

  it('is stripped in linear time', () => {
    const text = `a${' '.repeat(200_000)}b`;
    const start = performance.now();
    expect(strip(text)).toBe(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
