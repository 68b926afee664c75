import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Validator } from './validator.js';

/** Names of an object without `__proto__`, which code that assigns it takes for the prototype: JSON with it is refused by its parser. */
export const noPrototypeName: Validator<string> = (key) => {
  if (key === '__proto__') throw new ValidationError([errorDetail('The key "{key}" is not allowed.', 'invalid', { key })]);
};
