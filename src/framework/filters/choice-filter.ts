import type { Choice } from '../models/model.js';
import { Filter, MAX_VALUES, TOO_MANY_VALUES, type FilterOptions } from './filter.js';

export interface ChoiceFilterOptions<T = never, Path extends string = string> extends FilterOptions<T, Path, 'exact'> {
  /** What a client may choose: values, or values with labels. */
  readonly choices: readonly (string | Choice)[];
}

/** One of the choices, as it is written. */
export class ChoiceFilter<Path extends string = never> extends Filter<unknown, Path> {
  override readonly kind = 'choice';
  readonly #values: readonly string[];

  constructor(options: ChoiceFilterOptions) {
    super(options);
    this.#values = options.choices.map((choice) => (typeof choice === 'string' ? choice : choice.value));
  }

  clean(text: string): string {
    if (text === '' || this.#values.includes(text)) return text;
    this.refuse(text);
  }

  protected refuse(value: string): never {
    this.fail('Select a valid choice. {value} is not one of the available choices.', 'invalid_choice', { value });
  }

  schema(): Readonly<Record<string, unknown>> {
    return { type: 'string', enum: this.#values };
  }
}

/** Several of the choices, from a parameter that is repeated: rows that have any of them. */
export class MultipleChoiceFilter<Path extends string = never> extends ChoiceFilter<Path> {
  override read(texts: readonly string[]): unknown {
    if (texts.length > MAX_VALUES) this.fail(...TOO_MANY_VALUES);
    return texts.length === 0 ? undefined : [...new Set(texts)].map((text) => (text === '' ? this.refuse(text) : this.clean(text)));
  }

  override schema() {
    return { type: 'array', items: super.schema() };
  }
}

/**
 * @example
 * shelf = choiceFilter({ choices: ['north', 'south'], where: (shelf) => ({ metadata: { equals: { shelf } } }) });
 */
export function choiceFilter<const Path extends string = never>(options: ChoiceFilterOptions<string, Path>): ChoiceFilter<Path> {
  return new ChoiceFilter<Path>(options as ChoiceFilterOptions);
}

/**
 * @example
 * language = multipleChoiceFilter({ choices: ['en', 'fr'] }); // ?language=en&language=fr
 */
export function multipleChoiceFilter<const Path extends string = never>(options: ChoiceFilterOptions<string[], Path>): MultipleChoiceFilter<Path> {
  return new MultipleChoiceFilter<Path>(options as ChoiceFilterOptions);
}
