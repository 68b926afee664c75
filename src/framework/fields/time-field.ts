import { Temporal } from 'temporal-polyfill';
import { DateFormats, ISO_8601, type FormatOptions } from './date-formats.js';
import { Field, type FieldDescription, type FieldOf } from './field.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from './field-settings.js';
import { partsOf } from './text/date-time-parts.js';
import { readTime, type TimeParts } from './text/iso-times.js';

/**
 * A time of day (FLD-16): a Temporal.PlainTime in the application, `"12:30:00"` in JSON, with six digits of a second's fraction where it has one.
 *
 * Reads what Django reads on Python 3.11: `3:4`, `0304`, `03` and `T03:04` too. An offset is dropped, as there. Code: `invalid`.
 * @throws ConfigurationError for a format that is none.
 */
export class TimeField extends Field<Temporal.PlainTime, Temporal.PlainTime> {
  declare readonly options: FormatOptions;
  #formats!: DateFormats<TimeParts>;

  constructor(options: FormatOptions = {}) {
    super(options, { invalid: 'Time has wrong format. Use one of these formats instead: {format}.' });
    this.#configure(DEFAULT_FIELD_SETTINGS);
  }

  override useSettings(settings: FieldSettings): void {
    this.#configure(settings);
  }

  #configure({ timeFormat, timeInputFormats }: FieldSettings): void {
    const { format = timeFormat, inputFormats = timeInputFormats } = this.options;
    this.#formats = new DateFormats((option) => `${this.constructor.name}: ${option}`, format, inputFormats, ISO);
  }

  toInternalValue(value: unknown): Temporal.PlainTime {
    if (value instanceof Temporal.PlainTime) return value;
    const time = this.#formats.read(value) ?? this.fail('invalid', { format: this.#formats.words });
    return new Temporal.PlainTime(time.hour, time.minute, time.second, Math.floor(time.microsecond / 1_000), time.microsecond % 1_000);
  }

  /** Takes a `Date` as the database gives it, the time in UTC, beside a PlainTime. A text is shown as it is. */
  override toRepresentation(value: Temporal.PlainTime | Date | string): unknown {
    if (typeof value === 'string') return value;
    const { show } = this.#formats;
    if (value instanceof Date) {
      if (show !== ISO_8601) {
        return this.toRepresentation(
          new Temporal.PlainTime(value.getUTCHours(), value.getUTCMinutes(), value.getUTCSeconds(), value.getUTCMilliseconds()),
        );
      }
      const iso = value.toISOString();
      return value.getTime() % 1_000 === 0 ? iso.slice(-13, -5) : `${iso.slice(-13, -1)}000`;
    }
    if (show === null) return value;
    return show === ISO_8601 ? value.toString({ fractionalSecondDigits: 6 }).replace('.000000', '') : show(partsOf(value));
  }

  describe(): FieldDescription {
    return { type: 'time', ...this.#formats.schemas };
  }
}

const ISO = { read: readTime, words: 'hh:mm[:ss[.uuuuuu]]', schema: 'time' };

/**
 * @example
 * opens = time({ format: '%H:%M' });
 */
export function time<const O extends FormatOptions = {}>(options?: O): FieldOf<Temporal.PlainTime, Temporal.PlainTime, O> {
  return new TimeField(options) as never;
}
