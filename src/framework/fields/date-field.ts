import { Temporal } from 'temporal-polyfill';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { readDate } from './text/iso-dates.js';

/**
 * A date without a time (FLD-15), of the years 1 to 9999: a Temporal.PlainDate in the application, `"2024-02-29"` in JSON.
 *
 * Reads what Django reads on Python 3.11: `2024-2-9`, `20240229` and `2024-W09-4` too, but no date with a time. Code: `invalid`.
 */
export class DateField extends Field<Temporal.PlainDate, Temporal.PlainDate> {
  constructor(options: FieldOptions = {}) {
    super(options, { invalid: 'Date has wrong format. Use one of these formats instead: {format}.' });
  }

  toInternalValue(value: unknown): Temporal.PlainDate {
    const date = typeof value === 'string' ? readDate(value) : undefined;
    if (!date) this.fail('invalid', { format: 'YYYY-MM-DD' });
    return new Temporal.PlainDate(date.year, date.month, date.day);
  }

  /** Takes a `Date` as the database gives it, midnight in UTC, beside a PlainDate. A text is shown as it is. */
  override toRepresentation(value: Temporal.PlainDate | Date | string): string {
    if (value instanceof Date) return value.toISOString().slice(0, -14);
    return typeof value === 'string' ? value : value.toString({ calendarName: 'never' });
  }

  describe(): FieldDescription {
    return { type: 'date', schema: { type: 'string', format: 'date' } };
  }
}

/**
 * @example
 * born = date({ allowNull: true });
 */
export function date<const O extends FieldOptions = {}>(options?: O): FieldOf<Temporal.PlainDate, Temporal.PlainDate, O> {
  return new DateField(options) as never;
}
