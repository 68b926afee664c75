import type { FormValues } from '../requests/form-values.js';
import { ChoiceField, type ChoiceOf, type ChoiceOptions } from './choice-field.js';
import { EMPTY, type FieldDescription, type FieldOf } from './field.js';
import { elementsOf, pythonType } from './text/python.js';

export interface MultipleChoiceOptions extends ChoiceOptions {
  /** Whether `[]` is valid. Default: true. */
  readonly allowEmpty?: boolean;
}

/**
 * Several values of a choice (FLD-19): a list without repetitions, in the order in which they were sent.
 *
 * Codes: `not_a_list`, `empty`, `invalid_choice` for the first value that is no choice.
 * @throws ConfigurationError for no choices, or two of the same text.
 */
export class MultipleChoiceField<Out = string[], In = string[], Optional extends boolean = boolean> extends ChoiceField<Out, In, Optional> {
  declare readonly options: MultipleChoiceOptions;

  constructor(options: MultipleChoiceOptions) {
    super(options, { not_a_list: 'Expected a list of items but got type "{input_type}".', empty: 'This selection may not be empty.' });
  }

  override toInternalValue(value: unknown): In {
    const items = elementsOf(value) ?? this.fail('not_a_list', { input_type: pythonType(value) });
    if (items.length === 0 && this.options.allowEmpty === false) this.fail('empty');
    return [...new Set(items.map((item) => this.chosen(item)))] as In;
  }

  override toRepresentation(value: Out): unknown {
    return [...new Set((value as readonly unknown[]).map((item) => this.shown(item)))];
  }

  /** A form says nothing where nothing is chosen: an empty list, but not on a partial update (PARS-7). */
  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    return partial && !form.has(name) ? EMPTY : form.getAll(name);
  }

  override describe(): FieldDescription {
    const { schema, choices } = super.describe();
    const least = this.options.allowEmpty === false ? { minItems: 1 } : {};
    return { type: 'multiple choice', schema: { type: 'array', items: schema, ...least }, ...(choices && { choices }) };
  }
}

/**
 * @example
 * colours = multipleChoice({ choices: [['red', 'Red'], ['green', 'Green']] });
 */
export function multipleChoice<const O extends MultipleChoiceOptions>(options: O): FieldOf<ChoiceOf<O>[], ChoiceOf<O>[], O> {
  return new MultipleChoiceField(options) as never;
}
