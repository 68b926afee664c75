import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { ItemAnswers } from '../validators/item-answers.js';
import type { Field, FieldContext } from './field.js';
import { JSONField } from './json-field.js';
import { ReadingField } from './reading-field.js';

export type Child = Field<unknown, unknown>;
export type OutOf<C> = C extends Field<infer Out, any, any> ? Out : unknown;
export type InOf<C> = C extends Field<any, infer In, any> ? In : unknown;

/**
 * The field of the items of a list or dictionary; any JSON where none is given (FLD-30).
 * @throws ConfigurationError for a field that does not read and show a value by itself.
 */
export function useChild(owner: string, child: Field = new JSONField({ allowNull: true })): Field {
  if (child.options.source !== undefined)
    throw new ConfigurationError(`${owner}: the child's source (${child.options.source}) has no meaning; leave it out.`);
  if (child instanceof ReadingField && !child.readsAlone)
    throw new ConfigurationError(
      `${owner}: a ${child.constructor.name} looks at rows and cannot be a child; give it many: true in place of the ${owner}.`,
    );
  return child;
}

/**
 * What a child makes of each item, as a serializer reads a field: null, value, validators. What asynchronous ones say is kept with the whole that
 * `build` makes of the items, until its own validators are run.
 * @throws ValidationError with the errors of every item, by its key.
 */
export function readChildren<K extends string | number, T extends object>(
  child: Field,
  items: Iterable<readonly [K, unknown]>,
  context: FieldContext,
  build: (read: [K, unknown][]) => T,
  checkKey?: (key: K) => void,
): T {
  const errors: [string, Detail][] = [];
  const read: [K, unknown][] = [];
  const answers = new ItemAnswers();
  for (const [key, item] of items) {
    try {
      checkKey?.(key);
      read.push([key, readChild(child, item, context, (answer) => answers.add(key, answer))]);
    } catch (error) {
      errors.push([String(key), detailOf(error)]);
    }
  }
  refuse(errors);
  const whole = build(read);
  answers.keepFor(whole);
  return whole;
}

/**
 * Finishes what `readChildren` has read with a child whose values take time, one after another: each may need much.
 * @throws ValidationError as it does.
 */
export async function completeChildren<K extends string | number>(
  child: Field,
  items: Iterable<readonly [K, unknown]>,
  context: FieldContext,
): Promise<[K, unknown][]> {
  const errors: [string, Detail][] = [];
  const completed: [K, unknown][] = [];
  for (const [key, item] of items) {
    try {
      const value: unknown = item === null ? null : await child.complete?.(item, context);
      if (value !== null) await child.runValidators(value, context);
      completed.push([key, value]);
    } catch (error) {
      errors.push([String(key), detailOf(error)]);
    }
  }
  refuse(errors);
  return completed;
}

function readChild(child: Field, item: unknown, context: FieldContext, keep: (answer: void | Promise<void>) => void): unknown {
  if (item === null) return child.options.allowNull ? null : child.fail('null');
  const value: unknown = child.toInternalValue(item, context);
  // They look at the whole value, which is not there yet.
  if (!child.complete) keep(child.runValidators(value, context));
  return value;
}

function detailOf(error: unknown): Detail {
  if (!(error instanceof ValidationError)) throw error;
  return error.detail;
}

function refuse(errors: readonly (readonly [string, Detail])[]): void {
  if (errors.length) throw new ValidationError(Object.fromEntries(errors));
}
