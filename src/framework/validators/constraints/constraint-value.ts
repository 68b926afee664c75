import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';

/**
 * A validated value as class-validator's ready constraints know it: a moment and a date (at midnight in UTC) as a `Date`, a decimal and a big integer as the
 * nearest number, a time of day and a duration as their ISO text; a list's items in the same way.
 */
export function constraintValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(constraintValue);
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof Temporal.Instant) return new Date(value.epochMilliseconds);
  if (value instanceof Temporal.PlainDate) return new Date(value.toZonedDateTime('UTC').epochMilliseconds);
  if (value instanceof Temporal.PlainTime || value instanceof Temporal.Duration) return value.toString();
  return value;
}
