import { ValidationError } from '../exceptions/exceptions.js';
import type { FieldContext } from '../fields/field.js';
import { pythonType } from '../fields/text/python.js';
import type { InputBatch } from './input-batch.js';
import type { NestedField } from './nested-field.js';
import { parseObject } from './parse-object.js';
import type { Parsed } from './parsed.js';
import { ParsedList } from './parsed-list.js';

/** Reads the input of a nested serializer. @throws ValidationError for what is no list where one is wanted, or not of the wanted length. */
export function parseNested(field: NestedField, value: unknown, context: FieldContext, batch: InputBatch): Parsed {
  // The instance is the outer row's: a nested object is always a new one, unless it is a part of that row.
  const inner = field.options.source === '*' ? context : { ...context, instance: undefined };
  const parse = (item: unknown) => parseObject(field.compiled, item, inner, batch);
  return field.many ? new ParsedList(listOf(field, value), (item) => (item === null ? field.fail('null') : parse(item))) : parse(value);
}

/** The submitted list, where it is one and of an allowed length (SER-17). @throws ValidationError */
function listOf(field: NestedField, value: unknown): readonly unknown[] {
  const { allowEmpty, minLength, maxLength } = field.options;
  const refuse = (code: string, params = {}): never => {
    throw new ValidationError({ [field.compiled.environment.settings.nonFieldErrorsKey]: [field.error(code, params)] });
  };
  if (!Array.isArray(value)) return refuse('not_a_list', { input_type: pythonType(value) });
  if (value.length === 0 && allowEmpty === false) refuse('empty');
  if (maxLength !== undefined && value.length > maxLength) refuse('max_length', { max_length: maxLength });
  if (minLength !== undefined && value.length < minLength) refuse('min_length', { min_length: minLength });
  return value;
}
