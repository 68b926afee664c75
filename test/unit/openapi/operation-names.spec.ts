import { describe, expect, it } from 'vitest';
import { models } from '#library/generated/models.js';
import { OperationNames, summaryOf, tagOf } from '../../../src/framework/openapi/operation-names.js';
import type { RegisteredRoute } from '../../../src/framework/viewsets/registered-views.js';

class BookViewSet {}
class MeView {}

interface Said {
  readonly property?: string;
  readonly method?: string;
  readonly kind?: 'view' | 'viewset';
  readonly extra?: string;
  readonly options?: object;
  readonly policies?: object;
  readonly prefix?: string;
  readonly url?: string;
  readonly view?: object;
}

const route = ({
  property = 'list',
  method = 'GET',
  kind = 'viewset',
  extra,
  options = {},
  policies = {},
  prefix = 'books',
  url = '/library/books',
  view = new BookViewSet(),
}: Said) =>
  ({
    url,
    method,
    handler: { view, name: 'Shown Name' },
    metadata: { kind, prefix, options },
    route: { property, extra, policies },
  }) as unknown as RegisteredRoute;

describe('the name of an operation', () => {
  it.each([
    ["the model's plural for lists", { options: { model: models.readingList } }, 'listReadingLists'],
    ['the model', { property: 'partialUpdate', method: 'PATCH', options: { model: models.readingList } }, 'partialUpdateReadingList'],
    [
      'a basename over the model',
      { property: 'create', method: 'POST', options: { model: models.review, basename: 'book-review' } },
      'createBookReview',
    ],
    ["the basename's plural", { options: { basename: 'library' } }, 'listLibraries'],
    ['the class where there is no model', {}, 'listBooks'],
    ['an extra action', { property: 'giveBack', method: 'POST', extra: 'giveBack', options: { model: models.loan } }, 'giveBackLoan'],
    [
      "a view's class and what its method does",
      { kind: 'view', property: 'patch', method: 'PATCH', view: new MeView(), options: { model: models.user } },
      'partialUpdateMe',
    ],
  ] satisfies [string, Said, string][])('is of %s', (_rule, said, name) => {
    expect(new OperationNames().idOf(route(said))).toBe(name);
  });

  it('gets its method, then a number, where another has it', () => {
    const names = new OperationNames(['listBooks']);
    expect([1, 2, 3].map(() => names.idOf(route({})))).toEqual(['listBooksGet', 'listBooks2', 'listBooks3']);
  });
});

describe('the summary', () => {
  it.each([
    [{ options: { model: models.readingList } }, 'List reading lists'],
    [{ property: 'destroy', options: { model: models.book } }, 'Delete book'],
    [{ options: { model: models.book }, policies: { name: 'x' } }, 'Shown Name'],
    [{ property: 'borrow', extra: 'borrow', options: { model: models.book } }, 'Shown Name'],
    [{ kind: 'view', property: 'get' }, 'Shown Name'],
  ] satisfies [Said, string][])('of %j is %s', (said, summary) => {
    expect(summaryOf(route(said))).toBe(summary);
  });
});

describe('the tag', () => {
  it.each([
    ['books', '/library/books', 'books'],
    ['books/:book/reviews', '/library/books/:book/reviews', 'books'],
    [':tenant/books', '/:tenant/books', 'books'],
    ['', '/library', 'library'],
    ['', '/', undefined],
  ])('of a view at %j under %s is %s', (prefix, url, tag) => {
    expect(tagOf(route({ prefix, url }))).toBe(tag);
  });
});
