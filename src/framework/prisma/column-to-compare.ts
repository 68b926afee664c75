import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, ScalarField } from '../models/model.js';

/** @throws ConfigurationError for a name that is no scalar field whose values can be compared. */
export function columnToCompare(model: Model, name: string): ScalarField {
  const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
  if (!field || field.list || field.type === 'Json' || field.type === 'Bytes') {
    throw new ConfigurationError(
      `${model.name} cannot be looked up by '${name}': ${field ? 'such columns have no equality' : 'it has no such field'}; name a scalar field.`,
    );
  }
  return field;
}
