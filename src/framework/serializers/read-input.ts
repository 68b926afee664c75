import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { FieldContext } from '../fields/field.js';
import type { Lookups } from './answer-questions.js';
import type { CompiledSerializer } from './compiled-serializer.js';
import { InputBatch } from './input-batch.js';
import { parseObject } from './parse-object.js';

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
