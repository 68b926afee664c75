import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { FieldContext } from '../fields/field.js';
import type { Validator } from './validator.js';

/**
 * Asks validators about a value, all of them: a promise where one of them is asynchronous.
 * @throws ValidationError with all their messages in their order, or with the first record of messages, as in DRF (SER-8).
 */
export type Validation = (value: unknown, context: FieldContext) => void | Promise<void>;

/** What a validator has found; undefined where it has nothing against the value. */
type Found = Detail | undefined;
/** Goes on behind the first validator that answers or throws. */
type Rest = (at: number, answer: unknown, thrown: boolean, value: unknown, context: FieldContext) => void | Promise<void>;

/**
 * Makes a validation of validators, at boot: as code, where every call has one target and can be inlined. A loop over the functions of every field of the
 * application takes twice as long.
 */
export function validation(validators: readonly Validator[]): Validation {
  if (validators.length === 0) return nothing;
  const names = validators.map((_validator, at) => `v${at}`);
  const asks = names.map((name, at) => `at = ${at}; if ((answer = ${name}(value, context)) !== undefined) break asked;`);
  const body = `return function validate(value, context) {
    let at = 0, answer, thrown = false;
    asked: try { ${asks.join(' ')} return; } catch (error) { thrown = true; answer = error; }
    return rest(at, answer, thrown, value, context);
  };`;
  const rest: Rest = (at, answer, thrown, value, context) =>
    findRest(validators.slice(at + 1), thrown ? detailOf(answer) : answered(answer), value, context);
  return new Function('rest', ...names, body)(rest, ...validators) as Validation;
}

function findRest(validators: readonly Validator[], first: Found | Promise<Found>, value: unknown, context: FieldContext): void | Promise<void> {
  const found = [first];
  for (const validator of validators) {
    if (endsIt(found.at(-1))) break;
    found.push(foundBy(validator, value, context));
  }
  return found.some((one) => one instanceof Promise) ? Promise.all(found).then(refuse) : refuse(found as Found[]);
}

/** A record of messages ends it. */
const endsIt = (found: Found | Promise<Found>) => found !== undefined && !(found instanceof Promise) && !Array.isArray(found);

function foundBy(validator: Validator, value: unknown, context: FieldContext): Found | Promise<Found> {
  try {
    return answered(validator(value, context));
  } catch (error) {
    return detailOf(error);
  }
}

const answered = (answer: unknown): Promise<Found> | undefined => (isThenable(answer) ? Promise.resolve(answer).then(nothing, detailOf) : undefined);

const isThenable = (answer: unknown): answer is PromiseLike<void> =>
  typeof (answer as Partial<PromiseLike<void>> | null | undefined)?.then === 'function';

const nothing = () => undefined;

function detailOf(error: unknown): Detail {
  if (error instanceof ValidationError) return error.detail;
  throw error;
}

function refuse(found: readonly Found[]): void {
  const details = found.filter((one) => one !== undefined);
  if (details.length > 0) throw new ValidationError(joined(details));
}

/** All messages of lists in their order, or the first record: two records, or a list and a record, have no place beside each other. */
export const joined = (details: readonly Detail[]): Detail => details.find((detail) => !Array.isArray(detail)) ?? details.flat();
