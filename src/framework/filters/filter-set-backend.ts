import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { QuerySet } from '../plan/query-set.js';
import type { Where } from '../plan/where.js';
import type { QueryParams } from '../requests/query-params.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { BoundFilter } from './bound-filter.js';
import { FilterBackend, type FilterParameter, type FilterRead } from './filter-backend.js';
import type { FilterContext } from './filter-context.js';
import type { FilterQuestion } from './filter.js';
import { boundFilters, parameterSchema } from './filter-set.js';
import { arityOf } from './lookup-names.js';
import { sampleOfFilter } from './sample-of-filter.js';

interface Given {
  readonly bound: BoundFilter;
  readonly value: unknown;
}

/**
 * Filters by a view's filter set: django-filter's DjangoFilterBackend (DF-1). All wrong values of a request are told at once (DF-7); whether
 * the rows that they name are there is asked in one statement. Parameters that it does not know are left alone.
 */
export class FilterSetBackend extends FilterBackend {
  readonly #filters: readonly BoundFilter[];
  readonly #lookups: FilterContext['lookups'];
  readonly #requires: boolean;

  constructor(view: FilterContext) {
    super();
    this.#filters = view.filters === undefined ? [] : boundFilters(view.filters, view.model, view.owner, view.naming);
    this.#lookups = view.lookups;
    this.#requires = this.#filters.some(({ filter }) => filter.options.required);
  }

  filterQueryset(request: RestRequest, queryset: QuerySet): QuerySet | Promise<QuerySet> {
    if (request.query.isEmpty && !this.#requires) return queryset;
    const errors = new Map<string, Detail>();
    const given = this.#read(request.query, errors);
    const asked = given.flatMap(({ bound, value }) => {
      const question = bound.filter.ask(value);
      return question ? [{ name: bound.name, question }] : [];
    });
    if (asked.length > 0) return this.#settle(asked, errors).then(() => this.#filter(request, queryset, given, errors));
    return this.#filter(request, queryset, given, errors);
  }

  parameters(): readonly FilterParameter[] {
    return this.#filters.map((bound) => ({
      name: bound.name,
      description: bound.filter.options.helpText ?? '',
      schema: parameterSchema(bound),
      ...(bound.filter.options.required && { required: true }),
      ...(arityOf(bound.filter.lookup) !== 'one' && { commas: true }),
    }));
  }

  /** Of filters on a field by a ready class; what others make of a value is not known before there is a request. */
  override reads(): readonly FilterRead[] {
    return this.#filters.flatMap(({ name, filter, where }) => {
      const known = filter.kind !== 'other' && filter.options.method === undefined && !filter.options.where;
      const value = known ? sampleOfFilter(filter) : undefined;
      if (value === undefined) return [];
      const asker = `filters, ${name}`;
      const lookup = filter.ask(value)?.lookup;
      const choice = lookup?.kind === 'rows' ? [{ asker, model: lookup.model, where: { [lookup.field]: { in: lookup.values } } as Where }] : [];
      return [{ asker, where: where(value, undefined as never) }, ...choice];
    });
  }

  #read(query: QueryParams, errors: Map<string, Detail>): Given[] {
    return this.#filters.flatMap((bound) => {
      const { name, filter } = bound;
      const texts = query.getAll(name);
      const value = texts.length === 0 ? undefined : collect(errors, name, () => filter.read(texts));
      if (value !== undefined) return [{ bound, value }];
      if (filter.options.required && !errors.has(name)) errors.set(name, [errorDetail('This field is required.', 'required')]);
      return [];
    });
  }

  async #settle(asked: readonly { readonly name: string; readonly question: FilterQuestion }[], errors: Map<string, Detail>): Promise<void> {
    const answers = await this.#lookups(asked.map(({ question }) => question.lookup));
    for (const [index, { name, question }] of asked.entries()) collect(errors, name, () => question.settle(answers[index]!));
  }

  #filter(request: RestRequest, queryset: QuerySet, given: readonly Given[], errors: ReadonlyMap<string, Detail>): QuerySet {
    if (errors.size > 0)
      throw new ValidationError(Object.fromEntries(this.#filters.flatMap(({ name }) => (errors.has(name) ? [[name, errors.get(name)!]] : []))));
    return given.reduce((narrowed, { bound, value }) => narrowed.filter(bound.where(value, request) as Where), queryset);
  }
}

function collect<T>(errors: Map<string, Detail>, name: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    errors.set(name, error.detail);
    return undefined;
  }
}
