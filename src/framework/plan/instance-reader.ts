import type { Model } from '../models/model.js';
import type { RawRow } from './read-plan.js';
import { temporalOf } from './rows.js';

/** Gives some fields of a raw row to the application's code, dates as Temporal values; undefined where the row can be given as it is. */
export function instanceReader(model: Model, names: readonly string[]): ((row: RawRow) => Record<string, unknown>) | undefined {
  const dates = names.flatMap((name) => (model.fields[name]?.type === 'DateTime' ? [[name, temporalOf(model.fields[name])] as const] : []));
  if (dates.length === 0) return undefined;
  return (row) => {
    const values: Record<string, unknown> = {};
    for (const name of names) values[name] = row[name];
    for (const [name, convert] of dates) if (values[name] instanceof Date) values[name] = convert(values[name]);
    return values;
  };
}
