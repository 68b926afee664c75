import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { Naming } from '../settings/naming.js';
import { declaredCondition, pathCondition, type BoundFilter } from './bound-filter.js';
import { columnFilter } from './column-filter.js';
import type { FilterDeclaration, FilterSetClass } from './filter-context.js';
import { Filter, type AnyFilter } from './filter.js';
import type { FilterFields, FilterPath } from './filter-paths.js';
import { arityOf, isLookupName, type LookupName } from './lookup-names.js';
import { lookupName, modelPath } from './model-path.js';

export type { FilterDeclaration, FilterSetClass } from './filter-context.js';
export type { FilterFields } from './filter-paths.js';

/** What a filter set may hold: filters on its model's fields, and methods. A path that the model lacks does not compile. */
export interface FilterSetMembers<M extends Model> {
  readonly [property: string]: Filter<unknown, FilterPath<M>> | ((...args: never[]) => unknown) | undefined;
}

/**
 * The class that a filter set extends: one filter for each of a model's fields and lookups, named `field`, `field__lookup` (DF-2).
 * Filters of its own are property values; one under the name of another replaces it.
 *
 * @example
 * export class BookFilters extends FilterSet(models.book, { title: ['exact', 'icontains'], author: ['exact', 'in'], published: ['year__gte'] }) {
 *   minPrice = numberFilter({ field: 'price', lookup: 'gte' });
 *   available = booleanFilter({ method: 'filterAvailable' });
 *
 *   filterAvailable(value: boolean): Where<BookModel> {
 *     return { inStock: value };
 *   }
 * }
 */
export function FilterSet<M extends Model>(model: M, fields: FilterFields<M> = {}): FilterSetBase<M> {
  const lookups = Array.isArray(fields) ? Object.fromEntries(fields.map((field: string) => [field, ['exact']])) : fields;
  return class {
    static readonly model = model;
    static readonly fields = lookups;
  } as unknown as FilterSetBase<M>;
}

export type FilterSetBase<M extends Model> = (abstract new () => FilterSetMembers<M>) & Pick<FilterSetClass<M>, 'model' | 'fields'>;

/** A filter set of bare fields, as a viewset may declare them: `['country']` compares exactly, `{ returnedAt: ['isnull'] }` names the lookups. */
export function filterSetOf(model: Model, fields: FilterFields): FilterSetClass {
  return class extends FilterSet(model, fields) {};
}

/**
 * The filters of a view's declaration under their names on the wire, ready for requests.
 * @throws ConfigurationError for anything that the model lacks, and for two filters under one name.
 */
export function boundFilters(declaration: FilterDeclaration, model: Model, owner: string, naming: Naming): readonly BoundFilter[] {
  const declared = typeof declaration === 'function';
  const FilterSetType = declared ? declaration : filterSetOf(model, declaration);
  const subject = declared ? FilterSetType.name : `${owner}.filters`;
  if (FilterSetType.model !== model) {
    throw new ConfigurationError(
      `${owner}.filters is ${subject}, a filter set of ${FilterSetType.model?.name ?? 'no model'}; the view's model is ${model.name}. Extend FilterSet(models.${model.delegate}, …).`,
    );
  }
  const set = new FilterSetType();
  const own = Object.entries(set).filter((entry): entry is [string, AnyFilter] => entry[1] instanceof Filter);
  const found = new Map<string, BoundFilter>();
  for (const [path, lookups] of Object.entries(FilterSetType.fields)) {
    for (const lookup of lookups ?? []) {
      const property = lookup === 'exact' ? path : `${path}__${lookup}`;
      found.set(property, generated(model, path, lookupName(lookup, `${subject}, field ${path}`), `${subject}, field ${path}`, naming));
    }
  }
  for (const [property, filter] of own) {
    found.set(property, { name: filter.options.name ?? wireName(property, naming), filter, where: declaredCondition(set, property, filter, model) });
  }
  assertDistinct(found, subject);
  return Object.freeze([...found.values()]);
}

function generated(model: Model, written: string, lookup: LookupName, subject: string, naming: Naming): BoundFilter {
  const path = modelPath(model, written, subject);
  if (path.lookup)
    throw new ConfigurationError(
      `${subject}: ${written} ends with a lookup; write it into the list, as { ${written.slice(0, -path.lookup.length - 2)}: ['${path.lookup}'] }.`,
    );
  const filter = columnFilter(path, { lookup }, subject);
  const name = written.split('__').map(naming).join('__');
  return { name: lookup === 'exact' ? name : `${name}__${lookup}`, filter, where: pathCondition(path, filter) };
}

/** `minPrice` is `min_price`, `inStock__isnull` is `in_stock__isnull`: each part is translated but for a lookup at the end. */
function wireName(property: string, naming: Naming): string {
  const parts = property.split('__');
  const lookupAt = parts.findIndex((_part, index) => index > 0 && isLookupName(parts.slice(index).join('__')));
  return parts.map((part, index) => (lookupAt >= 0 && index >= lookupAt ? part : naming(part))).join('__');
}

function assertDistinct(found: ReadonlyMap<string, BoundFilter>, subject: string): void {
  const names = new Map<string, string>();
  for (const [property, { name }] of found) {
    const other = names.get(name);
    if (other !== undefined)
      throw new ConfigurationError(`${subject}: ${other} and ${property} are both the parameter ${name}; give one of them another name.`);
    names.set(name, property);
  }
}

/** The schema of a parameter's text. */
export function parameterSchema({ filter }: BoundFilter): object {
  const schema = filter.schema();
  switch (arityOf(filter.lookup)) {
    case 'one':
      return schema;
    case 'many':
      return { type: 'array', items: schema };
    case 'two':
      return { type: 'array', items: schema, minItems: 2, maxItems: 2 };
  }
}
