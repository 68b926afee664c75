import { Temporal } from 'temporal-polyfill';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { readMoment } from './text/iso-date-times.js';

/**
 * A moment (FLD-14), in the years 1 to 9999 of UTC: a Temporal.Instant in the application, `"2024-02-29T12:30:00Z"` in JSON, with six digits of a
 * second's fraction where it has one.
 *
 * Reads what Django reads on Python 3.11, in UTC where no offset is given and at midnight where no time is. Codes: `invalid`, `overflow`.
 */
export class DateTimeField extends Field<Temporal.Instant, Temporal.Instant> {
  constructor(options: FieldOptions = {}) {
    super(options, {
      invalid: 'Datetime has wrong format. Use one of these formats instead: {format}.',
      overflow: 'Datetime value out of range.',
    });
  }

  toInternalValue(value: unknown): Temporal.Instant {
    const moment = typeof value === 'string' ? readMoment(value) : undefined;
    if (!moment) this.fail('invalid', { format: 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]' });
    if (moment === 'overflow') this.fail('overflow');
    const instant = Temporal.Instant.fromEpochMilliseconds(moment.epochMilliseconds);
    return moment.microsecond === 0 ? instant : instant.add({ microseconds: moment.microsecond });
  }

  /** Takes a `Date` as the database gives it beside an Instant. A text is shown as it is. */
  override toRepresentation(value: Temporal.Instant | Date | string): string {
    if (value instanceof Date) {
      const iso = value.toISOString();
      return value.getTime() % 1_000 === 0 ? `${iso.slice(0, -5)}Z` : `${iso.slice(0, -1)}000Z`;
    }
    return typeof value === 'string' ? value : value.toString({ fractionalSecondDigits: 6 }).replace('.000000Z', 'Z');
  }

  describe(): FieldDescription {
    return { type: 'datetime', schema: { type: 'string', format: 'date-time' } };
  }
}

/**
 * @example
 * dueAt = dateTime();
 */
export function dateTime<const O extends FieldOptions = {}>(options?: O): FieldOf<Temporal.Instant, Temporal.Instant, O> {
  return new DateTimeField(options) as never;
}
