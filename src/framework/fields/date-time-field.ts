import { Temporal } from 'temporal-polyfill';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { DateFormats, ISO_8601, type FormatOptions } from './date-formats.js';
import { Field, type FieldDescription, type FieldOf } from './field.js';
import { DEFAULT_FIELD_SETTINGS, type FieldSettings } from './field-settings.js';
import { instantOf, partsOf, type DateTimeParts } from './text/date-time-parts.js';
import { readDateTime } from './text/iso-date-times.js';
import { checkTimeZone } from './time-zone.js';

export interface DateTimeOptions extends FormatOptions {
  /** The zone of input that says none, and in which moments are shown: an IANA name. Default: the setting `timeZone`. */
  readonly defaultTimezone?: string;
}

/**
 * A moment (FLD-14), in the years 1 to 9999 of UTC: a Temporal.Instant in the application, `"2024-02-29T12:30:00Z"` in JSON, with six digits of a
 * second's fraction where it has one.
 *
 * Reads what Django reads on Python 3.11: by the clocks of the field's zone where no offset is given, at midnight where no time is.
 * Codes: `invalid`, `date`, `make_aware` for a time that clocks leave out when they go forward, `overflow`.
 * @throws ConfigurationError for a format or zone that is none.
 */
export class DateTimeField extends Field<Temporal.Instant, Temporal.Instant> {
  declare readonly options: DateTimeOptions;
  #zone!: string;
  #formats!: DateFormats<DateTimeParts>;

  constructor(options: DateTimeOptions = {}) {
    super(options, {
      invalid: 'Datetime has wrong format. Use one of these formats instead: {format}.',
      date: 'Expected a datetime but got a date.',
      make_aware: 'Invalid datetime for the timezone "{timezone}".',
      overflow: 'Datetime value out of range.',
    });
    this.#configure(DEFAULT_FIELD_SETTINGS);
  }

  override useSettings(settings: FieldSettings): void {
    this.#configure(settings);
  }

  #configure({ timeZone, datetimeFormat, datetimeInputFormats }: FieldSettings): void {
    const { defaultTimezone = timeZone, format = datetimeFormat, inputFormats = datetimeInputFormats } = this.options;
    const owner = this.constructor.name;
    checkTimeZone(`${owner}: defaultTimezone`, defaultTimezone);
    if (format?.includes('%Z') && defaultTimezone !== 'UTC')
      throw new ConfigurationError(`${owner}: format is '${format}', and ${defaultTimezone} has no names for %Z that all systems share; write %z.`);
    this.#zone = defaultTimezone;
    this.#formats = new DateFormats((option) => `${owner}: ${option}`, format, inputFormats, ISO);
  }

  toInternalValue(value: unknown): Temporal.Instant {
    if (value instanceof Temporal.Instant) return value;
    if (value instanceof Temporal.PlainDate) this.fail('date');
    const parts = this.#formats.read(value) ?? this.fail('invalid', { format: this.#formats.words });
    const instant = instantOf(parts, this.#zone);
    if (instant === 'gap') this.fail('make_aware', { timezone: this.#zone });
    if (instant === 'overflow') this.fail('overflow');
    return instant;
  }

  /** Takes a `Date` as the database gives it beside an Instant. A text is shown as it is. */
  override toRepresentation(value: Temporal.Instant | Date | string): unknown {
    if (typeof value === 'string') return value;
    const { show } = this.#formats;
    const isPlain = show === ISO_8601 && this.#zone === 'UTC';
    if (isPlain && value instanceof Date) {
      const iso = value.toISOString();
      return value.getTime() % 1_000 === 0 ? `${iso.slice(0, -5)}Z` : `${iso.slice(0, -1)}000Z`;
    }
    const instant = value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : value;
    if (isPlain) return instant.toString({ fractionalSecondDigits: 6 }).replace('.000000Z', 'Z');
    if (show === null) return instant;
    const local = instant.toZonedDateTimeISO(this.#zone);
    if (show !== ISO_8601) return show(partsOf(local));
    const offset = local.offset === '+00:00' ? 'Z' : local.offset;
    return (
      local
        .toPlainDateTime()
        .toString({ fractionalSecondDigits: 6 })
        .replace(/\.000000$/, '') + offset
    );
  }

  describe(): FieldDescription {
    return { type: 'datetime', ...this.#formats.schemas };
  }
}

const ISO = { read: readDateTime, words: 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]', schema: 'date-time' };

/**
 * @example
 * dueAt = dateTime({ format: '%Y-%m-%d %H:%M', inputFormats: ['%Y-%m-%d %H:%M', 'iso-8601'] });
 */
export function dateTime<const O extends DateTimeOptions = {}>(options?: O): FieldOf<Temporal.Instant, Temporal.Instant, O> {
  return new DateTimeField(options) as never;
}
