import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';

const waiting = new WeakMap<object, Promise<void>>();

/** What the asynchronous validators of a list's or dictionary's items say, gathered while the items are read. */
export class ItemAnswers {
  readonly #answers = new Map<string, Promise<void>>();

  /** Takes the answer about an item: nothing, or a promise. */
  add(key: number | string, answer: void | Promise<void>): void {
    if (!answer) return;
    // Until it is waited for, its failure is nobody's to handle.
    answer.catch(() => {});
    this.#answers.set(String(key), answer);
  }

  /** Keeps them with the value that the items make up, until its own validators are run. */
  keepFor(value: object): void {
    if (this.#answers.size > 0) waiting.set(value, this.#refuse());
  }

  /** @throws ValidationError keyed by the items' index or key. */
  async #refuse(): Promise<void> {
    const errors: Record<string, Detail> = {};
    for (const [key, answer] of this.#answers) {
      try {
        await answer;
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        errors[key] = error.detail;
      }
    }
    if (Object.keys(errors).length > 0) throw new ValidationError(errors);
  }
}

/** What is still being waited for about the items of a value. */
export const itemAnswers = (value: unknown): Promise<void> | undefined =>
  typeof value === 'object' && value !== null ? waiting.get(value) : undefined;
