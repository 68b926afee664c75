import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { Routes } from '../../../src/framework/routers/routes.js';

const routes = new Routes();
for (const [path, routeName, methods] of [
  ['/', 'api-root', ['GET', 'HEAD', 'OPTIONS']],
  ['/books/', 'book-list', ['GET', 'POST', 'HEAD', 'OPTIONS']],
  ['/books/:pk/', 'book-detail', ['GET', 'HEAD', 'OPTIONS']],
  ['/books/:pk/borrow/', 'book-borrow', ['POST', 'OPTIONS']],
  ['/books/stats/', 'book-stats', ['GET', 'HEAD', 'OPTIONS']],
  ['/books/:book/reviews/:pk/', 'review-detail', ['GET', 'HEAD', 'OPTIONS']],
  ['/v1.0/(odd)/', null, ['GET', 'HEAD', 'OPTIONS']],
] as const) {
  routes.add({ path, routeName, methods });
}
const request = { buildAbsoluteUri: (path: string) => `https://api.example${path}` } as RestRequest;

describe('reverse', () => {
  it.each<[string, Record<string, string | number | bigint>, string]>([
    ['api-root', {}, '/'],
    ['book-list', {}, '/books/'],
    ['book-detail', { pk: 3 }, '/books/3/'],
    ['book-detail', { pk: 9007199254740993n }, '/books/9007199254740993/'],
    ['book-detail', { pk: 'a/b?c=é' }, '/books/a%2Fb%3Fc%3D%C3%A9/'],
    ['review-detail', { book: 1, pk: 2 }, '/books/1/reviews/2/'],
  ])('of %s with %o is %s (URL-1)', (name, params, path) => {
    expect(routes.reverse(name, params)).toBe(path);
    expect(routes.reverse(name, params, request)).toBe(`https://api.example${path}`);
  });

  it.each<[string, () => unknown, string]>([
    [
      'an unknown name',
      () => routes.reverse('book-lost'),
      'reverse: no address is called book-lost. Known are api-root, book-borrow, book-detail, book-list, book-stats, review-detail.',
    ],
    ['a missing parameter', () => routes.reverse('book-detail', { id: 3 }), 'reverse: the address book-detail (/books/:pk/) needs a value for pk.'],
    ['a template of an unknown name', () => routes.template('x', 'BookSerializer'), 'BookSerializer: no address is called x.'],
    [
      'a name twice',
      () => routes.add({ path: '/other/', routeName: 'book-list', methods: [] }),
      'Two addresses are called book-list: /books/ and /other/. Give one of their viewsets a basename of its own.',
    ],
  ])('is refused for %s', (_what, act, message) => {
    expect(act).toThrow(ConfigurationError);
    expect(act).toThrow(message);
  });
});

describe('resolve', () => {
  it.each<[string, object | null]>([
    ['/books/', { name: 'book-list', params: {} }],
    ['/books', { name: 'book-list', params: {} }],
    ['/books/3/', { name: 'book-detail', params: { pk: '3' } }],
    ['/books/a%2Fb%20c/', { name: 'book-detail', params: { pk: 'a/b c' } }],
    ['/books/stats/', { name: 'book-stats', params: {} }],
    ['/books/3/borrow/', { name: 'book-borrow', params: { pk: '3' } }],
    ['/books/1/reviews/2/', { name: 'review-detail', params: { book: '1', pk: '2' } }],
    ['/', { name: 'api-root', params: {} }],
    ['', { name: 'api-root', params: {} }],
    ['/books//', null],
    ['/books/3/borrow/more/', null],
    ['/books/%/', null],
    ['/books/%ff/', null],
    ['/v1.0/(odd)/', null],
    ['books/', null],
  ])('of %s is %o', (path, match) => {
    expect(routes.resolve(path)).toEqual(match);
  });
});

describe('the routes', () => {
  it.each<[string, readonly string[] | null]>([
    ['/books', ['GET', 'POST', 'HEAD', 'OPTIONS']],
    ['/books/3/borrow/', ['POST', 'OPTIONS']],
    ['/books/stats/', ['GET', 'HEAD', 'OPTIONS']],
    ['/v1.0/(odd)/', ['GET', 'HEAD', 'OPTIONS']],
    ['/v1x0/(odd)/', null],
    ['/nowhere/', null],
  ])('know the methods of %s', (path, methods) => {
    expect(routes.methodsOf(path)).toEqual(methods);
  });

  it('give a template’s parts, for links', () => {
    expect(routes.template('review-detail')).toMatchObject({ params: ['book', 'pk'], around: ['/books/:book/reviews/', '/'] });
    expect(routes.template('book-list')).toMatchObject({ params: [], around: ['/books/', ''] });
  });

  it('are a table as text, in the order of registration', () => {
    const lines = routes.toString().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toMatch(/^\/books\/ +book-list +GET, POST, HEAD, OPTIONS$/);
    expect(new Routes().toString()).toBe('');
  });

  it('keep their order of registration', () => {
    expect(routes.addresses.map(({ path }) => path)).toEqual([
      '/',
      '/books/',
      '/books/:pk/',
      '/books/:pk/borrow/',
      '/books/stats/',
      '/books/:book/reviews/:pk/',
      '/v1.0/(odd)/',
    ]);
  });
});
