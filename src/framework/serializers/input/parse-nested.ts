import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import { pythonType } from '../../fields/text/python.js';
import type { InputBatch } from './input-batch.js';
import { ConnectedRow } from './connected-row.js';
import type { NestedField } from '../nested-field.js';
import { NestedRows } from '../writes/nested-rows.js';
import type { NestedWrite } from '../writes/nested-write.js';
import { parseObject } from './parse-object.js';
import type { Parsed } from './parsed.js';
import { ParsedList } from './parsed-list.js';

/** Reads the input of a nested serializer. @throws ValidationError for what is no list where one is wanted, or not of the wanted length. */
export function parseNested(field: NestedField, write: NestedWrite | undefined, value: unknown, context: FieldContext, batch: InputBatch): Parsed {
  const list = field.many ? listOf(field, value) : undefined;
  const rows = write && write.policy !== 'connect' ? new NestedRows(write, field, context, batch) : undefined;
  const parse = rows
    ? (item: unknown) => rows.parse(item)
    : write
      ? (item: unknown) => new ConnectedRow(write, field, item, context, batch)
      : plainly(field, context, batch);
  const parsed = list ? new ParsedList(list, (item) => (item === null ? field.fail('null') : parse(item))) : parse(value);
  rows?.complete();
  return parsed;
}

/** Objects that are no rows to be written. The instance is the outer one's: they are new ones, unless they are a part of it. */
function plainly(field: NestedField, context: FieldContext, batch: InputBatch): (item: unknown) => Parsed {
  const inner = field.options.source === '*' ? context : { ...context, instance: undefined };
  return (item) => parseObject(field.compiled, item, inner, batch);
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
