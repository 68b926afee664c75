import { describe, expect, it } from 'vitest';
import { json } from '../../../src/framework/fields/json-field.js';
import { EMPTY } from '../../../src/framework/fields/field.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { read, refused, shown } from './reading.js';

const submitted = (value: unknown) => json().getFormValue(FormValues.of('value', value), 'value', false);

describe('a JSON value', () => {
  it.each<unknown>(['text', '', 0, 1.5, true, false, [], {}, { a: [1, null, { b: '😀' }] }, { constructor: 1, toString: 2 }])(
    '%j is itself',
    (value) => expect(shown(json(), value)).toEqual(value),
  );

  it('holds a number that a double cannot as the nearest one', () => expect(shown(json(), [new RawNumber('0.10000000000000000001')])).toEqual([0.1]));

  it.each([
    ['a\0b', 'null_characters_not_allowed'],
    [{ a: ['\0'] }, 'null_characters_not_allowed'],
    [{ '\0': 1 }, 'null_characters_not_allowed'],
    [['\ud800'], 'surrogate_characters_not_allowed'],
    [{ '\udfff': 1 }, 'surrogate_characters_not_allowed'],
    [NaN, 'invalid'],
    [[new RawNumber('1e400')], 'invalid'],
    [new Map(), 'invalid'],
    [{ a: undefined }, 'invalid'],
    [JSON.parse('{"__proto__": 1}'), 'invalid'],
    [JSON.parse('[{"a": {"__proto__": {"admin": true}}}]'), 'invalid'],
    [FormValues.of('__proto__', '1'), 'invalid'],
  ])('%j is refused: %s', (value, code) => expect(shown(json(), value)).toEqual(refused(code)));

  it.each([
    ['{"a": [1]}', { a: [1] }],
    ['null', null],
    ['"x"', 'x'],
  ])('%s of a form is read as JSON', (text, expected) => expect(read(json(), submitted(text))).toEqual({ value: expected }));

  it.each(['', 'x', '{', 'NaN', '['.repeat(10_000), new Map(), '"\u0000"'])('a form that says something else is refused', (text) =>
    expect(read(json(), submitted(text))).toHaveProperty('detail'),
  );

  it('takes an item of several fields in a form as the object that they make', () =>
    expect(read(json(), FormValues.of('a', '1'))).toEqual({ value: { a: '1' } }));

  it('is nothing where a form leaves it out', () => expect(json().getFormValue(new FormValues(), 'value', false)).toBe(EMPTY));
});
