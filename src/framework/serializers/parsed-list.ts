import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { pythonType } from '../fields/text/python.js';
import type { NestedField } from './nested-field.js';
import type { Parsed, Question } from './parsed.js';

/** A list of objects in input (SER-16). Errors are keyed by index (SER-17). */
export class ParsedList implements Parsed {
  readonly questions: Question[] = [];
  readonly #items: (Parsed | ValidationError)[];

  /** `parse` reads one item. */
  constructor(field: NestedField, input: unknown, parse: (item: unknown) => Parsed) {
    const { settings } = field.compiled.environment;
    const refuse = (code: string, params = {}): never => {
      throw new ValidationError({ [settings.nonFieldErrorsKey]: [field.error(code, params)] });
    };
    const { allowEmpty, minLength, maxLength } = field.options;
    if (!Array.isArray(input)) refuse('not_a_list', { input_type: pythonType(input) });
    const list = input as unknown[];
    if (list.length === 0 && allowEmpty === false) refuse('empty');
    if (minLength !== undefined && list.length < minLength) refuse('min_length', { min_length: minLength });
    if (maxLength !== undefined && list.length > maxLength) refuse('max_length', { max_length: maxLength });
    this.#items = list.map((item) => {
      try {
        const parsed = parse(item);
        for (const question of parsed.questions) this.questions.push(question);
        return parsed;
      } catch (error) {
        if (error instanceof ValidationError) return error;
        throw error;
      }
    });
  }

  async finish(): Promise<unknown[]> {
    const errors: Record<string, Detail> = {};
    const data: unknown[] = [];
    for (const [index, item] of this.#items.entries()) {
      try {
        if (item instanceof ValidationError) throw item;
        data.push(await item.finish());
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        errors[index] = error.detail;
      }
    }
    if (Object.keys(errors).length) throw new ValidationError(errors);
    return data;
  }
}
