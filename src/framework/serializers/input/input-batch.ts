import type { FieldContext } from '../../fields/field.js';
import type { Model } from '../../models/model.js';
import { answerQuestions, type Lookups } from './answer-questions.js';
import type { Question } from './parsed.js';

const BATCH = Symbol('rest.inputBatch');

/** One read of input, however many objects it holds: all of them ask the database together. */
export class InputBatch {
  readonly #lookups: Lookups;
  #questions: Question[] = [];
  readonly #leaving = new Map<Model, Readonly<Record<string, unknown>>[]>();
  #answered: Promise<void> | undefined;

  constructor(lookups: Lookups) {
    this.#lookups = lookups;
  }

  /** The batch of a context that a hook was given. */
  static of(context: FieldContext): InputBatch | undefined {
    return (context as { [BATCH]?: InputBatch })[BATCH];
  }

  /** The context with the batch in it, under a symbol: it goes where the context goes, copies of it too. */
  contextOf(context: FieldContext): FieldContext {
    return { ...context, [BATCH]: this } as FieldContext;
  }

  ask(question: Question): void {
    this.#questions.push(question);
  }

  /** Tells of rows that the request removes: what they hold is free. */
  leave(model: Model, keys: readonly Readonly<Record<string, unknown>>[]): void {
    const leaving = this.#leaving.get(model);
    if (leaving) leaving.push(...keys);
    else this.#leaving.set(model, [...keys]);
  }

  /**
   * Done when every question that was asked until now has been settled. Those that are asked in the same turn of the event loop go to the database
   * together, whoever asks them.
   */
  async answered(): Promise<void> {
    if (this.#questions.length > 0 && !this.#answered) this.#answered = Promise.resolve().then(() => this.#answer());
    await this.#answered;
  }

  async #answer(): Promise<void> {
    const questions = this.#questions;
    this.#questions = [];
    this.#answered = undefined;
    await answerQuestions(questions, this.#lookups, this.#leaving);
  }
}
