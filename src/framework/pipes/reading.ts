import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { Message } from '../messages/message.js';
import { jsonError } from '../parsers/json/json-error.js';

/** What holds for every object that a pipe reads. */
export interface Reading {
  /** The groups of decorators that count; none are all of class-validator's, and of class-transformer's those without a group. */
  readonly groups: readonly string[];
  /** Whether a name that no property has is ignored, or refused. */
  readonly unknown: 'ignore' | 'refuse';
  /** The most levels of objects and lists. */
  readonly depth: number;
  readonly nonFieldErrorsKey: string;
}

/** @throws ParseError past the limit: recursion ends before the stack does. */
export function assertDepth({ depth: limit }: Reading, depth: number): void {
  if (depth > limit) throw jsonError(new Message('Nested too deeply: more than {limit} levels.', { limit }));
}

/** Why a step has failed, where the client is to know. */
export function detailOf(error: unknown): Detail {
  if (error instanceof ValidationError) return error.detail;
  throw error;
}
