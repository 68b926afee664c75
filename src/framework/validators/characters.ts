import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Validator } from './validator.js';

/** Texts without NUL, which PostgreSQL cannot store: Django's ProhibitNullCharactersValidator. */
export function noNullCharacters(message = 'Null characters are not allowed.'): Validator<string> {
  const error = errorDetail(message, 'null_characters_not_allowed');
  return (value) => {
    if (value.includes('\0')) throw new ValidationError([error]);
  };
}

/** Texts without half of a surrogate pair, which UTF-8 cannot hold: DRF's ProhibitSurrogateCharactersValidator. `{code_point}` is the first one's. */
export function noSurrogateCharacters(message = 'Surrogate characters are not allowed: U+{code_point}.'): Validator<string> {
  return (value) => {
    if (value.isWellFormed()) return;
    const codePoint = value
      .charCodeAt(value.search(/\p{Surrogate}/u))
      .toString(16)
      .toUpperCase();
    throw new ValidationError([errorDetail(message, 'surrogate_characters_not_allowed', { code_point: codePoint })]);
  };
}
