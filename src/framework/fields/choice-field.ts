import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FormValues } from '../requests/form-values.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { pythonString } from './text/python.js';

export type ChoiceKey = string | number | boolean;
type Pair = readonly [value: ChoiceKey, label: string];
/** A value that is its own label, a value with its label, or a group of them under a label. */
export type ChoiceItem = ChoiceKey | Pair | readonly [group: string, choices: readonly (ChoiceKey | Pair)[]];

export interface ChoiceOptions extends FieldOptions {
  readonly choices: readonly ChoiceItem[];
  /** Whether an empty text is a value too. Default: false. */
  readonly allowBlank?: boolean;
}

/**
 * One value of several (FLD-18), matched by its text: the choice 1 is what `1` and `"1"` choose, and the number 1 is the value.
 * @throws ConfigurationError for no choices, or two of the same text.
 */
export class ChoiceField<Out = string, In = string, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  declare readonly options: ChoiceOptions;
  /** The choices without their groups, in order. */
  readonly choices: readonly Pair[];
  readonly #byText: ReadonlyMap<string, ChoiceKey>;

  /** `messages` are those that a derived class adds. */
  constructor(options: ChoiceOptions, messages: Readonly<Record<string, string>> = {}) {
    super(options, { invalid_choice: '"{input}" is not a valid choice.', ...messages });
    this.choices = (options?.choices ?? []).flatMap(flatten);
    this.#byText = new Map(this.choices.map(([value]) => [pythonString(value), value]));
    if (!this.choices.length) throw new ConfigurationError('ChoiceField: choices is empty; give it values, [value, label] pairs or groups.');
    if (this.#byText.size < this.choices.length) {
      throw new ConfigurationError(
        `ChoiceField: two of choices have the same text (${this.choices.map(([value]) => value).join(', ')}); leave one out.`,
      );
    }
    // Texts are shown as they are: the base's identity costs no call for a row. A derived class may show them otherwise.
    const isOwn = this.toRepresentation === ChoiceField.prototype.toRepresentation;
    if (isOwn && this.choices.every(([value]) => typeof value === 'string')) this.toRepresentation = Field.prototype.toRepresentation;
  }

  override toInternalValue(value: unknown): In {
    return this.chosen(value) as In;
  }

  /** The choice of the value's text; a value that is no choice is shown as it is. */
  override toRepresentation(value: Out): unknown {
    return this.shown(value);
  }

  /** The choice of one submitted value. */
  protected chosen(value: unknown): ChoiceKey {
    if (value === '' && this.options.allowBlank) return '';
    const text = pythonString(value);
    return this.#byText.get(text) ?? this.fail('invalid_choice', { input: text });
  }

  protected shown(value: unknown): unknown {
    return this.#byText.get(pythonString(value)) ?? value;
  }

  /** An empty text stays one where it is allowed, even where null is too (PARS-7). */
  override getFormValue(form: FormValues, name: string, partial: boolean): unknown {
    return form.get(name) === '' && this.options.allowBlank ? '' : super.getFormValue(form, name, partial);
  }

  override describe(): FieldDescription {
    const values = [...this.choices.map(([value]) => value), ...(this.options.allowBlank && !this.#byText.has('') ? [''] : [])];
    const types = [...new Set(values.map((value) => (typeof value === 'number' ? (values.every(isWhole) ? 'integer' : 'number') : typeof value)))];
    return {
      type: 'choice',
      schema: { type: types.length === 1 ? types[0] : types, enum: values },
      choices: this.choices.map(([value, label]) => ({ value: typeof value === 'boolean' ? pythonString(value) : value, label })),
    };
  }
}

const isWhole = (value: ChoiceKey) => typeof value !== 'number' || Number.isInteger(value);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function flatten(item: ChoiceItem): readonly Pair[] {
  if (!isList(item)) return [[item, pythonString(item)]];
  const [first, second] = item;
  return isList(second) ? second.flatMap((inner) => flatten(inner as ChoiceItem)) : [[first as ChoiceKey, String(second)]];
}

type KeyOf<I> = I extends readonly [string, readonly (infer J)[]] ? PairKey<J> : PairKey<I>;
type PairKey<I> = I extends readonly [infer K extends ChoiceKey, string] ? K : I extends ChoiceKey ? I : never;
/** The union of what choices choose from. */
export type ChoiceOf<O extends ChoiceOptions> = KeyOf<O['choices'][number]> | (O extends { allowBlank: true } ? '' : never);

/**
 * @example
 * colour = choice({ choices: [['red', 'Red'], ['green', 'Green']] });
 */
export function choice<const O extends ChoiceOptions>(options: O): FieldOf<ChoiceOf<O>, ChoiceOf<O>, O> {
  return new ChoiceField(options) as never;
}
