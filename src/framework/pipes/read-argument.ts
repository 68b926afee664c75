import type { Paramtype } from '@nestjs/common';
import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { pythonType } from '../fields/text/python.js';
import { FormValues } from '../requests/form-values.js';
import type { CompiledClass } from './compiled-class.js';
import { detailOf, type Reading } from './reading.js';

/** An object of the whole body, query or address. A body that was not sent is an empty one. @throws ValidationError */
export async function readWhole(compiled: CompiledClass, value: unknown, type: Paramtype, reading: Reading): Promise<object> {
  if (value === null) throw new ValidationError({ [reading.nonFieldErrorsKey]: [errorDetail('No data provided', 'null')] });
  return compiled.read(inputOf(value ?? {}, type), reading);
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

/** What a query, an address and a form say is texts, each with every value that was sent. */
function inputOf(value: unknown, type: Paramtype): unknown {
  if (value instanceof FormValues || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (type === 'body' && !isParsedForm(value)) return value;
  const form = new FormValues();
  for (const [name, sent] of Object.entries(value)) for (const one of Array.isArray(sent) ? sent : [sent]) form.append(name, one);
  return form;
}

/** Whether Nest has parsed a form: its parser makes objects that inherit from nothing, as JSON's never are. */
function isParsedForm(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (prototype !== Object.prototype && Object.getPrototypeOf(prototype) === null);
}
