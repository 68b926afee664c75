import { errorDetail, isErrorDetail, type Detail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY, type FieldContext } from '../fields/field.js';
import { HiddenField } from '../fields/hidden-field.js';
import { pythonType } from '../fields/text/python.js';
import { RelatedField } from '../relations/related-field.js';
import { FormValues } from '../requests/form-values.js';
import type { BoundField, CompiledSerializer } from './compiled-serializer.js';
import { NestedField } from './nested-field.js';
import { ParsedList } from './parsed-list.js';
import type { Parsed, Question } from './parsed.js';
import { askRelation } from './relation-question.js';
import { askSets, askUnique } from './unique-questions.js';

/** One object's input (SER-8). */
export class ParsedObject implements Parsed {
  readonly questions: Question[] = [];
  readonly #values = new Map<BoundField, unknown>();
  readonly #errors = new Map<BoundField, Detail>();
  readonly #nested = new Map<BoundField, Parsed>();
  readonly #setErrors: Detail[] = [];
  /** Primary keys that relations were given, while they are looked up. */
  readonly #keys = new Map<BoundField, unknown>();

  constructor(
    readonly compiled: CompiledSerializer,
    input: unknown,
    readonly context: FieldContext,
  ) {
    const key = compiled.environment.settings.nonFieldErrorsKey;
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      throw new ValidationError({
        [key]: [errorDetail('Invalid data. Expected a dictionary, but got {datatype}.', 'invalid', { datatype: pythonType(input) })],
      });
    }
    for (const bound of compiled.writable) this.#attempt(bound, () => this.#read(bound, submitted(bound, input, context)));
    if (compiled.model) {
      for (const question of askSets(
        compiled,
        (bound) => (this.#keys.has(bound) ? this.#keys.get(bound) : this.#values.get(bound)),
        context,
        (error) => this.#setErrors.push(error),
      ))
        this.questions.push(question);
    }
  }

  async finish(): Promise<unknown> {
    for (const [bound, parsed] of this.#nested) {
      await this.#attemptAsync(bound, async () => this.#accept(bound, await parsed.finish()));
    }
    for (const [bound, value] of this.#values) {
      if (bound.hook && !this.#errors.has(bound))
        await this.#attemptAsync(
          bound,
          async () => void this.#values.set(bound, answered(await bound.hook?.(value, this.context), this.compiled, hookName(bound))),
        );
    }
    const { settings } = this.compiled.environment;
    if (this.#errors.size)
      throw new ValidationError(
        Object.fromEntries(
          this.compiled.writable.filter((bound) => this.#errors.has(bound)).map((bound) => [bound.wire, this.#errors.get(bound) as Detail]),
        ),
      );
    if (this.#setErrors.length) throw new ValidationError({ [settings.nonFieldErrorsKey]: this.#setErrors });
    const data: Record<string, unknown> = {};
    for (const [{ source }, value] of this.#values) place(data, source, value);
    try {
      return answered(await this.compiled.serializer.validate(data, this.context), this.compiled, 'validate');
    } catch (error) {
      throw error instanceof ValidationError ? wholeError(error, this.compiled) : error;
    }
  }

  #read(bound: BoundField, value: unknown): void {
    const { field } = bound;
    const { partial } = this.context;
    if (value === EMPTY) {
      if (partial) return;
      if (field.options.default === undefined) {
        if (field.required || bound.requiredForSet) field.fail('required');
        return;
      }
      const fallback: unknown = field.options.default;
      const value: unknown = typeof fallback === 'function' ? fallback(this.context) : fallback;
      // A default may have nothing to say, such as the user of an anonymous request.
      if (value !== undefined) this.#values.set(bound, value);
      return;
    }
    if (value === null) {
      if (!field.options.allowNull) field.fail('null');
      this.#values.set(bound, null);
      return;
    }
    if (field instanceof NestedField) return this.#nest(bound, field, value);
    if (field instanceof RelatedField) {
      const { model } = this.compiled;
      const related = field.modelAt(model, bound.source);
      const question = askRelation(field, related, value, (settled) => this.#accept(bound, settled));
      this.#ask(bound, question);
      if (field.many || field.lookupField(related) !== related.primaryKey[0] || question?.lookup.kind !== 'rows') return;
      const [key] = question.lookup.values;
      this.#keys.set(bound, key);
      if (model) this.#ask(bound, askUnique(model, bound, key, this.context));
      return;
    }
    const parsed = field.toInternalValue(value, this.context);
    this.#accept(bound, parsed);
    if (this.compiled.model) this.#ask(bound, askUnique(this.compiled.model, bound, parsed, this.context));
  }

  /** Takes a value that the field's validators have nothing against. */
  #accept(bound: BoundField, value: unknown): void {
    this.#values.set(bound, value);
    const errors = bound.field.validators.flatMap((validator) => collect(() => validator(value, this.context)));
    if (errors.length) throw new ValidationError(errors);
  }

  #nest(bound: BoundField, field: NestedField, value: unknown): void {
    // The instance is the outer row's: a nested object is always a new one.
    const context = { ...this.context, instance: undefined };
    const parse = (item: unknown) => new ParsedObject(field.compiled, item, context);
    const parsed = field.many ? new ParsedList(field, value, parse) : parse(value);
    this.#nested.set(bound, parsed);
    for (const question of parsed.questions) this.questions.push(question);
  }

  #ask(bound: BoundField, question: Question | undefined): void {
    if (!question) return;
    this.questions.push({ lookup: question.lookup, settle: (answer) => this.#attempt(bound, () => question.settle(answer)) });
  }

  #attempt(bound: BoundField, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#failed(bound, error);
    }
  }

  async #attemptAsync(bound: BoundField, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#failed(bound, error);
    }
  }

  #failed(bound: BoundField, error: unknown): void {
    if (!(error instanceof ValidationError)) throw error;
    this.#errors.set(bound, error.detail);
    this.#values.delete(bound);
    this.#keys.delete(bound);
  }
}

function submitted({ field, wire }: BoundField, input: object, { partial }: FieldContext): unknown {
  if (field instanceof HiddenField) return EMPTY;
  if (input instanceof FormValues) return blankRelation(field, field.getFormValue(input, wire, partial));
  return Object.hasOwn(input, wire) ? blankRelation(field, (input as Record<string, unknown>)[wire]) : EMPTY;
}

const blankRelation = (field: unknown, value: unknown) => (value === '' && field instanceof RelatedField && !field.many ? null : value);

const hookName = ({ name }: BoundField) => `validate${name[0]?.toUpperCase()}${name.slice(1)}`;

/** @throws ConfigurationError for a hook that answers nothing: what it was given would be lost. */
function answered(value: unknown, { name }: CompiledSerializer, hook: string): unknown {
  if (value === undefined) throw new ConfigurationError(`${name}.${hook} answers undefined; return the value to take.`);
  return value;
}

/** Puts a value where its dotted source says, as in DRF (SER-12). */
function place(data: Record<string, unknown>, source: string, value: unknown): void {
  const path = source.split('.');
  const last = path.pop() as string;
  for (const part of path) data = (data[part] ??= {}) as Record<string, unknown>;
  data[last] = value;
}

function collect(check: () => void): Detail[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    if (!Array.isArray(error.detail)) throw error;
    return [...error.detail];
  }
}

/** What `validate` threw, by wire name: a text or a list is of the whole (SER-11). */
function wholeError(error: ValidationError, { environment: { settings } }: CompiledSerializer): ValidationError {
  const { detail } = error;
  if (Array.isArray(detail)) return new ValidationError({ [settings.nonFieldErrorsKey]: detail });
  return new ValidationError(
    Object.fromEntries(
      Object.entries(detail as Record<string, Detail>).map(([name, messages]) => [
        settings.naming(name),
        typeof messages === 'string' || isErrorDetail(messages) ? [messages] : messages,
      ]),
    ),
  );
}
