import { ParseError } from '../exceptions/exceptions.js';
import { isRecord, type JsonValue } from '../models/json-value.js';
import { parseJsonText } from '../parsers/json/json-text.js';
import { RawNumber } from '../parsers/raw-number.js';
import { FormValues } from '../requests/form-values.js';
import { noNullCharacters, noSurrogateCharacters } from '../validators/characters.js';
import { noPrototypeName } from '../validators/prototype-name.js';
import { EMPTY, Field, type FieldContext, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import type { Validator } from '../validators/validator.js';

/** A text of a form is no deeper than this, and holds no more values. */
const FORM_LIMITS = { depth: 100, nodes: 100_000 };

/**
 * Any JSON value (FLD-25), as PostgreSQL's `jsonb` can hold it: no text or key in it has a NUL or a lone surrogate, no key is `__proto__`, and every
 * number is a finite double. A number that a double cannot hold exactly is rounded to the nearest. In a form it is JSON text.
 *
 * Codes: `invalid`, `null_characters_not_allowed`, `surrogate_characters_not_allowed`.
 */
export class JSONField<Out = any, In = any, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  readonly #characters: readonly Validator<string>[];

  constructor(options: FieldOptions = {}) {
    super(options, { invalid: 'Value must be valid JSON.' });
    const { null_characters_not_allowed: noNull, surrogate_characters_not_allowed: noSurrogate } = options.errorMessages ?? {};
    this.#characters = [noNullCharacters(noNull), noSurrogateCharacters(noSurrogate)];
  }

  override toInternalValue(value: unknown, context: FieldContext): In {
    return this.#read(value instanceof JSONText ? this.#parse(value.text) : value, context) as In;
  }

  /** A form's text, which `toInternalValue` reads: the text `null` is the value null, even where none may be left out (PARS-7). */
  override getFormValue(form: FormValues, name: string): unknown {
    return form.has(name) ? new JSONText(form.get(name)) : EMPTY;
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: {} };
  }

  #parse(text: unknown): unknown {
    if (typeof text !== 'string') this.fail('invalid');
    try {
      return parseJsonText(text, FORM_LIMITS);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.fail('invalid');
    }
  }

  #read(value: unknown, context: FieldContext): JsonValue {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#text(value, context);
    if (typeof value === 'number' || value instanceof RawNumber) return this.#number(Number(value));
    if (Array.isArray(value)) return value.map((one) => this.#read(one, context));
    const entries = value instanceof FormValues ? value.entries() : isRecord(value) ? Object.entries(value) : this.fail('invalid');
    return Object.fromEntries(entries.map(([key, one]) => [this.#name(key, context), this.#read(one, context)]));
  }

  #text(text: string, context: FieldContext): string {
    for (const check of this.#characters) check(text, context);
    return text;
  }

  #name(name: string, context: FieldContext): string {
    void noPrototypeName(name, context);
    return this.#text(name, context);
  }

  #number(number: number): number {
    if (!Number.isFinite(number)) this.fail('invalid');
    return number;
  }
}

/** JSON as a form holds it: a text, or a file that was sent in its place. */
class JSONText {
  constructor(readonly text: unknown) {}
}

/**
 * @example
 * settings = json({ default: () => ({}) });
 */
export function json<const O extends FieldOptions = {}>(options?: O): FieldOf<any, any, O> {
  return new JSONField(options) as never;
}
