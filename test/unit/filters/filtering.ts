import { Temporal } from 'temporal-polyfill';
import type { FilterBackend } from '../../../src/framework/filters/filter-backend.js';
import type { FilterContext } from '../../../src/framework/filters/filter-context.js';
import { QuerySet } from '../../../src/framework/plan/query-set.js';
import type { Reader } from '../../../src/framework/plan/read-plan.js';
import type { Lookup, LookupAnswer } from '../../../src/framework/plan/lookup.js';
import { QueryParams } from '../../../src/framework/requests/query-params.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { snakeCase } from '../../../src/framework/settings/naming.js';
import { models } from '../../../src/library/generated/models.js';

/** A view of books whose related rows have the keys 1, 2 and 3, or the slug `poetry`; what was asked is kept in `asked`. */
export function bookView(declared: Partial<FilterContext> = {}): FilterContext & { readonly asked: Lookup[][] } {
  const asked: Lookup[][] = [];
  return {
    owner: 'BooksViewSet',
    model: models.book,
    naming: snakeCase,
    settings: { searchParam: 'search', orderingParam: 'ordering' },
    asked,
    userPermissions: undefined as never,
    lookups: async (lookups) => {
      asked.push([...lookups]);
      return lookups.map(answer);
    },
    ...declared,
  };
}

function answer(lookup: Lookup): LookupAnswer {
  if (lookup.kind === 'exists') return false;
  const known = lookup.values.filter((value) => [1, 2, 3, 'poetry'].includes(value as number));
  return new Map(known.map((value) => [String(value), { key: value, rows: 1 }]));
}

const reader: Reader = {
  rows: () => Promise.reject(new Error('not asked')),
  count: () => Promise.reject(new Error('not asked')),
  aggregate: () => Promise.reject(new Error('not asked')),
};

export const requestOf = (query: string) => ({ query: new QueryParams(query) }) as unknown as RestRequest;

/** The query set that a backend makes of a request; its conditions went through the plan's own check. */
export async function filtered(backend: FilterBackend, query: string, model = models.book as FilterContext['model']): Promise<QuerySet> {
  return backend.filterQueryset(requestOf(query), new QuerySet(model, reader));
}

/** A condition as plain JSON: decimals and moments as text. */
export function plain(where: unknown): unknown {
  return JSON.parse(
    JSON.stringify(where, (_key, value: unknown) => (typeof value === 'bigint' || value instanceof Temporal.Instant ? String(value) : value)),
  );
}

export const encoded = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();
