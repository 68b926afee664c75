import type { Field, FieldDescription } from './field.js';
import type { ReadBuilder } from './read-builder.js';
import { follow, ReadingField, type Emission } from './reading-field.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/** The label of a choice where the row holds its value: Django's `get_language_display`. */
export class ChoiceLabelField extends ReadingField<string, never, true> {
  readonly #of: string;

  constructor(of: string) {
    super({ readOnly: true });
    this.#of = of;
  }

  emit(builder: ReadBuilder): Emission {
    const { builder: at, last, absent } = follow(builder, this.#of);
    const choices = at.model?.fields[last]?.choices;
    if (!choices)
      throw new ConfigurationError(
        `${builder.owner}: choiceLabel('${this.#of}') needs a field of an enum type, and ${at.model?.name}.${last} is none.`,
      );
    const value = at.column(last);
    const labels = builder.bind(new Map(choices.map(({ value: one, label }) => [one, label])));
    return { expression: `(${labels}.get(${value}) ?? ${value})`, absent };
  }

  describe(): FieldDescription {
    return { type: 'string', schema: { type: 'string' } };
  }
}

/**
 * @example
 * languageName = choiceLabel('language');
 */
export const choiceLabel = (of: string): Field<string, never, true> => new ChoiceLabelField(of);
