import { Temporal } from 'temporal-polyfill';
import { plainDate } from '../internal/plain-date.js';
import { DateFormats, ISO_8601, type FormatOptions } from './date-formats.js';
import { Field, type FieldDescription, type FieldOf } from './field.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from './field-settings.js';
import { partsOf } from './text/date-time-parts.js';
import { readDate, type DateParts } from './text/iso-dates.js';

/**
 * A date without a time (FLD-15), of the years 1 to 9999: a Temporal.PlainDate in the application, `"2024-02-29"` in JSON.
 *
 * Reads what Django reads on Python 3.11: `2024-2-9`, `20240229` and `2024-W09-4` too, but no date with a time. Codes: `invalid`, `datetime`.
 * @throws ConfigurationError for a format that is none.
 */
export class DateField extends Field<Temporal.PlainDate, Temporal.PlainDate> {
  declare readonly options: FormatOptions;
  #formats!: DateFormats<DateParts>;

  constructor(options: FormatOptions = {}) {
    super(options, {
      invalid: 'Date has wrong format. Use one of these formats instead: {format}.',
      datetime: 'Expected a date but got a datetime.',
    });
    this.#configure(DEFAULT_FIELD_SETTINGS);
  }

  override useSettings(settings: FieldSettings): void {
    this.#configure(settings);
  }

  #configure({ dateFormat, dateInputFormats }: FieldSettings): void {
    const { format = dateFormat, inputFormats = dateInputFormats } = this.options;
    this.#formats = new DateFormats((option) => `${this.constructor.name}: ${option}`, format, inputFormats, ISO);
  }

  toInternalValue(value: unknown): Temporal.PlainDate {
    if (value instanceof Temporal.PlainDate) return value;
    if (value instanceof Temporal.Instant) this.fail('datetime');
    const { year, month, day } = this.#formats.read(value) ?? this.fail('invalid', { format: this.#formats.words });
    return plainDate(year, month, day);
  }

  /** Takes a `Date` as the database gives it, midnight in UTC, beside a PlainDate. A text is shown as it is. */
  override toRepresentation(value: Temporal.PlainDate | Date | string): unknown {
    if (typeof value === 'string') return value;
    const { show } = this.#formats;
    if (value instanceof Date) {
      if (show === ISO_8601) return value.toISOString().slice(0, -14);
      return this.toRepresentation(plainDate(value.getUTCFullYear(), value.getUTCMonth() + 1, value.getUTCDate()));
    }
    if (show === null) return value;
    return show === ISO_8601 ? value.toString({ calendarName: 'never' }) : show(partsOf(value));
  }

  describe(): FieldDescription {
    return { type: 'date', ...this.#formats.schemas };
  }
}

const ISO = { read: readDate, words: 'YYYY-MM-DD', schema: 'date' };

/**
 * @example
 * born = date({ format: '%d/%m/%Y', inputFormats: ['%d/%m/%Y'], allowNull: true });
 */
export function date<const O extends FormatOptions = {}>(options?: O): FieldOf<Temporal.PlainDate, Temporal.PlainDate, O> {
  return new DateField(options) as never;
}
