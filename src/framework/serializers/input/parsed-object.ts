import { errorDetail, type Detail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import { EMPTY, type Field, type FieldContext } from '../../fields/field.js';
import { pythonType } from '../../fields/text/python.js';
import { RawNumber } from '../../parsers/raw-number.js';
import { FormValues } from '../../requests/form-values.js';
import { UNKNOWN } from '../../validators/lookup-validator.js';
import { joined } from '../../validators/validation.js';
import type { BoundField, CompiledSerializer } from '../compiled/compiled-serializer.js';
import { answered, defaultsOf, finishWhole, wholeError } from './finish-whole.js';
import type { InputBatch } from './input-batch.js';
import type { Parsed, Question } from './parsed.js';

/** One object's input, read by the fields that its serializer writes (SER-8). */
export class ParsedObject implements Parsed {
  /** Of each field that is written, in their order: its value, or EMPTY. */
  readonly #values: unknown[];
  /** The input, where it is a form's. */
  readonly form: FormValues | undefined;
  #errors: Map<number, Detail> | undefined;
  #nested: Map<number, Parsed> | undefined;
  /** What asynchronous validators have been asked. */
  #pending: Map<number, Promise<void>> | undefined;
  /** Fields with a value that decorators check. */
  #constrained: Set<number> | undefined;
  /** Fields that input does not hold, and that no default stands for. */
  #absent: Set<number> | undefined;
  /** What look-ups have found about the whole, in the order in which they were declared. */
  #wholeErrors: ValidationError[] | undefined;

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
    this.form = input instanceof FormValues ? input : undefined;
    this.#values = readers.map(() => EMPTY);
    for (let at = 0; at < readers.length; at++) {
      try {
        readers[at]!.read(input, this);
      } catch (error) {
        this.#fail(at, error);
      }
    }
    if (compiled.lookups.length > 0) this.#askWhole();
  }

  /** Takes a value as it is: nothing more is asked about it. */
  set(at: number, value: unknown): void {
    this.#values[at] = value;
  }

  /**
   * Takes a value that the field's validators have nothing against, as its transformations make it; what decorators say is asked at the end.
   * @throws ValidationError
   */
  accept(at: number, { field, transform, constraints }: BoundField, value: unknown): unknown {
    this.validate(at, field, value);
    if (constraints && field.isValidated(value)) (this.#constrained ??= new Set()).add(at);
    return transform ? (this.#values[at] = transform(value)) : value;
  }

  /** Takes a value that the field's validators have nothing against; what asynchronous ones say is waited for at the end. @throws ValidationError */
  validate(at: number, field: Field, value: unknown): void {
    this.#values[at] = value;
    const answer = field.runValidators(value, this.context);
    if (!answer) return;
    // Until it is waited for, its failure is nobody's to handle.
    answer.catch(() => {});
    (this.#pending ??= new Map()).set(at, answer);
  }

  /** A field that input does not hold, and that no default stands for. */
  absent(at: number): void {
    if (this.compiled.lookups.length > 0) (this.#absent ??= new Set()).add(at);
  }

  /** The value that a field of a source has, or the key of the row that it names; undefined where there is none. */
  valueOf(source: string): unknown {
    const value = this.#values[this.compiled.writable.findIndex((bound) => bound.source === source)];
    return value === EMPTY ? undefined : value;
  }

  /** Tells of an error of the whole. */
  refuse(error: Detail): void {
    (this.#wholeErrors ??= []).push(new ValidationError([error]));
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

  /** Asks what there is to ask about the value of a field. */
  askAbout(at: number, { lookups, source }: BoundField, value: unknown): void {
    for (const lookup of lookups)
      this.ask(
        at,
        lookup.ask((name) => (name === source ? value : UNKNOWN), this.context),
      );
  }

  /** The data that the serializer's validators and `validate` have nothing against. */
  finish(): unknown {
    if (this.compiled.finishesAtOnce && this.#finishNested() && !this.#pending) return this.#data();
    return this.fields().then((data) => finishWhole(this.compiled, data, this.context));
  }

  /** The data of the fields alone, after their hooks. @throws ValidationError */
  async fields(): Promise<Record<string, unknown>> {
    for (const [at, parsed] of this.#nested ?? []) {
      await this.#attempt(at, async () => void this.accept(at, this.compiled.writable[at]!, await parsed.finish()));
    }
    for (const [at, answer] of this.#pending ?? []) await this.#attempt(at, () => answer);
    if (this.#constrained) await this.#askConstraints(this.#constrained);
    for (const { at, hook, hookName } of this.compiled.hooks) {
      const value = this.#values[at];
      if (value === EMPTY || this.#errors?.has(at)) continue;
      await this.#attempt(at, async () => void (this.#values[at] = answered(await hook(value, this.context), this.compiled.name, hookName)));
    }
    return this.#data();
  }

  /** Asks what decorators say once every field has its value: they may look at others. */
  async #askConstraints(constrained: ReadonlySet<number>): Promise<void> {
    const { compiled, context } = this;
    const { writable, serializer, name } = compiled;
    const groups = serializer.getValidationGroups(context);
    const object = valuesByName(writable, this.#values, context);
    for (const at of constrained) {
      const { name: property, wire, constraints } = writable[at]!;
      const value = this.#values[at];
      if (value === EMPTY || !constraints) continue;
      await this.#attempt(at, async () => {
        const found = await constraints.ask(value, groups, { object, targetName: name, property, wire });
        if (found !== undefined) throw new ValidationError(found);
      });
    }
  }

  /** Takes the data of nested objects; false where some of it has to be waited for. */
  #finishNested(): boolean {
    for (const [at, parsed] of this.#nested ?? []) {
      try {
        const data = parsed.finish();
        if (data instanceof Promise) {
          data.catch(() => {});
          this.#nested?.set(at, { finish: () => data });
        } else {
          this.#nested?.delete(at);
          this.accept(at, this.compiled.writable[at]!, data);
        }
      } catch (error) {
        this.#fail(at, error);
        this.#nested?.delete(at);
      }
    }
    return !this.#nested?.size;
  }

  #data(): Record<string, unknown> {
    const { compiled } = this;
    if (this.#errors) throw new ValidationError(byWire(compiled.writable, this.#errors));
    if (this.#wholeErrors) throw wholeError(new ValidationError(joined(this.#wholeErrors.map(({ detail }) => detail))), compiled);
    return compiled.placeValues(this.#values);
  }

  #askWhole(): void {
    const { readOnlyDefaults, writable, lookups } = this.compiled;
    const shown = this.context.partial ? {} : defaultsOf(readOnlyDefaults, this.context);
    const valueOf = (source: string) => {
      const at = writable.findIndex((bound) => bound.source === source);
      if (at < 0) return shown[source] === undefined ? EMPTY : shown[source];
      if (this.#absent?.has(at)) return EMPTY;
      return this.#values[at] === EMPTY ? UNKNOWN : this.#values[at];
    };
    const attempt = (step: () => Question | undefined | void): Question | undefined => {
      try {
        return step() ?? undefined;
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        (this.#wholeErrors ??= []).push(error);
        return undefined;
      }
    };
    for (const lookup of lookups) {
      const question = attempt(() => lookup.ask(valueOf, this.context));
      if (question) this.batch.ask({ lookup: question.lookup, owner: this, settle: (answer) => void attempt(() => question.settle(answer)) });
    }
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
    const known = this.#errors?.get(at);
    (this.#errors ??= new Map()).set(at, known === undefined ? error.detail : joined([known, error.detail]));
    this.#values[at] = EMPTY;
  }
}

/** The values of fields by property name; on a change, those of the row where none was sent. */
function valuesByName(writable: readonly BoundField[], values: readonly unknown[], { instance }: FieldContext): object {
  const row = instance as Readonly<Record<string, unknown>> | undefined;
  const named = writable.flatMap(({ name, source }, at): [string, unknown][] => {
    if (values[at] !== EMPTY) return [[name, values[at]]];
    return row && Object.hasOwn(row, source) ? [[name, row[source]]] : [];
  });
  return Object.freeze(Object.fromEntries(named));
}

function byWire(writable: readonly BoundField[], errors: ReadonlyMap<number, Detail>): Record<string, Detail> {
  const byName: Record<string, Detail> = {};
  writable.forEach(({ wire }, at) => {
    const detail = errors.get(at);
    if (detail !== undefined) byName[wire] = detail;
  });
  return byName;
}
