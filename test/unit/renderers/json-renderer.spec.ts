import { describe, expect, it } from 'vitest';
import { JSONRenderer } from '../../../src/framework/renderers/json-renderer.js';
import { requestOf } from '../requests/request-of.js';

const renderer = new JSONRenderer();
const render = (data: unknown, acceptedMediaType = 'application/json') =>
  renderer.render(data, { request: requestOf({}), status: 200, acceptedMediaType });

describe('JSON', () => {
  it('is application/json without a charset', () => {
    expect([renderer.mediaType, renderer.format, renderer.charset]).toEqual(['application/json', 'json', null]);
  });

  it.each([
    ['compact', { a: [1, 2.5, true, null], b: {} }, '{"a":[1,2.5,true,null],"b":{}}'],
    ['without escapes for letters of any script', { name: 'Çé漢😀' }, '{"name":"Çé漢😀"}'],
    ['with the line separators of JavaScript escaped', ['a\u2028b\u2029'], '["a\\u2028b\\u2029"]'],
    ['with lone surrogates escaped', ['\ud800'], '["\\ud800"]'],
    ['empty for null', null, ''],
    ['a text at the top', 'x', '"x"'],
    ['false', false, 'false'],
    ['with a date as it writes itself', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['without members that are undefined', { a: undefined, b: 1 }, '{"b":1}'],
    ['with a bigint as an exact integer', { id: 12345678901234567890n, rows: [-1n] }, '{"id":12345678901234567890,"rows":[-1]}'],
    [
      'beside a bigint as without one',
      { n: 1n, a: ['\u2028"', undefined, null, new Date(0), {}, [], { b: undefined }], u: undefined },
      '{"n":1,"a":["\\u2028\\"",null,null,"1970-01-01T00:00:00.000Z",{},[],{}]}',
    ],
  ])('is %s', (_title, data, text) => {
    expect(render(data)).toBe(text);
  });

  it.each([
    ['application/json; indent=4', '{\n    "a": [\n        1\n    ],\n    "b": {}\n}'],
    ['application/json;indent=2', '{\n  "a": [\n    1\n  ],\n  "b": {}\n}'],
    ['application/json; indent=99', '{\n        "a": [\n                1\n        ],\n        "b": {}\n}'],
    ['application/json; indent=0', '{"a":[1],"b":{}}'],
    ['application/json; indent=-3', '{"a":[1],"b":{}}'],
    ['application/json; indent=x', '{"a":[1],"b":{}}'],
    ['application/json; version=2', '{"a":[1],"b":{}}'],
  ])('is indented as the client asks, 0 to 8 spaces: %s', (accepted, text) => {
    expect(render({ a: [1], b: {} }, accepted)).toBe(text);
    expect(render({ a: [1n], b: {} }, accepted)).toBe(text);
  });

  it.each([
    [
      'NaN',
      {
        results: [
          { id: 1, price: null },
          { id: 2, price: Number.NaN },
        ],
      },
      'NaN at results[1].price',
    ],
    ['an infinity', [-Infinity], '-Infinity at [0]'],
    ['a number at the top', Infinity, 'Infinity at the top'],
    ['one beside a bigint', { id: 1n, rate: Number.NaN }, 'NaN at rate'],
  ])('refuses %s, which is a mistake in the program, and says where it is', (_title, data, message) => {
    expect(() => render(data)).toThrow(`Out of range float values are not JSON compliant: ${message}`);
  });

  it('refuses data that holds itself', () => {
    const data: Record<string, unknown> = { n: 1n };
    data['self'] = data;
    expect(() => render(data)).toThrow(TypeError);
  });

  it('writes an object twice where it stands in two places', () => {
    const shared = { id: 1n };
    expect(render([shared, shared])).toBe('[{"id":1},{"id":1}]');
  });
});
