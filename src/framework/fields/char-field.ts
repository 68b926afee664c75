import { RawNumber } from '../parsers/raw-number.js';
import type { FormValues } from '../requests/form-values.js';
import { noNullCharacters, noSurrogateCharacters } from '../validators/characters.js';
import { maxLength, minLength } from '../validators/length.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import type { Validator } from '../validators/validator.js';
import { pythonString, strip } from './text/python.js';

export interface CharOptions extends FieldOptions {
  /** In code points. */
  readonly maxLength?: number;
  /** In code points; an empty text that `allowBlank` lets through is not measured. */
  readonly minLength?: number;
  /** Whether an empty text is a value. Default: false. */
  readonly allowBlank?: boolean;
  /** Whether whitespace around the text is taken off. Default: true. */
  readonly trimWhitespace?: boolean;
}

/**
 * A text; a number is taken as its text (FLD-2).
 *
 * NUL and lone surrogates are refused, whatever the options: no database column of text holds them. No validator sees a blank text.
 */
export class CharField<Out = string, In = string, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  declare readonly options: CharOptions;

  /** `messages` and `validators` are those that a derived class adds. */
  constructor(options: CharOptions = {}, messages: Readonly<Record<string, string>> = {}, validators: readonly Validator<string>[] = []) {
    const own = { ...options.errorMessages };
    const checks: Validator<string>[] = [
      ...(options.maxLength === undefined ? [] : [maxLength(options.maxLength, own['max_length'])]),
      ...(options.minLength === undefined ? [] : [minLength(options.minLength, own['min_length'])]),
      noNullCharacters(own['null_characters_not_allowed']),
      noSurrogateCharacters(own['surrogate_characters_not_allowed']),
      ...validators,
    ];
    super(options, { invalid: 'Not a valid string.', blank: 'This field may not be blank.', ...messages }, checks);
  }

  override toInternalValue(value: unknown): In {
    const text = typeof value === 'number' || value instanceof RawNumber ? pythonString(value) : value;
    if (typeof text !== 'string') this.fail('invalid');
    const trimmed = this.options.trimWhitespace === false ? text : strip(text);
    if (trimmed === '' && !this.options.allowBlank) this.fail('blank');
    return trimmed as In;
  }

  override isValidated(value: In): boolean {
    return value !== '';
  }

  /** An empty text stays one where it is allowed, even where null is too (PARS-7). */
  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    return form.get(name) === '' && this.options.allowBlank ? '' : super.getFormValue(form, name, partial);
  }

  override getInitial(): unknown {
    return super.getInitial('');
  }

  override describe(): FieldDescription {
    const { maxLength: most, minLength: least } = this.options;
    return {
      type: 'string',
      schema: this.textSchema({}),
      ...(least !== undefined && { minLength: least }),
      ...(most !== undefined && { maxLength: most }),
    };
  }

  /** The schema of a text with keywords that a blank one need not meet. */
  protected textSchema(keywords: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    if (!this.options.allowBlank) return { type: 'string', ...keywords };
    return { type: 'string', ...(this.options.minLength !== undefined && { minLength: 0 }) };
  }
}

/**
 * @example
 * title = char({ maxLength: 200 });
 */
export function char<const O extends CharOptions = {}>(options?: O): FieldOf<string, string, O> {
  return new CharField(options) as never;
}
