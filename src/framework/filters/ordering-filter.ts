import type { OrderKey } from '../plan/ordering.js';
import { parseOrdering, withPrimaryKey } from '../plan/ordering.js';
import type { Model } from '../models/model.js';
import type { QuerySet } from '../plan/query-set.js';
import type { RestRequest } from '../requests/rest-request.js';
import { FilterBackend, type FilterParameter, type FilterRead } from './filter-backend.js';
import type { FilterContext } from './filter-context.js';

/**
 * Orders by what a client asks for, out of the view's `orderingFields`: `?ordering=author__name,-title` (FILT-5). Unknown names are dropped,
 * and those that come again; where none is left, the order stays as it is.
 */
export class OrderingFilter extends FilterBackend {
  readonly #model: Model;
  readonly #param: string;
  readonly #fields: ReadonlyMap<string, readonly OrderKey[]>;

  constructor(view: FilterContext) {
    super();
    this.#model = view.model;
    this.#param = view.settings.orderingParam;
    this.#fields = new Map((view.orderingFields ?? []).map(({ name, key }) => [name, orderKeys(view.model, key)]));
  }

  filterQueryset(request: RestRequest, queryset: QuerySet): QuerySet {
    const text = request.query.get(this.#param);
    if (!text || this.#fields.size === 0) return queryset;
    const asked = new Map<string, readonly OrderKey[]>();
    for (const part of text.split(',')) {
      const term = part.trim();
      const name = term.startsWith('-') ? term.slice(1) : term;
      const keys = this.#fields.get(name);
      if (keys && !asked.has(name)) asked.set(name, name === term ? keys : keys.map((key) => ({ ...key, descending: !key.descending })));
    }
    return asked.size === 0 ? queryset : queryset.reorder([...asked.values()].flat(), { byClient: true });
  }

  override reads(): readonly FilterRead[] {
    return [...this.#fields].map(([name, ordering]) => ({ asker: `orderingFields, ${name}`, ordering: withPrimaryKey(this.#model, ordering) }));
  }

  parameters(): readonly FilterParameter[] {
    if (this.#fields.size === 0) return [];
    const names = [...this.#fields.keys()].join(', ');
    return [
      {
        name: this.#param,
        description: `Which field to use when ordering the results: ${names}; - before one for descending.`,
        schema: { type: 'string' },
      },
    ];
  }
}

/** A field's keys alone, without the primary key that ends every order. */
function orderKeys(model: Model, key: string): readonly OrderKey[] {
  const own = key.replace(/^-/, '');
  if (own === 'pk' || model.primaryKey.includes(own)) return parseOrdering(model, [key]).slice(0, own === 'pk' ? undefined : 1);
  return parseOrdering(model, [key]).filter((one) => one.count || one.path.length > 1 || !model.primaryKey.includes(one.path[0]!));
}
