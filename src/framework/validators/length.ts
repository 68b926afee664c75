import { errorDetail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Validator } from './validator.js';

/**
 * Texts of at most so many characters. A character is a code point, as PostgreSQL's `varchar(n)` counts them: an emoji is one.
 * @throws ConfigurationError for a limit that is no whole number from 0.
 */
export function maxLength(limit: number, message = 'Ensure this field has no more than {max_length} characters.'): Validator<string> {
  assertLimit('maxLength', limit);
  const error = errorDetail(message, 'max_length', { max_length: limit });
  return (value) => {
    // A text has at least half as many code points as code units: most need no counting.
    if (value.length > limit && (value.length > 2 * limit || codePoints(value) > limit)) throw new ValidationError([error]);
  };
}

/**
 * Texts of at least so many characters, which are code points.
 * @throws ConfigurationError for a limit that is no whole number from 0.
 */
export function minLength(limit: number, message = 'Ensure this field has at least {min_length} characters.'): Validator<string> {
  assertLimit('minLength', limit);
  const error = errorDetail(message, 'min_length', { min_length: limit });
  return (value) => {
    if (value.length < limit || (value.length < 2 * limit && codePoints(value) < limit)) throw new ValidationError([error]);
  };
}

function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) count += 1;
  return count;
}

function assertLimit(name: string, limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new ConfigurationError(`${name}(${limit}): a limit is a whole number from 0.`);
}
