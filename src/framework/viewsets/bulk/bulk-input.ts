import { errorDetail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import { pythonType } from '../../fields/text/python.js';
import type { Model } from '../../models/model.js';
import { PrimaryKeyRelatedField } from '../../relations/primary-key-related-field.js';

const KEY = new PrimaryKeyRelatedField();

/** The list of a body, where it is one and of an allowed length (SER-17). @throws ValidationError */
export function bulkList(data: unknown, maximum: number, nonFieldErrorsKey: string): readonly unknown[] {
  const refuse = (template: string, code: string, params = {}): never => {
    throw new ValidationError({ [nonFieldErrorsKey]: [errorDetail(template, code, params)] });
  };
  if (!Array.isArray(data)) return refuse('Expected a list of items but got type "{input_type}".', 'not_a_list', { input_type: pythonType(data) });
  if (data.length === 0) refuse('This list may not be empty.', 'empty');
  if (data.length > maximum) refuse('Ensure this field has no more than {max_length} elements.', 'max_length', { max_length: maximum });
  return data;
}

/** An element and the row that it names, or why it names none. */
export interface NamedElement {
  readonly input: unknown;
  readonly instance?: object;
  readonly refusal?: ValidationError;
}

/**
 * The rows that elements name by their keys; each row once. `keyOf` takes an element's key out of it, `read` reads rows by keys, in any order, and `refuse`
 * makes an element's error of the messages about its key.
 */
export async function nameRows(
  model: Model,
  list: readonly unknown[],
  keyOf: (element: unknown) => unknown,
  read: (keys: readonly unknown[]) => Promise<readonly object[]>,
  refuse: (error: ValidationError) => ValidationError,
): Promise<NamedElement[]> {
  const keys = list.map((element) => readKeyOf(model, keyOf(element)));
  const wanted = new Map(keys.flatMap((key): [string, unknown][] => (key instanceof ValidationError ? [] : [[String(key), key]])));
  const [name] = model.primaryKey as [string];
  const found = wanted.size === 0 ? [] : await read([...wanted.values()]);
  const instances = new Map(found.map((instance) => [String((instance as Readonly<Record<string, unknown>>)[name]), instance]));
  const named = new Set<string>();
  return keys.map((key, at): NamedElement => {
    const input = list[at];
    if (key instanceof ValidationError) return { input, refusal: refuse(key) };
    const text = String(key);
    const instance = instances.get(text);
    if (!instance) return { input, refusal: refuse(new ValidationError([KEY.error('does_not_exist', { pk_value: text })])) };
    if (named.has(text)) return { input, refusal: refuse(new ValidationError([errorDetail('This row is named more than once.', 'duplicate')])) };
    named.add(text);
    return { input, instance };
  });
}

/** The key, or why a value is none. */
function readKeyOf(model: Model, value: unknown): unknown {
  if (value === undefined) return new ValidationError([KEY.error('required')]);
  if (value === null) return new ValidationError([KEY.error('null')]);
  try {
    return KEY.read(value, model, { partial: false });
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
}
