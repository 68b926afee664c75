import { errorDetail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import type { Lookups } from './answer-questions.js';
import type { CompiledSerializer } from '../compiled/compiled-serializer.js';
import { InputBatch } from './input-batch.js';
import { parseObject } from './parse-object.js';
import { ParsedList } from './parsed-list.js';

/**
 * Validates input and answers the data to save: fields, then what the database says of keys and uniqueness, then hooks, validators and `validate` (SER-8).
 * @throws ValidationError with every message, by wire name.
 */
export async function readInput(compiled: CompiledSerializer, input: unknown, context: FieldContext, lookups: Lookups): Promise<unknown> {
  if (input === null) throw new ValidationError({ [compiled.environment.settings.nonFieldErrorsKey]: [errorDetail('No data provided', 'null')] });
  const batch = new InputBatch(lookups);
  const parsed = parseObject(compiled, input, context, batch);
  await batch.answered();
  return parsed.finish();
}

/** One object of a list, the row that it changes, and why it is refused before its fields are read. */
export interface ListedInput {
  readonly input: unknown;
  readonly instance?: object;
  readonly refusal?: ValidationError;
}

/**
 * Validates a list of objects as `readInput` does one, with the same number of questions to the database however many they are (SER-16).
 * @throws ValidationError with the errors of each, by its index (SER-17).
 */
export async function readInputs(...given: Parameters<typeof parseInputs>): Promise<unknown[]> {
  return (await (await parseInputs(...given)).finish()) as unknown[];
}

/** As `readInputs`: of each object, its data or why it is refused. */
export async function readEach(...given: Parameters<typeof parseInputs>): Promise<unknown[]> {
  return (await parseInputs(...given)).settle();
}

async function parseInputs(compiled: CompiledSerializer, list: readonly ListedInput[], context: FieldContext, lookups: Lookups): Promise<ParsedList> {
  const batch = new InputBatch(lookups);
  const parsed = new ParsedList(list, (item) => {
    const { input, instance, refusal } = item as ListedInput;
    if (refusal) throw refusal;
    if (input === null) throw new ValidationError([errorDetail('This field may not be null.', 'null')]);
    return parseObject(compiled, input, instance ? { ...context, instance } : context, batch);
  });
  await batch.answered();
  return parsed;
}
