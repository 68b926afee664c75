import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, RelationField, ScalarField } from '../models/model.js';
import { EVERYTHING, NOTHING } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { isLookupName, whyNoLookup, type LookupName } from './lookup-names.js';

/** The way from a model through relations to a column or to a relation. */
export interface ModelPath {
  readonly hops: readonly RelationField[];
  readonly end: { readonly field: ScalarField; readonly relation?: undefined } | { readonly relation: RelationField; readonly field?: undefined };
  /** The lookup that stood after it; undefined where none did. */
  readonly lookup?: LookupName;
}

/**
 * Follows `author__name` or `author__name__icontains` through a model; `pk` is the primary key.
 * @throws ConfigurationError for a name that no model on the way has, and for a lookup that there is none of; `subject` begins the message.
 */
export function modelPath(model: Model, path: string, subject: string): ModelPath {
  const segments = path.split('__');
  const hops: RelationField[] = [];
  let at = model;
  for (const [index, segment] of segments.entries()) {
    const rest = segments.slice(index + 1);
    const name = segment === 'pk' ? at.primaryKey[0]! : segment;
    if (Object.hasOwn(at.fields, name)) return { hops, end: { field: at.fields[name]! }, ...suffix(rest, subject) };
    if (!Object.hasOwn(at.relations, name)) {
      const known = [...Object.keys(at.fields), ...Object.keys(at.relations)];
      throw new ConfigurationError(
        `${subject}: ${at.name} has no ${segment === '' ? 'field without a name' : segment}; use one of ${known.join(', ')}.`,
      );
    }
    const relation = at.relations[name]!;
    const [next] = rest;
    const related = relation.model();
    const goesOn =
      next !== undefined &&
      (next === 'pk' || Object.hasOwn(related.fields, next) || Object.hasOwn(related.relations, next) || !isLookupName(rest.join('__')));
    if (!goesOn) return { hops, end: { relation }, ...suffix(rest, subject) };
    hops.push(relation);
    at = related;
  }
  throw new ConfigurationError(`${subject}: name a field.`);
}

function suffix(rest: readonly string[], subject: string): { readonly lookup?: LookupName } {
  if (rest.length === 0) return {};
  return { lookup: lookupName(rest.join('__'), subject) };
}

/** @throws ConfigurationError for a name that is no lookup. */
export function lookupName(name: string, subject: string): LookupName {
  if (!isLookupName(name)) throw new ConfigurationError(`${subject}, lookup ${name}: ${whyNoLookup(name)}.`);
  return name;
}

/** The condition on rows of which some row at the end of the hops meets `where`. */
export function throughHops(hops: readonly RelationField[], where: Where): Where {
  return hops.reduceRight((inner, relation) => ({ [relation.name]: relation.many ? { some: inner } : { is: inner } }), where);
}

/** Whether the end of a path is null, or a relation on the way leads nowhere: what Django's LEFT JOIN finds. */
export function isNullAt({ hops, end }: ModelPath): Where {
  const ending = end.field ? (end.field.nullable ? { [end.field.name]: { equals: null } } : NOTHING) : leadsNowhere(end.relation);
  return hops.reduceRight((inner, relation) => either(leadsNowhere(relation), inner === NOTHING ? NOTHING : throughHops([relation], inner)), ending);
}

export function isKnownAt({ hops, end }: ModelPath): Where {
  if (end.field) return throughHops(hops, end.field.nullable ? { [end.field.name]: { not: null } } : EVERYTHING);
  const { relation } = end;
  return throughHops(hops, relation.many ? { [relation.name]: { some: {} } } : { [relation.name]: { isNot: null } });
}

function leadsNowhere(relation: RelationField): Where {
  if (relation.many) return { [relation.name]: { none: {} } };
  return relation.nullable ? { [relation.name]: { is: null } } : NOTHING;
}

function either(one: Where, other: Where): Where {
  return one === NOTHING ? other : other === NOTHING ? one : { OR: [one, other] };
}
