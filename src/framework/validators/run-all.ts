import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { FieldContext, Validator } from '../fields/field.js';

type Found = Detail | undefined;

/**
 * Asks validators about a value, all of them: a promise where one of them is asynchronous.
 * @throws ValidationError with all their messages in their order, or with the first record of messages, as in DRF (SER-8).
 */
export function runAll(validators: readonly Validator[], value: unknown, context: FieldContext): void | Promise<void> {
  let found: (Found | Promise<Found>)[] | undefined;
  let waits = false;
  for (const validator of validators) {
    const one = foundBy(validator, value, context);
    if (one === undefined) continue;
    (found ??= []).push(one);
    if (one instanceof Promise) waits = true;
    else if (!Array.isArray(one)) break;
  }
  if (found) return waits ? Promise.all(found).then(refuse) : refuse(found as Found[]);
}

function foundBy(validator: Validator, value: unknown, context: FieldContext): Found | Promise<Found> {
  try {
    const answer = validator(value, context);
    return isThenable(answer) ? Promise.resolve(answer).then(nothing, detailOf) : undefined;
  } catch (error) {
    return detailOf(error);
  }
}

const isThenable = (answer: void | Promise<void>): answer is Promise<void> =>
  typeof (answer as Partial<Promise<void>> | undefined)?.then === 'function';

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
