import { Temporal } from 'temporal-polyfill';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';
import { readTime } from './text/iso-times.js';

/**
 * A time of day (FLD-16): a Temporal.PlainTime in the application, `"12:30:00"` in JSON, with six digits of a second's fraction where it has one.
 *
 * Reads what Django reads on Python 3.11: `3:4`, `0304`, `03` and `T03:04` too. An offset is dropped, as there. Code: `invalid`.
 */
export class TimeField extends Field<Temporal.PlainTime, Temporal.PlainTime> {
  constructor(options: FieldOptions = {}) {
    super(options, { invalid: 'Time has wrong format. Use one of these formats instead: {format}.' });
  }

  toInternalValue(value: unknown): Temporal.PlainTime {
    const time = typeof value === 'string' ? readTime(value) : undefined;
    if (!time) this.fail('invalid', { format: 'hh:mm[:ss[.uuuuuu]]' });
    return new Temporal.PlainTime(time.hour, time.minute, time.second, Math.floor(time.microsecond / 1_000), time.microsecond % 1_000);
  }

  /** Takes a `Date` as the database gives it, the time in UTC, beside a PlainTime. A text is shown as it is. */
  override toRepresentation(value: Temporal.PlainTime | Date | string): string {
    if (value instanceof Date) {
      const iso = value.toISOString();
      return value.getTime() % 1_000 === 0 ? iso.slice(-13, -5) : `${iso.slice(-13, -1)}000`;
    }
    return typeof value === 'string' ? value : value.toString({ fractionalSecondDigits: 6 }).replace('.000000', '');
  }

  describe(): FieldDescription {
    return { type: 'time', schema: { type: 'string', format: 'time' } };
  }
}

/**
 * @example
 * opens = time();
 */
export function time<const O extends FieldOptions = {}>(options?: O): FieldOf<Temporal.PlainTime, Temporal.PlainTime, O> {
  return new TimeField(options) as never;
}
