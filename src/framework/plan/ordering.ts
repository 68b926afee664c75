import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';

/** One key of an order: a path of relations that ends in a column, or the number of a relation's rows. */
export interface OrderKey {
  /** `['author', 'name']`; for a count `['books']`. */
  readonly path: readonly string[];
  readonly count?: true;
  readonly descending: boolean;
}

export type Ordering = readonly OrderKey[];

/**
 * The order that keys name: `-createdAt`, `author__name`, `books__count`. A to-one relation alone stands for its model's default order, as in Django.
 * It always ends with the primary key, in the last key's direction; without keys it is the primary key's.
 *
 * @throws ConfigurationError for a key that the model lacks.
 */
export function parseOrdering(model: Model, keys: readonly string[]): Ordering {
  const ordering = keys.flatMap((key) => parseKey(model, key, key.startsWith('-')));
  return Object.freeze(withPrimaryKey(model, ordering));
}

const defaults = new WeakMap<Model, Ordering>();

/** A model's own order. */
export function defaultOrdering(model: Model): Ordering {
  let ordering = defaults.get(model);
  if (!ordering) defaults.set(model, (ordering = parseOrdering(model, model.ordering)));
  return ordering;
}

/** The order with the primary key at its end, unless it is in it already. */
export function withPrimaryKey(model: Model, ordering: Ordering): OrderKey[] {
  const descending = ordering.at(-1)?.descending ?? false;
  const missing = model.primaryKey.filter((name) => !ordering.some((key) => !key.count && key.path.length === 1 && key.path[0] === name));
  return [...ordering, ...missing.map((name) => ({ path: [name], descending }))];
}

function parseKey(model: Model, key: string, descending: boolean): OrderKey[] {
  const segments = key.replace(/^-/, '').split('__');
  const path: string[] = [];
  let at = model;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const relation = Object.hasOwn(at.relations, segment) ? at.relations[segment] : undefined;
    if (relation) {
      path.push(segment);
      if (relation.many) {
        if (index === segments.length - 2 && segments[index + 1] === 'count') return [{ path, count: true, descending }];
        throw new ConfigurationError(
          `${model.name}: the ordering '${key}' goes through '${segment}', which leads to many rows; order by '${path.join('__')}__count', or by a field of a to-one relation.`,
        );
      }
      at = relation.model();
      if (last) return relatedDefault(at, path, descending, key);
      continue;
    }
    const names = last && segment === 'pk' ? at.primaryKey : Object.hasOwn(at.fields, segment) ? [segment] : undefined;
    if (!names || !last) {
      throw new ConfigurationError(
        `${model.name}: the ordering '${key}' names '${segment}', which ${at.name} lacks; use one of ${namesOf(at).join(', ')}.`,
      );
    }
    return names.map((name) => ({ path: [...path, name], descending }));
  }
  return [];
}

function relatedDefault(related: Model, path: readonly string[], descending: boolean, key: string): OrderKey[] {
  if (path.length > 8)
    throw new ConfigurationError(`The ordering '${key}' never ends: models are ordered by each other; name a field, such as '${key}__id'.`);
  const keys = related.ordering.length > 0 ? related.ordering : related.primaryKey;
  return keys.flatMap((each) =>
    parseKey(related, each, each.startsWith('-')).map((one) => ({ ...one, path: [...path, ...one.path], descending: one.descending !== descending })),
  );
}

const namesOf = (model: Model) => [...Object.keys(model.fields), ...Object.keys(model.relations)];
