import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { Model } from '../models/model.js';
import { NOTHING } from '../plan/assert-where.js';
import type { QuerySet } from '../plan/query-set.js';
import type { Where } from '../plan/where.js';
import type { RestRequest } from '../requests/rest-request.js';
import { pathCondition } from './bound-filter.js';
import { columnFilter } from './column-filter.js';
import { FilterBackend, type FilterParameter, type FilterRead } from './filter-backend.js';
import type { FilterContext } from './filter-context.js';
import { arityOf, type LookupName } from './lookup-names.js';
import { modelPath } from './model-path.js';
import { searchTerms } from './search-terms.js';

/**
 * Searches a view's `searchFields` (FILT-3): every term must be found in some field. A field is searched without regard to case; with `^` from its
 * start, with `=` as a whole, or by a lookup of its own: `name__exact`.
 */
export class SearchFilter extends FilterBackend {
  readonly #param: string;
  readonly #fields: readonly ((term: string) => Where)[];

  constructor(view: FilterContext) {
    super();
    this.#param = view.settings.searchParam;
    this.#fields = (view.searchFields ?? []).map((field) => searchField(view.model, field, `${view.owner}.searchFields, '${field}'`));
  }

  filterQueryset(request: RestRequest, queryset: QuerySet): QuerySet {
    const text = request.query.get(this.#param);
    if (!text || this.#fields.length === 0) return queryset;
    return searchTerms(text).reduce((found, term) => found.filter(this.#anyField(term)), queryset);
  }

  override reads(): readonly FilterRead[] {
    return this.#fields.length === 0 ? [] : [{ asker: 'searchFields', where: this.#anyField('1') }];
  }

  #anyField(term: string): Where {
    return { OR: this.#fields.map((field) => field(term)) };
  }

  parameters(): readonly FilterParameter[] {
    return this.#fields.length === 0 ? [] : [{ name: this.#param, description: 'A search term.', schema: { type: 'string' } }];
  }
}

const PREFIXES: Readonly<Record<string, LookupName>> = { '^': 'istartswith', '=': 'iexact' };

function searchField(model: Model, declared: string, subject: string): (term: string) => Where {
  const [sign = ''] = declared;
  if (sign === '$' || sign === '@') {
    throw new ConfigurationError(
      `${subject}: ${sign} searches by ${sign === '$' ? 'a regular expression' : 'full text'}, which Prisma cannot; leave it out, or use ^ (from the start) or = (the whole).`,
    );
  }
  const prefix = Object.hasOwn(PREFIXES, sign) ? PREFIXES[sign] : undefined;
  const path = modelPath(model, prefix ? declared.slice(1) : declared, subject);
  if (prefix && path.lookup) throw new ConfigurationError(`${subject}: ${sign} and ${path.lookup} exclude each other; leave one of them out.`);
  const lookup = prefix ?? path.lookup ?? 'icontains';
  if (path.end.relation)
    throw new ConfigurationError(`${subject}: ${path.end.relation.name} is a relation; name a field of ${path.end.relation.model().name}.`);
  if (lookup === 'isnull' || arityOf(lookup) !== 'one')
    throw new ConfigurationError(`${subject}: a term cannot be searched by ${lookup}; leave the lookup out.`);
  const filter = columnFilter(path, { lookup }, subject);
  const where = pathCondition(path, filter);
  return (term) => {
    const value = read(() => filter.read([term]));
    return value === undefined ? NOTHING : where(value, undefined as never);
  };
}

/** A term that the column's type cannot be compared with is found nowhere in it. */
function read(value: () => unknown): unknown {
  try {
    return value();
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}
