import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { DEFAULT_BODY_LIMITS } from '../../../src/framework/parsers/body-limits.js';
import { DefaultContentNegotiation } from '../../../src/framework/negotiation/default-content-negotiation.js';
import { FormParser } from '../../../src/framework/parsers/form-parser.js';
import { JSONParser } from '../../../src/framework/parsers/json-parser.js';
import { MultiPartParser } from '../../../src/framework/parsers/multipart-parser.js';
import { BrowsableAPIRenderer } from '../../../src/framework/renderers/browsable-api-renderer.js';
import { JSONRenderer } from '../../../src/framework/renderers/json-renderer.js';

/** What the classes under test read of a handler. */
export const HANDLER = {
  name: 'Book List',
  description: 'Books of the library.',
  negotiation: new DefaultContentNegotiation(),
  parsers: [new JSONParser(), new FormParser(), new MultiPartParser()],
  renderers: [new JSONRenderer(), new BrowsableAPIRenderer()],
  settings: { urlFormatOverride: 'format', limits: DEFAULT_BODY_LIMITS },
};

/** A request that reached a handler, without a server. */
export function requestOf(
  raw: { url?: string; method?: string; headers?: Record<string, string>; body?: unknown; host?: string },
  handler: object | undefined = HANDLER,
): RestRequest {
  const request = {
    method: 'GET',
    url: '/books/',
    headers: {},
    protocol: 'http',
    host: 'api.example',
    raw: {},
    ...raw,
    routeOptions: { config: { rest: handler } },
  };
  return RestRequest.of(request as unknown as FastifyRequest);
}
