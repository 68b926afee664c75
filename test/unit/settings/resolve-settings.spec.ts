import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { SimpleMetadata } from '../../../src/framework/metadata/simple-metadata.js';
import { DefaultContentNegotiation } from '../../../src/framework/negotiation/default-content-negotiation.js';
import { FormParser } from '../../../src/framework/parsers/form-parser.js';
import { JSONParser } from '../../../src/framework/parsers/json-parser.js';
import { MultiPartParser } from '../../../src/framework/parsers/multipart-parser.js';
import { AllowAny } from '../../../src/framework/permissions/allow-any.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import { BrowsableAPIRenderer } from '../../../src/framework/renderers/browsable-api-renderer.js';
import { JSONRenderer } from '../../../src/framework/renderers/json-renderer.js';
import { camelCase, snakeCase } from '../../../src/framework/settings/naming.js';
import { overlaySettings, resolveSettings } from '../../../src/framework/settings/resolve-settings.js';

const said = { authentication: [], permissions: [IsAuthenticated] };

describe('the settings', () => {
  it('have the defaults of DRF', () => {
    expect(resolveSettings(said)).toMatchObject({
      ...said,
      renderers: [JSONRenderer, BrowsableAPIRenderer],
      parsers: [JSONParser, FormParser, MultiPartParser],
      contentNegotiation: DefaultContentNegotiation,
      metadata: SimpleMetadata,
      pagination: null,
      filterBackends: [],
      pageSize: null,
      naming: snakeCase,
      searchParam: 'search',
      orderingParam: 'ordering',
      urlFormatOverride: 'format',
      urlFieldName: 'url',
      nonFieldErrorsKey: 'non_field_errors',
      strictQuery: false,
      slashPolicy: 'redirect',
      limits: { bodyLimit: 2_621_440 },
    });
  });

  it('take what is said, one limit without the others, and undefined as not said', () => {
    const settings = resolveSettings({ ...said, searchParam: 'q', pageSize: undefined as never, limits: { depth: 8 } });
    expect(settings).toMatchObject({ searchParam: 'q', pageSize: null, limits: { depth: 8, bodyLimit: 2_621_440 } });
  });

  it('are frozen, limits too', () => {
    const settings = resolveSettings(said);
    expect([Object.isFrozen(settings), Object.isFrozen(settings.limits)]).toEqual([true, true]);
  });

  it.each<[string, object, RegExp]>([
    [
      'no permissions',
      { authentication: [] },
      /^RestModule\.forRoot: permissions must be an array of classes, got undefined\. There is no default.*permissions: \[IsAuthenticated\]/,
    ],
    [
      'no authentication',
      { permissions: [] },
      /^RestModule\.forRoot: authentication must be an array of classes, got undefined.*authentication: \[TokenAuthentication\]/,
    ],
    ['one permission outside of a list', { authentication: [], permissions: AllowAny }, /permissions must be an array of classes/],
    [
      'a setting that there is none of',
      { ...said, pagesize: 3 },
      /^RestModule\.forRoot: there is no setting pagesize\. Known are authentication, .*pageSize/,
    ],
    ['a name that every object has', { ...said, toString: 3 }, /there is no setting toString/],
    [
      'a limit that there is none of',
      { ...said, limits: { filesize: 3 } },
      /^RestModule\.forRoot: there is no limit filesize\. Known are bodyLimit, .*fileSize/,
    ],
    ['a limit that is no limit', { ...said, limits: { fileSize: Infinity } }, /limits\.fileSize is Infinity; give a whole number, 0 or greater\./],
    ['a negative limit', { ...said, limits: { files: -1 } }, /limits\.files is -1/],
    ['half a limit', { ...said, limits: { bodyLimit: 0.5 } }, /limits\.bodyLimit is 0\.5/],
  ])('are refused with %s', (_what, options, message) => {
    expect(() => resolveSettings(options as never)).toThrow(ConfigurationError);
    expect(() => resolveSettings(options as never)).toThrow(message);
  });
});

describe('a policy', () => {
  const settings = resolveSettings({ ...said, pageSize: 5 });

  it('is that of the nearest level that says one', () => {
    const overlaid = overlaySettings(
      settings,
      { permissions: [AllowAny], parsers: [FormParser] },
      undefined,
      { parsers: [JSONParser] },
      { metadata: null },
    );
    expect(overlaid).toMatchObject({ permissions: [AllowAny], parsers: [JSONParser], metadata: null, renderers: settings.renderers, pageSize: 5 });
  });

  it('is left as it is by undefined, and the application’s settings by any level', () => {
    expect(overlaySettings(settings, { permissions: undefined as never }).permissions).toEqual([IsAuthenticated]);
    expect(settings.permissions).toEqual([IsAuthenticated]);
  });

  it('is all that a level may say', () => {
    expect(overlaySettings(settings, { pageSize: 99, searchParam: 'x', name: 'Books' } as never)).toEqual(settings);
  });
});

describe('naming', () => {
  it.each([
    ['title', 'title'],
    ['inStock', 'in_stock'],
    ['averagePagesRead', 'average_pages_read'],
    ['in_stock', 'in_stock'],
    ['x1Y2', 'x1_y2'],
    ['Title', 'title'],
    ['my_Name', 'my_name'],
    ['isbn13', 'isbn13'],
    ['', ''],
  ])('%s is %s on the wire', (property, wire) => {
    expect(snakeCase(property)).toBe(wire);
    expect(camelCase(property)).toBe(property);
  });
});
