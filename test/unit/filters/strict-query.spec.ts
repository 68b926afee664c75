import { describe, expect, it } from 'vitest';
import type { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { StrictQuery } from '../../../src/framework/filters/strict-query.js';
import { QueryParams } from '../../../src/framework/requests/query-params.js';

const strict = new StrictQuery(['page', 'page_size', 'search', 'author__name__icontains', 'price__gte']);

function bodyOf(query: string): unknown {
  try {
    strict.check(new QueryParams(query));
  } catch (error) {
    return (error as ValidationError).body();
  }
  return 'fine';
}

describe('StrictQuery', () => {
  it.each(['', 'page=1', 'search=&search=x&price__gte=1'])('lets the known parameters of ?%s through', (query) => {
    expect(bodyOf(query)).toBe('fine');
  });

  it.each([
    ['pagesize=3', { pagesize: ['Unknown parameter. Did you mean "page_size"?'] }],
    ['Search=3', { Search: ['Unknown parameter. Did you mean "search"?'] }],
    ['price_gte=3&page=1', { price_gte: ['Unknown parameter. Did you mean "price__gte"?'] }],
    ['author__name__contains=x', { author__name__contains: ['Unknown parameter. Did you mean "author__name__icontains"?'] }],
    ['unrelated=3', { unrelated: ['Unknown parameter.'] }],
    ['constructor=1', { constructor: ['Unknown parameter.'] }],
    [`${'p'.repeat(5000)}=1`, { ['p'.repeat(5000)]: ['Unknown parameter.'] }],
    ['=1', { '': ['Unknown parameter.'] }],
  ])('refuses ?%s and names the nearest', (query, body) => {
    expect(bodyOf(query)).toEqual(body);
  });

  it('tells prototype names as any other', () => {
    expect(JSON.stringify(bodyOf('__proto__=1'))).toBe('{"__proto__":["Unknown parameter."]}');
  });

  it('tells of the first twenty', () => {
    expect(Object.keys(bodyOf(Array.from({ length: 500 }, (_each, index) => `x${index}=1`).join('&')) as object)).toHaveLength(20);
  });
});
