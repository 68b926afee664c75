import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import { rowKey } from '../prisma/writes/row-key.js';

/**
 * The primary key of a row as text, by which permissions for it are kept.
 * @throws ConfigurationError for a key of several columns, and for a row that has none.
 */
export function objectKey(model: Model, object: object): string {
  const [name, ...others] = model.primaryKey;
  if (name === undefined || others.length > 0) {
    throw new ConfigurationError(
      `${model.name}: permissions are kept for rows with a key of one column, and its key is [${model.primaryKey.join(', ')}].`,
    );
  }
  const key = rowKey(model, object);
  if (!key) throw new ConfigurationError(`${model.name}: no row can have the key of this object.`);
  return String(key[name]);
}
