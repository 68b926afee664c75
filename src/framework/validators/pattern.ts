import { errorDetail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Validator } from './validator.js';

/**
 * Texts that an expression matches somewhere, as Python's `search` does: anchor it with `^` and `$` for the whole text.
 *
 * Give it an expression that takes linear time: a client chooses the text.
 * @throws ConfigurationError for an expression with the flag `g` or `y`, which would remember the last request's match.
 */
export function pattern(expression: RegExp, message = 'Enter a valid value.', code = 'invalid'): Validator<string> {
  if (expression.global || expression.sticky) {
    throw new ConfigurationError(`pattern(${String(expression)}): the flags g and y keep a position between texts; leave them out.`);
  }
  return (value) => {
    if (!expression.test(value)) throw new ValidationError([errorDetail(message, code)]);
  };
}
