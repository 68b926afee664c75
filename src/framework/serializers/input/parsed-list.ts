import type { Detail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { Parsed } from './parsed.js';

/** A list of objects in input (SER-16). Errors are keyed by index (SER-17). */
export class ParsedList implements Parsed {
  readonly #items: readonly (Parsed | ValidationError)[];

  /** `parse` reads one item; what it refuses is told with all the others. */
  constructor(list: readonly unknown[], parse: (item: unknown, at: number) => Parsed) {
    this.#items = list.map((item, at) => {
      try {
        return parse(item, at);
      } catch (error) {
        if (error instanceof ValidationError) return error;
        throw error;
      }
    });
  }

  finish(): unknown {
    const results = this.settle();
    return results instanceof Promise ? results.then(wholeList) : wholeList(results);
  }

  /** The data of each item, or why it is refused, in their order. One item after the other: a hook that asks the database does so once at a time. */
  settle(): unknown[] | Promise<unknown[]> {
    const results: unknown[] = [];
    for (const item of this.#items) {
      const result = settled(item);
      if (result instanceof Promise) return this.#wait(results, result);
      results.push(result);
    }
    return results;
  }

  async #wait(results: unknown[], first: Promise<unknown>): Promise<unknown[]> {
    results.push(await first);
    for (const item of this.#items.slice(results.length)) results.push(await settled(item));
    return results;
  }
}

/** The data of an item, or the error that refuses it; a promise of either where its hooks are to be waited for. */
function settled(item: Parsed | ValidationError): unknown {
  if (item instanceof ValidationError) return item;
  try {
    const data = item.finish();
    return data instanceof Promise ? data.catch(refusal) : data;
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): ValidationError {
  if (error instanceof ValidationError) return error;
  throw error;
}

function wholeList(results: unknown[]): unknown[] {
  let errors: Record<string, Detail> | undefined;
  results.forEach((result, at) => {
    if (result instanceof ValidationError) (errors ??= {})[at] = result.detail;
  });
  if (errors) throw new ValidationError(errors);
  return results;
}
