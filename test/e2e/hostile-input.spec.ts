import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const DEEP = 100_000;
const BOOK = { title: 'Hostile', isbn: '9780000000001', author: 1, price: '1.00', pages: 1 };
const bookWith = (name: string, json: string) => `${JSON.stringify(BOOK).slice(0, -1)},"${name}":${json}}`;

/** JSON texts that no column, or no parser, can hold. */
const TEXTS: readonly (readonly [what: string, json: string])[] = [
  ['arrays 100,000 deep', '['.repeat(DEEP) + ']'.repeat(DEEP)],
  ['arrays 100,000 deep that never end', '['.repeat(DEEP)],
  ['objects 100,000 deep', '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
  ['a NUL', '"a\\u0000b"'],
  ['half a surrogate pair', '"\\ud800"'],
  ['a key that is half a surrogate pair', '{"\\udc00":1}'],
  ['a key of a prototype', '{"__proto__":{"isStaff":true},"constructor":1}'],
  ['a number past every double', '1e400'],
  ['a number of 5,000 digits', '9'.repeat(5_000)],
  ['a number past 64 bits', '18446744073709551616'],
  ['a negative zero', '-0'],
  ['a year past the calendar', '"99999-01-01"'],
  ['a year of no calendar', '"0000-00-00"'],
  ['a moment past every Date', '"+275760-09-13T00:00:00.001Z"'],
  ['a boolean', 'true'],
  ['null', 'null'],
  ['an array', '[]'],
  ['an object', '{}'],
];

describe('A body is answered with less than 500', () => {
  const fields = ['title', 'isbn', 'author', 'publisher', 'price', 'pages', 'published', 'language', 'in_stock', 'rating', 'metadata', 'genres'];
  it.each(TEXTS)('%s, in any field of a create and a change', async (_what, json) => {
    for (const field of fields) {
      for (const [method, url] of [
        ['POST', '/library/books/'],
        ['PATCH', '/library/books/1/'],
      ] as const) {
        const { statusCode, body } = await library.send(method, url, { as: 'alice', payload: bookWith(field, json), headers: JSON_TYPE });
        expect([field, statusCode < 500, statusCode < 500 ? '' : body]).toEqual([field, true, '']);
      }
    }
  });

  it.each(TEXTS)('%s, as the whole body and in nested rows', async (_what, json) => {
    for (const payload of [json, `{"name":"x","items":${json}}`, `{"name":"x","items":[{"book":${json},"position":${json},"note":${json}}]}`]) {
      const { statusCode, body } = await library.send('POST', '/library/reading-lists/', { as: 'alice', payload, headers: JSON_TYPE });
      expect([statusCode < 500, statusCode < 500 ? '' : body]).toEqual([true, '']);
    }
  });

  it('depth is told as the client’s mistake', async () => {
    const answer = await library.send('POST', '/library/books/', { as: 'alice', payload: '['.repeat(DEEP), headers: JSON_TYPE });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ detail: string }>().detail).toMatch(/^JSON parse error - /);
  });
});

const VALUES = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%FF',
  '1e400',
  '99999999999999999999',
  '-1',
  '0x10',
  '٣',
  '99999-01-01',
  '0000-00-00',
  '',
  ' ',
  '[]',
  '{}',
];

describe('An address is answered with less than 500', () => {
  const urls = (value: string) => [
    `/library/books/${value}/`,
    `/library/books/${value}/reviews/`,
    `/library/genres/${value}/`,
    `/library/loans/${value}/`,
    `/library/reviews/?cursor=${value}`,
    `/library/authors/?limit=${value}&offset=${value}`,
    ...['page', 'page_size', 'search', 'ordering', 'format'].map((name) => `/library/books/?${name}=${value}`),
    ...['title', 'title__icontains', 'author', 'author__in', 'author__name__icontains', 'publisher__country', 'price', 'price__range'].map(
      (name) => `/library/books/?${name}=${value}`,
    ),
    ...[
      'pages__gte',
      'published',
      'published__year',
      'published__year__gte',
      'published__isnull',
      'language__in',
      'in_stock',
      'rating__gte',
      'genre',
    ].map((name) => `/library/books/?${name}=${value}`),
  ];

  it.each(VALUES)('%j, as a key, in every filter and in a cursor', async (value) => {
    for (const url of urls(value)) {
      const { statusCode, body } = await library.send('GET', url, { as: 'admin' });
      expect([url, statusCode < 500, statusCode < 500 ? '' : body]).toEqual([url, true, '']);
    }
  });

  it.each([
    ['of another order', ['x']],
    ['with a NUL', ['2025-01-01T00:00:00.000Z\u0000', 1]],
    ['with a year of no calendar', ['+275760-09-13T00:00:00.001Z', 1]],
    ['with a number past the column', ['2025-01-01T00:00:00.000Z', 1e300]],
    ['with nulls', [null, null]],
    ['with objects', [{}, []]],
  ])('a cursor that is well made and holds a position %s is DRF’s 404', async (_what, position) => {
    for (const text of [JSON.stringify(position), `p=${encodeURIComponent(JSON.stringify(position))}`, `r=1&p=${String(position)}`]) {
      const answer = await library.send('GET', `/library/reviews/?cursor=${encodeURIComponent(Buffer.from(text).toString('base64'))}`);
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Invalid cursor' }]);
    }
  });
});
