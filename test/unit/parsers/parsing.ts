import { tmpdir } from 'node:os';
import { Uploads } from '../../../src/framework/files/uploads.js';
import { DEFAULT_BODY_LIMITS } from '../../../src/framework/parsers/body-limits.js';
import type { BodyLimits, ParserContext } from '../../../src/framework/parsers/parser.js';
import { requestOf } from '../requests/request-of.js';

/** What a parser is given, for a request of no length that is known. */
export function contextOf(contentType: string, limits: Partial<BodyLimits> = {}, more: Partial<ParserContext> = {}): ParserContext {
  const all = { ...DEFAULT_BODY_LIMITS, ...limits };
  return { contentType, limits: all, uploads: new Uploads(all, tmpdir()), request: requestOf({ method: 'POST' }), ...more };
}
