import { describe, expect, it } from 'vitest';
import { NotAcceptable, NotFound } from '../../../src/framework/exceptions/exceptions.js';
import { DefaultContentNegotiation } from '../../../src/framework/negotiation/default-content-negotiation.js';
import { Parser } from '../../../src/framework/parsers/parser.js';
import { BrowsableAPIRenderer } from '../../../src/framework/renderers/browsable-api-renderer.js';
import { JSONRenderer } from '../../../src/framework/renderers/json-renderer.js';
import { Renderer } from '../../../src/framework/renderers/renderer.js';
import { HANDLER, requestOf } from '../requests/request-of.js';

class PlainTextRenderer extends Renderer {
  override readonly mediaType = 'text/plain';
  override readonly format = 'txt';
  override render(data: unknown) {
    return String(data);
  }
}
class VersionedRenderer extends JSONRenderer {
  override readonly mediaType = 'application/json; version=2';
}

const negotiation = new DefaultContentNegotiation();
const FORMATS = [new JSONRenderer(), new PlainTextRenderer()];
const PAGES = [new JSONRenderer(), new BrowsableAPIRenderer()];

function select(
  accept: string | undefined,
  { url = '/', renderers = FORMATS as readonly Renderer[], suffix = undefined as string | undefined, handler = HANDLER as object } = {},
) {
  const [renderer, acceptedMediaType] = negotiation.selectRenderer(
    requestOf({ url, headers: accept === undefined ? {} : { accept } }, handler),
    renderers,
    suffix,
  );
  return [renderer.format, acceptedMediaType];
}

describe('the renderer by Accept, as recorded from DRF', () => {
  it.each([
    ['application/json', 'json', 'application/json'],
    ['text/plain', 'txt', 'text/plain'],
    ['*/*', 'json', 'application/json'],
    ['application/*', 'json', 'application/json'],
    ['text/*', 'txt', 'text/plain'],
    ['text/plain;q=0.1, application/json', 'json', 'application/json'],
    ['application/json; indent=4', 'json', 'application/json; indent=4'],
  ])('%j', (accept, format, mediaType) => {
    expect(select(accept)).toEqual([format, mediaType]);
  });

  it.each(['image/png', 'text/html', '', 'garbage'])('%j is a 406', (accept) => {
    expect(() => select(accept)).toThrow(NotAcceptable);
  });
});

describe('the renderer by Accept', () => {
  it('is the first where the header is absent', () => {
    expect(select(undefined)).toEqual(['json', 'application/json']);
  });

  it.each([
    ['text/*, */*', 'api', 'text/html'],
    ['*/*, text/html', 'api', 'text/html'],
    ['text/html, application/json', 'json', 'application/json'],
    ['text/html, application/json; indent=2', 'json', 'application/json; indent=2'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'api', 'text/html'],
    ['application/json;q=0, image/png', 'json', 'application/json;q=0'],
    ['*/*;q=0', 'json', 'application/json;q=0'],
    ['*/*; version=2.0', 'json', 'application/json;version=2.0'],
    ['application/*; indent=4; q=0.5', 'json', 'application/json;indent=4;q=0.5'],
    [',,application/json,', 'json', 'application/json'],
    ['__proto__, constructor/prototype, */*', 'json', 'application/json'],
  ])('follows the most specific range, then the order of renderers, and no q: %j', (accept, format, mediaType) => {
    expect(select(accept, { renderers: PAGES })).toEqual([format, mediaType]);
  });

  it('with parameters of its own needs them in the range', () => {
    const renderers = [new VersionedRenderer(), new PlainTextRenderer()];
    expect(select('application/json; version=2', { renderers })).toEqual(['json', 'application/json; version=2']);
    expect(() => select('application/json', { renderers })).toThrow(NotAcceptable);
  });
});

describe('a format', () => {
  it.each([
    ['in the query', { url: '/?format=txt' }],
    ['in the query, the last one of two', { url: '/?format=json&format=txt' }],
    ['in the address', { suffix: 'txt' }],
    ['in the address, which wins over the query', { suffix: 'txt', url: '/?format=json' }],
  ])('%s leaves the renderers of that format', (_title, options) => {
    expect(select('*/*', options)).toEqual(['txt', 'text/plain']);
  });

  it('must still be acceptable', () => {
    expect(() => select('text/plain', { url: '/?format=json' })).toThrow(NotAcceptable);
  });

  it.each([{ url: '/?format=xml' }, { suffix: 'xml' }, { url: '/?format=__proto__' }])('that no renderer has is a 404: %j', (options) => {
    expect(() => select('*/*', options)).toThrow(NotFound);
  });

  it('that is blank is none', () => {
    expect(select('*/*', { url: '/?format=' })).toEqual(['json', 'application/json']);
  });

  it.each([
    ['of another name', 'type', '/?type=txt&format=xml', 'txt'],
    ['switched off', null, '/?format=xml', 'json'],
  ])('is read from the parameter of the setting: %s', (_title, urlFormatOverride, url, format) => {
    const handler = { ...HANDLER, settings: { ...HANDLER.settings, urlFormatOverride } };
    expect(select('*/*', { url, handler })[0]).toBe(format);
  });
});

describe('the parser by Content-Type', () => {
  const parser = (mediaType: string) =>
    new (class extends Parser {
      override readonly mediaType = mediaType;
      override async parse() {
        return {};
      }
    })();
  const [json, form, any] = [parser('application/json'), parser('application/x-www-form-urlencoded'), parser('*/*')];

  it.each([
    ['application/json', json],
    ['Application/JSON; charset=utf-8', json],
    ['application/x-www-form-urlencoded', form],
    ['*/*', json],
    ['text/csv', null],
    ['application/json-patch', null],
    ['garbage', null],
    [undefined, null],
  ])('%j is the first that takes it', (contentType, expected) => {
    expect(negotiation.selectParser(requestOf({ headers: contentType === undefined ? {} : { 'content-type': contentType } }), [json, form])).toBe(
      expected,
    );
  });

  it('that takes everything takes a body without a type too', () => {
    expect(negotiation.selectParser(requestOf({}), [json, any])).toBe(any);
  });
});
