import { Temporal } from 'temporal-polyfill';
import { plainDate } from '../internal/plain-date.js';
import type { Model, RowOf, ScalarField } from '../models/model.js';
import type { RawRow } from './read-plan.js';
import { rememberModel } from './instances.js';

type Convert = (date: Date) => unknown;

const toInstant: Convert = (date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());
const toPlainDate: Convert = (date) => plainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
const toPlainTime: Convert = (date) =>
  new Temporal.PlainTime(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds());

/** What a `Date` of Prisma's is in a column: a date, a time of day, or a moment. */
export function temporalOf(field: ScalarField): Convert {
  switch (field.nativeType?.[0]) {
    case 'Date':
      return toPlainDate;
    case 'Time':
    case 'Timetz':
      return toPlainTime;
    default:
      return toInstant;
  }
}

const conversions = new WeakMap<Model, readonly (readonly [name: string, convert: Convert])[]>();

/** A row as the application has it: what the row holds, with Temporal values for dates. A new object; relations stay as they are. */
export function toInstance<M extends Model>(model: M, row: RawRow): RowOf<M> {
  let dates = conversions.get(model);
  if (!dates) {
    dates = Object.values(model.fields).flatMap((field) => (field.type === 'DateTime' ? [[field.name, temporalOf(field)] as const] : []));
    conversions.set(model, dates);
  }
  const instance: Record<string, unknown> = { ...row };
  for (const [name, convert] of dates) {
    const value = instance[name];
    if (value instanceof Date) instance[name] = convert(value);
    else if (Array.isArray(value)) instance[name] = value.map((each) => (each instanceof Date ? convert(each) : each));
  }
  return rememberModel(instance, model) as RowOf<M>;
}
