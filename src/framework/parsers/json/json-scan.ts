import type { BodyLimits } from '../parser.js';
import { Message } from '../../messages/message.js';
import { jsonError } from './json-error.js';
import { isExact } from './number-text.js';

/**
 * One pass over a JSON text, before anything else looks at it: counts levels and values, and answers whether `JSON.parse` keeps its numbers as they are.
 * A text that is malformed may count as anything; both readers stop at its first mistake, which no level after it can undo.
 * @throws ParseError past the limits.
 */
export function scanJson(text: string, limits: Pick<BodyLimits, 'depth' | 'nodes'>): boolean {
  let depth = 0;
  let nodes = 0;
  let exact = true;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      nodes++;
      at = afterString(text, at + 1);
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      nodes++;
      if (++depth > limits.depth) throw jsonError(new Message('Nested too deeply: more than {limit} levels.', { limit: limits.depth }));
      at++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth--;
      at++;
    } else if (code === COLON) {
      nodes--; // what stood before it was a key
      at++;
    } else if (isNumberPart(code)) {
      const start = at;
      while (isNumberPart(text.charCodeAt(++at)));
      nodes++;
      if (exact && at - start > SAFE_LENGTH) exact = isExact(text.slice(start, at));
      else if (exact && at - start > 3 && hasExponent(text, start, at)) exact = isExact(text.slice(start, at));
    } else if (code >= LETTER_A) {
      nodes++;
      while (text.charCodeAt(++at) >= LETTER_A && text.charCodeAt(at) < OPEN_OBJECT);
    } else {
      at++;
    }
  }
  if (nodes > limits.nodes) throw jsonError(new Message('Too many values: more than {limit}.', { limit: limits.nodes }));
  return exact;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LETTER_A = 0x61;
/** A number of so many characters without an exponent has at most 15 digits, and a double keeps those. */
const SAFE_LENGTH = 15;

function afterString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

/** Digits, `-`, `+`, `.`, `e`, `E`. */
function isNumberPart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2b || code === 0x2e || code === 0x65 || code === 0x45;
}

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((text.charCodeAt(at) | 0x20) === 0x65) return true;
  return false;
}
