import { ConfigurationError } from '../exceptions/configuration-error.js';
import { isRecord } from '../models/json-value.js';
import type { Model, RelationField } from '../models/model.js';
import type { DataOf } from './data-of.js';
import type { RelationWrite, Write } from '../plan/write.js';

/**
 * The write of plain data: columns by name, relations by key. A to-one relation becomes its foreign key; of a to-many one, keys become its rows, and
 * objects are made into new rows, in place of those that were there. An empty list unlinks, and deletes nothing.
 *
 * @throws ConfigurationError for a name that the model lacks, and for a value that is undefined.
 */
export function toWrite<M extends Model>(model: M, data: DataOf<M>): Write {
  const columns: Record<string, unknown> = {};
  const relations: Record<string, RelationWrite> = {};
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    if (value === undefined) throw new ConfigurationError(`${model.name}: '${name}' is undefined; leave it out where it is not written.`);
    if (Object.hasOwn(model.fields, name)) columns[name] = value;
    else if (!Object.hasOwn(model.relations, name)) throw new ConfigurationError(`${model.name} has no '${name}' to write; ${namesOf(model)}.`);
    else if (model.relations[name]!.many) relations[name] = manyWrite(model, model.relations[name]!, value);
    else Object.assign(columns, foreignKey(model, model.relations[name]!, value));
  }
  return { model, columns, relations };
}

function foreignKey(model: Model, relation: RelationField, key: unknown): Record<string, unknown> {
  if (relation.from.length === 0) {
    throw new ConfigurationError(`${model.name}.${relation.name} is kept by ${relation.model().name}: write '${relation.inverse}' there.`);
  }
  if (key === null) return Object.fromEntries(relation.from.map((name) => [name, null]));
  if (relation.from.length === 1 && !isRecord(key)) return { [relation.from[0]!]: key };
  if (!isRecord(key) || relation.to.some((name) => key[name] === undefined)) {
    throw new ConfigurationError(`${model.name}.${relation.name} is written by its key: give ${relation.to.join(' and ')}.`);
  }
  return Object.fromEntries(relation.from.map((name, index) => [name, key[relation.to[index]!]]));
}

function manyWrite(model: Model, relation: RelationField, value: unknown): RelationWrite {
  if (isRecord(value) && 'kind' in value) return value as unknown as RelationWrite;
  if (!Array.isArray(value)) throw new ConfigurationError(`${model.name}.${relation.name} leads to many rows: give a list of keys or of rows.`);
  const rows = value.filter(isRecord);
  if (value.length > 0 && rows.length === value.length) {
    return { kind: 'rows', rows: rows.map((row) => ({ write: toWrite(relation.model(), row as DataOf<Model>) })), others: 'remove' };
  }
  if (rows.length > 0) throw new ConfigurationError(`${model.name}.${relation.name} mixes keys and rows: give one or the other.`);
  // An empty list is one of keys: nothing is deleted by a list that happens to be empty.
  return { kind: 'set', keys: value };
}

const namesOf = (model: Model) => `it has ${[...Object.keys(model.fields), ...Object.keys(model.relations)].join(', ')}`;
