import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { SimpleMetadata } from '../../../src/framework/metadata/simple-metadata.js';
import { actionName, viewName } from '../../../src/framework/metadata/view-name.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { requestOf } from '../requests/request-of.js';

describe('a view', () => {
  it.each([
    ['BookViewSet', 'List', 'Book List'],
    ['BookViewSet', 'Instance', 'Book Instance'],
    ['ReadingListViewSet', 'List', 'Reading List List'],
    ['ReadingListViewSet', undefined, 'Reading List'],
    ['APIRootView', null, 'Api Root'],
    ['MeView', '', 'Me'],
    ['HTTPServerView', undefined, 'Http Server'],
    ['View', undefined, 'View'],
    ['ViewSet', undefined, 'View Set'],
    ['book_shelf', undefined, 'Book Shelf'],
    ['Books2ViewSet', 'List', 'Books2 List'],
    ['ÉtudeViewSet', 'List', 'Étude List'],
  ])('%s with the suffix %s is called "%s"', (className, suffix, name) => {
    expect(viewName(className, suffix)).toBe(name);
  });

  it.each([
    ['borrow', 'Borrow'],
    ['giveBack', 'Give back'],
    ['give_back', 'Give back'],
    ['exportPDF', 'Export pdf'],
    ['stats2', 'Stats2'],
  ])('has an action %s that is called "%s"', (method, name) => {
    expect(actionName(method)).toBe(name);
  });
});

describe('OPTIONS', () => {
  it('answers name, description and media types, in this order', async () => {
    const metadata = await new SimpleMetadata().determineMetadata(requestOf({ method: 'OPTIONS' }));
    expect(JSON.stringify(metadata)).toBe(
      JSON.stringify({
        name: 'Book List',
        description: 'Books of the library.',
        renders: ['application/json', 'text/html'],
        parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
      }),
    );
  });

  it('on a hand-written controller is a mistake of the developer', () => {
    const request = RestRequest.of({ method: 'OPTIONS', url: '/hand-written', headers: {}, routeOptions: { config: {} } } as never);
    expect(() => new SimpleMetadata().determineMetadata(request)).toThrow(ConfigurationError);
  });
});
