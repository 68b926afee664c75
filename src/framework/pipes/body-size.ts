import { errorDetail } from '../exceptions/error-detail.js';
import { ParseError } from '../exceptions/exceptions.js';
import { Message } from '../messages/message.js';
import { jsonError } from '../parsers/json/json-error.js';
import type { BodyLimits } from '../parsers/parser.js';

/**
 * Counts what Nest has parsed for a hand-written controller: the framework's parsers count while they read.
 * @throws ParseError past `limits.nodes` and `limits.depth`, as those do.
 */
export function assertSize(body: unknown, { depth: deepest, nodes: most }: Pick<BodyLimits, 'depth' | 'nodes'>): void {
  const waiting: [value: unknown, depth: number][] = [[body, 1]];
  let nodes = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next;
    if (++nodes > most) throw jsonError(new Message('Too many values: more than {limit}.', { limit: most }));
    if (typeof value !== 'object' || value === null) continue;
    if (depth > deepest) throw jsonError(new Message('Nested too deeply: more than {limit} levels.', { limit: deepest }));
    for (const one of Object.values(value)) waiting.push([one, depth + 1]);
  }
}

/** @throws ParseError past `limits.formFields`, as the framework's parser of forms does. */
export function assertFields(count: number, { formFields: limit }: Pick<BodyLimits, 'formFields'>): void {
  if (count > limit) throw new ParseError(errorDetail('Form parse error - more than {limit} fields.', 'parse_error', { limit }));
}
