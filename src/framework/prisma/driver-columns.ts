import { errorDetail, isErrorDetail, type Detail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Model, ScalarField } from '../models/model.js';
import { columnValue } from '../plan/column-value.js';
import { toDriver } from './driver-value.js';

/**
 * Columns as Prisma writes them, each checked: Prisma stores half a surrogate pair altered and an extreme date as null without a word.
 *
 * @throws ConfigurationError for a name that the model lacks and for a value of another type or undefined; ValidationError for one that the column cannot hold.
 */
export function driverColumns(model: Model, columns: Readonly<Record<string, unknown>>, leftOut: readonly string[] = []): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  const errors: Record<string, Detail> = {};
  for (const [name, value] of Object.entries(columns)) {
    if (leftOut.includes(name)) continue;
    const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
    if (!field) throw new ConfigurationError(`${model.name} has no column '${name}' to write; it has ${Object.keys(model.fields).join(', ')}.`);
    if (value === undefined) throw new ConfigurationError(`${model.name}: '${name}' is undefined; leave it out where it is not written.`);
    const written =
      field.list && Array.isArray(value) ? value.map((each: unknown) => driverValue(model, field, each)) : [driverValue(model, field, value)];
    const wrong = written.find(isErrorDetail);
    if (wrong) errors[name] = [wrong];
    else data[name] = field.list ? written : written[0];
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
  return data;
}

function driverValue(model: Model, field: ScalarField, value: unknown): unknown {
  if (value === null) return field.nullable || field.type === 'Json' ? toDriver(field, null) : errorDetail('This field may not be null.', 'null');
  const found = columnValue(field, value);
  switch (found.kind) {
    case 'value':
      return toDriver(field, found.value);
    case 'wrong':
      throw new ConfigurationError(`${model.name}: '${field.name}' is written as ${typeof value}, and its column takes ${found.expected}.`);
    case 'between':
      // A moment with microseconds: Prisma carries milliseconds.
      if (field.type === 'DateTime') return toDriver(field, value);
      return errorDetail('Invalid value.', 'invalid');
    default:
      return errorDetail('Invalid value.', 'invalid');
  }
}
