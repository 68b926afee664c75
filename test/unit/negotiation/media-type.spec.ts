import { describe, expect, it } from 'vitest';
import { MediaType } from '../../../src/framework/negotiation/media-type.js';

describe('a media type', () => {
  it.each([
    ['application/json', 'application', 'json', {}],
    [' Application/JSON ; Indent=4 ', 'application', 'json', { indent: '4' }],
    ['text/plain; charset="UTF-8";q=0.1', 'text', 'plain', { charset: 'UTF-8', q: '0.1' }],
    ['a/b; title="x; y, \\"z\\"\\\\"; v=1', 'a', 'b', { title: 'x; y, "z"\\', v: '1' }],
    ['a/b;;nonsense;=;c=', 'a', 'b', { '': '', c: '' }],
    ['*/*', '*', '*', {}],
    ['garbage', 'garbage', '', {}],
    ['', '', '', {}],
    ['a/b; __proto__=x; constructor=y', 'a', 'b', { ['__proto__']: 'x', constructor: 'y' }],
    ['a/b; x="', 'a', 'b', { x: '"' }],
  ])('is read from %j', (text, type, subtype, params) => {
    const read = MediaType.parse(text);
    expect([read.type, read.subtype, [...read.params]]).toEqual([type, subtype, Object.entries(params)]);
  });

  it.each([
    ['*/*', 0],
    ['*/*; version=2.0', 0],
    ['text/*', 1],
    ['text/*; q=1', 1],
    ['text/plain', 2],
    ['text/plain; q=0.5', 2],
    ['text/plain; indent=4', 3],
    ['text/plain; indent=4; q=0.5', 3],
    ['garbage', 2],
    ['', 2],
  ] as const)('%j has the precedence %i', (text, precedence) => {
    expect(MediaType.parse(text).precedence).toBe(precedence);
  });

  it.each([
    ['application/json', 'application/json', true],
    ['application/json', 'APPLICATION/json; indent=4', true],
    ['application/json', 'application/*', true],
    ['application/json', '*/*', true],
    ['*/*', 'image/png', true],
    ['image/*', 'image/png', true],
    ['application/json', 'text/json', false],
    ['application/json', 'application/xml', false],
    ['application/json', 'application/json2', false],
    ['application/json', 'text/*', false],
    ['application/json', '', false],
    ['application/json', 'garbage', false],
    ['application/json; version=1', 'application/json; version=1; indent=4', true],
    ['application/json; version=1', 'application/json; version=2', false],
    ['application/json; version=1', 'application/json', false],
    ['application/json; q=1', 'application/json', true],
  ])('%j satisfies %j: %s', (own, other, matches) => {
    expect(MediaType.parse(own).matches(MediaType.parse(other))).toBe(matches);
  });
});
