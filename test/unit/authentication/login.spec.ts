import { describe, expect, it } from 'vitest';
import { readLogin } from '../../../src/framework/authentication/login.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';

const REQUIRED = ['This field is required.'];
const NULL = ['This field may not be null.'];
const BLANK = ['This field may not be blank.'];
const INVALID = ['Not a valid string.'];

function form(values: Record<string, unknown>): FormValues {
  const form = new FormValues();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  return form;
}

function bodyOf(data: unknown): unknown {
  try {
    readLogin(data, 'non_field_errors');
  } catch (error) {
    if (error instanceof ValidationError) return error.body();
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('the username and password of a login', () => {
  it.each([
    [{}, { username: REQUIRED, password: REQUIRED }],
    [form({}), { username: REQUIRED, password: REQUIRED }],
    [{ username: 'alice' }, { password: REQUIRED }],
    [{ password: 'x' }, { username: REQUIRED }],
    [
      { username: null, password: null },
      { username: NULL, password: NULL },
    ],
    [
      { username: '', password: '' },
      { username: BLANK, password: BLANK },
    ],
    [{ username: ' \t', password: ' ' }, { username: BLANK }],
    [form({ username: '', password: 'x' }), { username: BLANK }],
    [
      { username: true, password: [] },
      { username: INVALID, password: INVALID },
    ],
    [
      { username: { not: 'E' }, password: { contains: '' } },
      { username: INVALID, password: INVALID },
    ],
    [
      { username: 'a\0', password: '\ud800' },
      { username: ['Null characters are not allowed.'], password: ['Surrogate characters are not allowed: U+D800.'] },
    ],
    [JSON.parse('{"__proto__": {"username": "a", "password": "b"}}'), { username: REQUIRED, password: REQUIRED }],
    [Object.create({ username: 'a', password: 'b' }), { username: REQUIRED, password: REQUIRED }],
    [null, { non_field_errors: ['No data provided'] }],
    [undefined, { non_field_errors: ['No data provided'] }],
    [[], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    ['text', { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] }],
    [5, { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] }],
    [new RawNumber('1e400'), { non_field_errors: ['Invalid data. Expected a dictionary, but got float.'] }],
  ])('of a wrong form are refused', (data, body) => {
    expect(bodyOf(data)).toEqual(body);
  });

  it.each([
    [
      { username: ' alice ', password: ' secret ' },
      { username: 'alice', password: ' secret ' },
    ],
    [form({ username: 'alice', password: 'secret' }), { username: 'alice', password: 'secret' }],
    [
      { username: 5, password: 12.5 },
      { username: '5', password: '12.5' },
    ],
    [
      { username: new RawNumber('12345678901234567890'), password: 7n },
      { username: '12345678901234567890', password: '7' },
    ],
    [Object.assign(Object.create(null), { username: '😀', password: '😀' }), { username: '😀', password: '😀' }],
  ])('of a good form are read', (data, login) => {
    expect(readLogin(data, 'non_field_errors')).toEqual(login);
  });
});
