import { errorDetail, type Detail, type ErrorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { pythonType } from '../fields/text/python.js';
import { RawNumber } from '../parsers/raw-number.js';
import { FormValues } from '../requests/form-values.js';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * A username, trimmed, and a password, as it is: DRF's `AuthTokenSerializer`.
 * @throws ValidationError with messages by field.
 */
export function readLogin(data: unknown, nonFieldErrorsKey: string): Login {
  if (data === null || data === undefined) throw new ValidationError({ [nonFieldErrorsKey]: [errorDetail('No data provided', 'null')] });
  if (typeof data !== 'object' || Array.isArray(data) || data instanceof RawNumber) {
    throw new ValidationError({
      [nonFieldErrorsKey]: [errorDetail('Invalid data. Expected a dictionary, but got {datatype}.', 'invalid', { datatype: pythonType(data) })],
    });
  }
  const username = readText(valueOf(data, 'username'), true);
  const password = readText(valueOf(data, 'password'), false);
  if (typeof username === 'string' && typeof password === 'string') return { username, password };
  const errors: Record<string, Detail> = {};
  if (typeof username !== 'string') errors['username'] = username;
  if (typeof password !== 'string') errors['password'] = password;
  throw new ValidationError(errors);
}

/** The one answer to every login that is refused: it tells nothing of why. */
export function refusedLogin(nonFieldErrorsKey: string): ValidationError {
  return new ValidationError({ [nonFieldErrorsKey]: [errorDetail('Unable to log in with provided credentials.', 'authorization')] });
}

function valueOf(data: object, name: string): unknown {
  if (data instanceof FormValues) return data.get(name);
  return Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : undefined;
}

/** A text, or what is wrong with it: DRF's `CharField`. */
function readText(value: unknown, trim: boolean): string | readonly ErrorDetail[] {
  if (value === undefined) return [errorDetail('This field is required.', 'required')];
  if (value === null) return [errorDetail('This field may not be null.', 'null')];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof RawNumber)) {
    return [errorDetail('Not a valid string.', 'invalid')];
  }
  const text = trim ? String(value).trim() : String(value);
  if (text === '') return [errorDetail('This field may not be blank.', 'blank')];
  const errors: ErrorDetail[] = [];
  if (text.includes('\0')) errors.push(errorDetail('Null characters are not allowed.', 'null_characters_not_allowed'));
  const surrogate = /\p{Surrogate}/u.exec(text);
  if (surrogate) {
    const codePoint = surrogate[0].charCodeAt(0).toString(16).toUpperCase();
    errors.push(errorDetail('Surrogate characters are not allowed: U+{code_point}.', 'surrogate_characters_not_allowed', { code_point: codePoint }));
  }
  return errors.length > 0 ? errors : text;
}
