import { Temporal } from 'temporal-polyfill';
import { RawNumber } from '../parsers/raw-number.js';
import { BOUND_MESSAGES, bounds, type Bounds } from '../validators/bounds.js';
import { djangoDuration, isoDuration, MOST_DAYS, pythonDuration, readDuration, timeDelta } from './text/durations.js';
import { checkDurationFormat, DEFAULT_FIELD_SETTINGS, type DurationFormat, type FieldSettings } from './field-settings.js';
import { Field, type FieldDescription, type FieldOf, type FieldOptions } from './field.js';

export interface DurationOptions extends FieldOptions, Bounds<Temporal.Duration> {
  /** How it is shown: `1 02:00:03` (django), `P1DT02H00M03S` (iso-8601), or null for the Temporal value itself. Default: the setting `durationFormat`. */
  readonly format?: DurationFormat;
}

const DAY = 86_400_000_000n;

/**
 * A length of time (FLD-17), exact to a microsecond: a Temporal.Duration of days of 24 hours and smaller units in the application,
 * `"1 02:00:03.000004"` in JSON.
 *
 * Reads Django's form, ISO 8601's without years, months and weeks, PostgreSQL's, and seconds as a number. An empty text is no time at all, as in DRF.
 * Codes: `invalid`, `overflow`, `max_value`, `min_value`.
 * @throws ConfigurationError for an unknown format.
 */
export class DurationField extends Field<Temporal.Duration, Temporal.Duration> {
  declare readonly options: DurationOptions;
  #format: DurationFormat;

  constructor(options: DurationOptions = {}) {
    super(
      options,
      {
        invalid: 'Duration has wrong format. Use one of these formats instead: {format}.',
        overflow: 'The number of days must be between {min_days} and {max_days}.',
        ...BOUND_MESSAGES,
      },
      bounds<Temporal.Duration, Temporal.Duration>('DurationField', options, (a, b) => Number(microsecondsOf(a) - microsecondsOf(b)), shown),
    );
    const { format = DEFAULT_FIELD_SETTINGS.durationFormat } = options;
    checkDurationFormat(`${this.constructor.name}: format`, format);
    this.#format = format;
  }

  override useSettings({ durationFormat }: FieldSettings): void {
    if (this.options.format === undefined) this.#format = durationFormat;
  }

  toInternalValue(value: unknown): Temporal.Duration {
    if (value instanceof Temporal.Duration) return value;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof RawNumber)) this.#refuse();
    // A fraction with more digits than a double has is the double, as in Python.
    const text = value instanceof RawNumber && !value.isInteger ? String(Number(value.text)) : String(value);
    const total = readDuration(text) ?? this.#refuse();
    const { days } = timeDelta(total);
    if (days > MOST_DAYS || days < -MOST_DAYS) this.fail('overflow', { min_days: -MOST_DAYS, max_days: MOST_DAYS });
    return durationOf(total);
  }

  /** @throws RangeError for years and months, which are of no fixed length. */
  override toRepresentation(value: Temporal.Duration | string): unknown {
    if (typeof value === 'string' || this.#format === null) return value;
    const total = microsecondsOf(value);
    return this.#format === 'django' ? djangoDuration(timeDelta(total)) : isoDuration(total);
  }

  #refuse(): never {
    this.fail('invalid', { format: '[DD] [HH:[MM:]]ss[.uuuuuu]' });
  }

  describe(): FieldDescription {
    const { min, max } = this.options;
    return {
      type: 'duration',
      schema: { type: 'string' },
      ...(min && { minValue: shown(min) }),
      ...(max && { maxValue: shown(max) }),
    };
  }
}

const shown = (duration: Temporal.Duration) => pythonDuration(timeDelta(microsecondsOf(duration)));

function durationOf(total: bigint): Temporal.Duration {
  const sign = total < 0n ? -1 : 1;
  const { days, seconds, microseconds } = timeDelta(total < 0n ? -total : total);
  const parts = [
    days,
    Math.floor(seconds / 3_600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    Math.floor(microseconds / 1_000),
    microseconds % 1_000,
  ];
  // Adding zero makes no part -0.
  const [d, h, m, s, ms, us] = parts.map((part) => part * sign + 0);
  return new Temporal.Duration(0, 0, 0, d, h, m, s, ms, us);
}

function microsecondsOf(duration: Temporal.Duration): bigint {
  const { years, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds } = duration;
  if (years || months) throw new RangeError(`A duration of years or months (${duration.toString()}) has no fixed length; use days.`);
  const clock = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return BigInt(weeks * 7 + days) * DAY + (clock * 1_000n + BigInt(milliseconds)) * 1_000n + BigInt(microseconds);
}

/**
 * @example
 * length = duration({ min: Temporal.Duration.from({ seconds: 1 }) });
 */
export function duration<const O extends DurationOptions = {}>(options?: O): FieldOf<Temporal.Duration, Temporal.Duration, O> {
  return new DurationField(options) as never;
}
