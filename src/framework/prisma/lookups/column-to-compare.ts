import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField, ScalarField } from '../../models/model.js';

/** The way from a model over to-one relations to a column. */
export interface ColumnPath {
  readonly hops: readonly RelationField[];
  readonly column: ScalarField;
}

/**
 * Follows `author__name`.
 * @throws ConfigurationError for a name that is no scalar field whose values can be compared, or is reached over many rows.
 */
export function pathToCompare(model: Model, path: string): ColumnPath {
  const names = path.split('__');
  const last = names.pop() as string;
  const hops: RelationField[] = [];
  let at = model;
  for (const name of names) {
    const relation = Object.hasOwn(at.relations, name) ? at.relations[name] : undefined;
    if (!relation || relation.many) {
      throw new ConfigurationError(
        `${model.name} cannot be looked up by '${path}': ${at.name}.${name} is ${relation ? 'a list of rows' : 'no relation'}; name a field, or one of a related row.`,
      );
    }
    hops.push(relation);
    at = relation.model();
  }
  return { hops, column: columnToCompare(at, last) };
}

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
