import { describe, expect, it } from 'vitest';
import { documentFormat } from '../../../src/framework/openapi/document-format.js';

describe('documentFormat', () => {
  it.each([
    [undefined, undefined, 'application/vnd.oai.openapi+json'],
    [undefined, '', 'application/vnd.oai.openapi+json'],
    [undefined, 'application/*', 'application/vnd.oai.openapi+json'],
    [undefined, 'application/json;q=0.5, application/vnd.oai.openapi', 'application/vnd.oai.openapi'],
    [undefined, 'application/yaml;q=0, application/json;q=0.1', 'application/json'],
    [undefined, 'application/json;q=nonsense, application/yaml', 'application/yaml'],
    [undefined, 'text/html, application/yaml', 'application/json'],
    [undefined, '\0;;;,,,/', 'application/vnd.oai.openapi+json'],
    ['yaml', 'application/json', 'application/vnd.oai.openapi'],
    ['json', 'application/yaml', 'application/vnd.oai.openapi+json'],
    ['', 'application/yaml', 'application/yaml'],
  ])('?format=%s with Accept %j is sent as %s', (format, accept, mediaType) => {
    expect(documentFormat(format, accept)?.mediaType).toBe(mediaType);
  });

  it.each(['xml', 'constructor', '__proto__', 'JSON'])('there is no ?format=%s', (format) => {
    expect(documentFormat(format, undefined)).toBeUndefined();
  });
});
