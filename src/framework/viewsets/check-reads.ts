import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FilterBackend, FilterRead } from '../filters/filter-backend.js';
import type { Model } from '../models/model.js';
import { CursorPagination } from '../pagination/cursor-pagination.js';
import type { Pagination } from '../pagination/pagination.js';
import { assertWhere, EVERYTHING } from '../plan/assert-where.js';
import { afterPosition } from '../plan/keyset.js';
import { parseOrdering, type Ordering } from '../plan/ordering.js';
import { orderColumn } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { RelatedField } from '../relations/related-field.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { NestedField } from '../serializers/nested-field.js';
import { sampleValue } from '../sources/sample-value.js';
import type { Sources } from '../sources/sources.js';
import type { PlacedLookup } from '../validators/lookup-validator.js';
import { isSavingAction } from './standard-actions.js';
import type { ViewSetResources } from './viewset-resources.js';

interface Asked {
  readonly owner: string;
  readonly sources: Sources;
  readonly resources: ViewSetResources;
  readonly action: string | null;
  readonly serializer: CompiledSerializer | undefined;
  readonly paginator: Pagination | null;
  readonly filterBackends: readonly FilterBackend[];
}

type Read = FilterRead & { readonly whole?: boolean };

/**
 * Refuses a handler that may ask a source for what the source cannot answer. The database answers everything.
 * @throws ConfigurationError
 */
export function checkReads({ owner, sources, resources, action, serializer, paginator, filterBackends }: Asked): void {
  const { model } = resources;
  const reads = [
    ...(action === 'list' ? listReads(resources, paginator) : []),
    ...filterBackends.flatMap((backend) => backend.reads()),
    { asker: `the address of a row`, where: keyIs(model, resources.lookup.field) },
    ...resources.parents.flatMap(({ relation, model: parent }): Read[] => {
      const where = keyIs(parent, parent.primaryKey[0] as string);
      return [
        { asker: `parents, ${relation}`, model: parent, where },
        { asker: `parents, ${relation}`, where: { [relation]: { is: where } } },
      ];
    }),
    ...(serializer && isSavingAction(action) ? writeReads(serializer) : []),
  ];
  for (const { asker, model: of = model, where = EVERYTHING, ordering = [], whole = false } of reads as readonly Read[]) {
    const source = sources.of(of);
    const refusal = source?.refusal({ where: assertWhere(of, where), ordering, ...(!whole && { limit: 1 }) });
    if (refusal) throw new ConfigurationError(`${owner}, ${asker}: ${source!.constructor.name} cannot answer: ${refusal}.`);
  }
}

const keyIs = (model: Model, name: string): Where => ({ [name]: { equals: sampleValue(model.fields[name]!) } });

function listReads({ queryset, model }: ViewSetResources, paginator: Pagination | null): Read[] {
  if (!(paginator instanceof CursorPagination))
    return [{ asker: paginator ? 'its list' : 'its list, which has no pages', ordering: queryset.ordering, whole: !paginator }];
  const own = typeof paginator.ordering === 'string' ? [paginator.ordering] : paginator.ordering;
  const ordering: Ordering = own ? parseOrdering(model, own) : queryset.ordering;
  if (ordering.some((key) => key.count)) return [];
  const values = ordering.map((key) => sampleValue(orderColumn(model, key).field));
  return [{ asker: 'its pages by cursor', ordering, where: afterPosition(model, ordering, values) }];
}

/** What validation looks up: the rows of relations, and those that have what must be unique already. */
function writeReads(serializer: CompiledSerializer): Read[] {
  const { model } = serializer;
  const fields = serializer.writable.flatMap(({ name, source, field, lookups }): Read[] => {
    const asker = `${serializer.name}.${name}`;
    const asked = lookups.flatMap((lookup) => uniqueRead(asker, lookup));
    if (field instanceof NestedField) return [...asked, ...writeReads(field.compiled)];
    if (!(field instanceof RelatedField)) return asked;
    const related = field.modelAt(model, source, serializer.name);
    const lookup = field.lookupField(related);
    return [...asked, { asker, model: related, where: { [lookup]: { in: [sampleValue(related.fields[lookup]!)] } } }];
  });
  return [...fields, ...serializer.lookups.flatMap((lookup) => uniqueRead(serializer.name, lookup))];
}

function uniqueRead(owner: string, { kind, model, columns }: PlacedLookup): Read[] {
  if (columns.length === 0) return [];
  return [{ asker: `${owner}, ${kind}`, model, where: { AND: columns.map((column) => keyIs(model, column)) } }];
}
