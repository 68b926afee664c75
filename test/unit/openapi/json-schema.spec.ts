import { describe, expect, it } from 'vitest';
import { modernized, orNull } from '../../../src/framework/openapi/json-schema.js';

describe('orNull', () => {
  it.each([
    [{ type: 'string' }, { type: ['string', 'null'] }],
    [{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
    [
      { type: 'string', enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [{ enum: ['a'] }, { enum: ['a', null] }],
    [{ $ref: '#/a' }, { anyOf: [{ $ref: '#/a' }, { type: 'null' }] }],
    [{ anyOf: [{ type: 'string' }] }, { anyOf: [{ anyOf: [{ type: 'string' }] }, { type: 'null' }] }],
    [{}, {}],
  ])('of %j is %j', (schema, expected) => {
    expect(orNull(schema)).toEqual(expected);
  });
});

describe('modernized', () => {
  it.each([
    ['makes the type null of nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['drops a nullable that is false', { type: 'string', nullable: false }, { type: 'string' }],
    [
      'reaches into properties and items',
      { properties: { a: { type: 'array', items: { type: 'integer', nullable: true } } } },
      { properties: { a: { type: 'array', items: { type: ['integer', 'null'] } } } },
    ],
    ['leaves a property called nullable', { properties: { nullable: { type: 'boolean' } } }, { properties: { nullable: { type: 'boolean' } } }],
    ['leaves data', { default: { nullable: true }, enum: [{ nullable: true }] }, { default: { nullable: true }, enum: [{ nullable: true }] }],
  ])('%s', (_rule, schema, expected) => {
    expect(modernized(schema)).toEqual(expected);
  });
});
