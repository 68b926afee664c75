import type { Paramtype } from '@nestjs/common';
import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { pythonType } from '../fields/text/python.js';
import type { BodyLimits } from '../parsers/parser.js';
import { FormValues } from '../requests/form-values.js';
import { assertFields, assertSize } from './body-size.js';
import type { CompiledClass } from './compiled-class.js';
import { detailOf, type Reading } from './reading.js';

/** An object of the whole body, query or address. A body that was not sent is an empty one. @throws ValidationError */
export async function readWhole(compiled: CompiledClass, value: unknown, reading: Reading): Promise<object> {
  if (value === null) throw new ValidationError({ [reading.nonFieldErrorsKey]: [errorDetail('No data provided', 'null')] });
  return compiled.read(value ?? {}, reading);
}

/** The objects of a list. @throws ValidationError by index */
export async function readList(compiled: CompiledClass, value: unknown, reading: Reading): Promise<object[]> {
  if (!Array.isArray(value)) {
    const detail = errorDetail('Expected a list of items but got type "{input_type}".', 'not_a_list', { input_type: pythonType(value) });
    throw new ValidationError({ [reading.nonFieldErrorsKey]: [detail] });
  }
  const errors: Record<string, Detail> = {};
  const read: object[] = [];
  for (const [at, item] of value.entries()) {
    try {
      read.push(await compiled.read(item, reading, 1));
    } catch (error) {
      errors[at] = detailOf(error);
    }
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
  return read;
}

/** An object that stands under a name: `@Body('author')`. @throws ValidationError under that name */
export async function readNamed(compiled: CompiledClass, value: unknown, name: string, reading: Reading): Promise<object> {
  try {
    if (value === undefined) throw new ValidationError([errorDetail('This field is required.', 'required')]);
    if (value === null) throw new ValidationError([errorDetail('This field may not be null.', 'null')]);
    return await compiled.read(value, reading, 1);
  } catch (error) {
    throw new ValidationError({ [name]: detailOf(error) });
  }
}

/**
 * What a query, an address and a form say is texts, each with every value that was sent. `limits` are those of a body that Nest has parsed.
 * @throws ParseError past them
 */
export function argumentOf(value: unknown, type: Paramtype, limits: BodyLimits): unknown {
  if (value instanceof FormValues) return value;
  if (type === 'body' && !isParsedForm(value)) {
    assertSize(value, limits);
    return value;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).flatMap(([name, sent]): [string, unknown][] =>
    (Array.isArray(sent) ? sent : [sent]).map((one) => [name, one]),
  );
  if (type === 'body') assertFields(fields.length, limits);
  const form = new FormValues();
  for (const [name, one] of fields) form.append(name, one);
  return form;
}

/** Whether Nest has parsed a form: its parser makes objects that inherit from nothing, as JSON's never are. */
function isParsedForm(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (prototype !== Object.prototype && Object.getPrototypeOf(prototype) === null);
}
