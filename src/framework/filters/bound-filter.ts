import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, RelationField } from '../models/model.js';
import { NOTHING } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import type { RestRequest } from '../requests/rest-request.js';
import { assertReads } from './column-filter.js';
import type { AnyFilter } from './filter.js';
import { COMPARISONS } from './lookups.js';
import { isKnownAt, isNullAt, modelPath, throughHops, type ModelPath } from './model-path.js';

/** A filter under its parameter's name, with the condition that its values make. */
export interface BoundFilter {
  readonly name: string;
  readonly filter: AnyFilter;
  readonly where: Condition;
}

type Condition = (value: unknown, request: RestRequest) => Where;

/**
 * The condition of a filter that a filter set declares as a property.
 * @throws ConfigurationError for a method that the set lacks, and a field that the model lacks or that the filter cannot be compared with.
 */
export function declaredCondition(set: object, property: string, filter: AnyFilter, model: Model): Condition {
  const { method, where, field } = filter.options;
  const subject = `${set.constructor.name}.${property}`;
  if (method !== undefined && where !== undefined)
    throw new ConfigurationError(`${subject}: method and where exclude each other; leave one of them out.`);
  if (where) return where as Condition;
  if (method !== undefined) {
    const made = (set as Record<string, unknown>)[method];
    if (typeof made !== 'function')
      throw new ConfigurationError(`${subject}: ${set.constructor.name} has no method ${method}; write ${method}(value) { return { … }; }.`);
    return made.bind(set) as Condition;
  }
  const path = modelPath(model, field ?? property, subject);
  if (path.lookup) throw new ConfigurationError(`${subject}: ${field ?? property} ends with a lookup; give field and lookup apart.`);
  assertReads(filter, path, subject);
  return pathCondition(path, filter);
}

/** The condition of a filter on a field. */
export function pathCondition(path: ModelPath, filter: AnyFilter): Condition {
  const include = includeCondition(path, filter);
  if (!filter.options.exclude) return include;
  // As in Django: rows of which the field is null are no match, so they stay.
  const many = path.hops.some((hop) => hop.many) || path.end.relation?.many;
  const unknown = many ? NOTHING : isNullAt(path);
  return (value, request) => {
    const none: Where = { NOT: include(value, request) };
    return unknown === NOTHING || filter.lookup === 'isnull' ? none : { OR: [none, unknown] };
  };
}

function includeCondition(path: ModelPath, filter: AnyFilter): Condition {
  const { hops, end } = path;
  if (filter.lookup === 'isnull') {
    const [isNull, isKnown] = [isNullAt(path), isKnownAt(path)];
    return (value) => (value ? isNull : isKnown);
  }
  if (end.relation) {
    const toField = (filter as { keyField?: string }).keyField ?? end.relation.model().primaryKey[0]!;
    return (value) => throughHops(hops, relatedIs(end.relation, toField, value));
  }
  const { field } = end;
  const [one, several] = [COMPARISONS[filter.lookup], COMPARISONS.in];
  return (value) => {
    const condition = filter.lookup === 'exact' && Array.isArray(value) ? several(field, value as never) : one(field, value as never);
    return condition === NOTHING ? NOTHING : throughHops(hops, condition);
  };
}

/** The condition on a relation's key: on this side's column where it is there. */
function relatedIs(relation: RelationField, toField: string, value: unknown): Where {
  const compared = Array.isArray(value) ? { in: value.filter((key) => key !== null) } : { equals: value };
  const [own] = relation.from;
  if (own !== undefined && relation.from.length === 1 && relation.to[0] === toField) return { [own]: compared };
  return throughHops([relation], { [toField]: compared });
}
