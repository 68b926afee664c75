import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY, type FieldContext } from '../fields/field.js';
import { pythonType } from '../fields/text/python.js';
import { RawNumber } from '../parsers/raw-number.js';
import type { BoundField, CompiledSerializer } from './compiled-serializer.js';
import { answered, finishWhole } from './finish-whole.js';
import type { InputBatch } from './input-batch.js';
import type { Parsed, Question } from './parsed.js';
import { askSets } from './unique-questions.js';

/** One object's input, read by the fields that its serializer writes (SER-8). */
export class ParsedObject implements Parsed {
  /** Of each field that is written, in their order: its value, or EMPTY. */
  readonly #values: unknown[] = [];
  #errors: Map<number, Detail> | undefined;
  #nested: Map<number, Parsed> | undefined;
  #setErrors: Detail[] | undefined;

  /** @throws ValidationError for what is no object. */
  constructor(
    readonly compiled: CompiledSerializer,
    input: unknown,
    readonly context: FieldContext,
    readonly batch: InputBatch,
  ) {
    if (typeof input !== 'object' || input === null || Array.isArray(input) || input instanceof RawNumber) {
      throw new ValidationError({
        [compiled.environment.settings.nonFieldErrorsKey]: [
          errorDetail('Invalid data. Expected a dictionary, but got {datatype}.', 'invalid', { datatype: pythonType(input) }),
        ],
      });
    }
    const { readers } = compiled;
    for (let at = 0; at < readers.length; at++) {
      this.#values.push(EMPTY);
      try {
        readers[at]!.read(input, this);
      } catch (error) {
        this.#fail(at, error);
      }
    }
    if (compiled.uniqueSets.length > 0) this.#askSets();
  }

  /** Takes a value as it is: nothing more is asked about it. */
  set(at: number, value: unknown): void {
    this.#values[at] = value;
  }

  /** Takes a value that the field's validators have nothing against. @throws ValidationError */
  accept(at: number, { field }: BoundField, value: unknown): void {
    this.#values[at] = value;
    field.runValidators(value, this.context);
  }

  nest(at: number, parsed: Parsed): void {
    (this.#nested ??= new Map()).set(at, parsed);
  }

  /** Asks the database; what it refuses is an error of the field. */
  ask(at: number, question: Question | undefined): void {
    if (!question) return;
    this.batch.ask({
      lookup: question.lookup,
      owner: this,
      settle: (answer) => {
        try {
          question.settle(answer);
        } catch (error) {
          this.#fail(at, error);
        }
      },
    });
  }

  /** The data that the serializer's validators and `validate` have nothing against. */
  finish(): unknown {
    if (this.compiled.finishesAtOnce) return this.#fieldsAtOnce();
    return this.fields().then((data) => finishWhole(this.compiled, data, this.context));
  }

  /** The data of the fields alone, after their hooks. @throws ValidationError */
  async fields(): Promise<Record<string, unknown>> {
    if (this.#nested) {
      for (const [at, parsed] of this.#nested) {
        await this.#attempt(at, async () => this.accept(at, this.compiled.writable[at]!, await parsed.finish()));
      }
    }
    for (const { at, hook, hookName } of this.compiled.hooks) {
      const value = this.#values[at];
      if (value === EMPTY || this.#errors?.has(at)) continue;
      await this.#attempt(at, async () => void (this.#values[at] = answered(await hook(value, this.context), this.compiled.name, hookName)));
    }
    return this.#data();
  }

  #fieldsAtOnce(): Record<string, unknown> {
    if (this.#nested) {
      for (const [at, parsed] of this.#nested) {
        try {
          this.accept(at, this.compiled.writable[at]!, parsed.finish());
        } catch (error) {
          this.#fail(at, error);
        }
      }
    }
    return this.#data();
  }

  #data(): Record<string, unknown> {
    const { compiled } = this;
    if (this.#errors) throw new ValidationError(byWire(compiled.writable, this.#errors));
    if (this.#setErrors) throw new ValidationError({ [compiled.environment.settings.nonFieldErrorsKey]: this.#setErrors });
    const data: Record<string, unknown> = {};
    for (let at = 0; at < this.#values.length; at++) {
      if (this.#values[at] !== EMPTY) compiled.readers[at]!.place(data, this.#values[at]);
    }
    return data;
  }

  #askSets(): void {
    const { writable } = this.compiled;
    const valueOf = (bound: BoundField) => {
      const value = this.#values[writable.indexOf(bound)];
      return value === EMPTY ? undefined : value;
    };
    for (const question of askSets(this.compiled, valueOf, this.context, (error) => (this.#setErrors ??= []).push(error)))
      this.batch.ask({ ...question, owner: this });
  }

  async #attempt(at: number, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#fail(at, error);
    }
  }

  #fail(at: number, error: unknown): void {
    if (!(error instanceof ValidationError)) throw error;
    (this.#errors ??= new Map()).set(at, error.detail);
    this.#values[at] = EMPTY;
  }
}

function byWire(writable: readonly BoundField[], errors: ReadonlyMap<number, Detail>): Record<string, Detail> {
  const byName: Record<string, Detail> = {};
  writable.forEach(({ wire }, at) => {
    const detail = errors.get(at);
    if (detail !== undefined) byName[wire] = detail;
  });
  return byName;
}
