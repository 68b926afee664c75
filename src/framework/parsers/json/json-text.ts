import type { BodyLimits } from '../parser.js';
import { JSONReader } from './json-reader.js';
import { scanJson } from './json-scan.js';

/** The key that would set a prototype, perhaps with some of its letters escaped. */
const PROTOTYPE_KEY = /__proto__|\\u00(?:5f|6f|7[024])/i;

/**
 * The value of a JSON text, by `JSON.parse` where that loses nothing.
 * @throws ParseError for a text that is malformed, too deep or too long, or holds the key `__proto__`.
 */
export function parseJsonText(text: string, limits: Pick<BodyLimits, 'depth' | 'nodes'>): unknown {
  if (scanJson(text, limits) && !PROTOTYPE_KEY.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // The reader below says what is wrong.
    }
  }
  return new JSONReader(text).read();
}
