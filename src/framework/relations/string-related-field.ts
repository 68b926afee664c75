import type { Field, FieldDescription } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { follow, ReadingField, type Emission } from '../fields/reading-field.js';

interface StringRelatedOptions {
  readonly many?: boolean;
  readonly source?: string;
  readonly label?: string;
  readonly helpText?: string;
}

/**
 * A relation as the text that stands for its row (REL-1): the field that `@rest.str` names. Read-only.
 * Where the source ends in a field of a related row, that field's text, and nothing at all where the row is missing (SER-12).
 */
export class StringRelatedField extends ReadingField<string | string[] | null, never, true> {
  readonly #many: boolean;

  constructor(options: StringRelatedOptions = {}) {
    super({ readOnly: true, source: options.source, label: options.label, helpText: options.helpText });
    this.#many = options.many ?? false;
  }

  emit(builder: ReadBuilder, source: string): Emission {
    const { builder: at, last, absent } = follow(builder, source);
    if (at.model?.fields[last]) return { expression: at.column(last), absent };
    if (this.#many) return { expression: at.many(last, textOf), absent };
    const row = at.one(last);
    return { expression: `(${row.row} == null ? null : ${textOf(row)})`, absent };
  }

  describe(): FieldDescription {
    const text = { type: 'string' };
    return { type: 'field', schema: this.#many ? { type: 'array', items: text } : text };
  }
}

function textOf(row: ReadBuilder): string {
  const name = row.model?.str;
  if (!name)
    throw new ConfigurationError(
      `${row.owner}: ${row.model?.name} does not say what stands for it as text: write /// @rest.str("field") over the model.`,
    );
  return row.column(name);
}

/**
 * @example
 * owner = stringRelated();
 * publisher = stringRelated({ source: 'publisher.name' });
 */
export function stringRelated<const O extends StringRelatedOptions = {}>(
  options?: O,
): Field<O extends { many: true } ? string[] : string | null, never, true> {
  return new StringRelatedField(options) as Field as Field<O extends { many: true } ? string[] : string | null, never, true>;
}
