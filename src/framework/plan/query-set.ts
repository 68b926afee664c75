import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model, RowOf } from '../models/model.js';
import type { ListSource } from '../sources/list-source.js';
import { toInstance } from './rows.js';
import { assertWhere, EVERYTHING } from './assert-where.js';
import { defaultOrdering, parseOrdering, withPrimaryKey, type Ordering } from './ordering.js';
import { QuerySource } from './query-source.js';
import type { Aggregate, RawRow, Reader, ReadPlan, ReadTree } from './read-plan.js';
import { scalarTree } from './read-tree.js';
import type { Where } from './where.js';

interface State {
  readonly conditions: readonly Where[];
  readonly ordering: Ordering;
  readonly orderedByClient: boolean;
}

const NUMBERS = new Set(['Int', 'BigInt', 'Float', 'Decimal']);

/**
 * A model's rows under conditions and in an order, not yet read: Django's QuerySet. Immutable: every method answers a new one.
 *
 * @example
 * const cheap = books.filter({ pages: { lt: 300 } }).orderBy('author__name', '-createdAt');
 * const first = await cheap.first();
 */
export class QuerySet<M extends Model = Model> {
  readonly model: M;
  readonly #reader: Reader;
  readonly #state: State;

  constructor(model: M, reader: Reader, state?: State) {
    this.model = model;
    this.#reader = reader;
    this.#state = state ?? { conditions: [], ordering: defaultOrdering(model), orderedByClient: false };
  }

  /** All conditions, in normal form. */
  get where(): Where<M> {
    const { conditions } = this.#state;
    return (conditions.length === 0 ? EVERYTHING : conditions.length === 1 ? conditions[0] : { AND: conditions }) as Where<M>;
  }

  get ordering(): Ordering {
    return this.#state.ordering;
  }

  /** Whether the client chose the order, rather than the model or the view. */
  get orderedByClient(): boolean {
    return this.#state.orderedByClient;
  }

  /**
   * The rows that also meet a condition.
   * @throws ConfigurationError for one that the model cannot be asked; see `assertWhere`.
   */
  filter(where: Where<M>): QuerySet<M> {
    const condition = assertWhere(this.model, where) as Where;
    return condition === EVERYTHING ? this : this.#with({ conditions: [...this.#state.conditions, condition] });
  }

  /** The rows that do not meet a condition. As in SQL, those for which it is unknown (null) meet neither it nor its opposite. */
  exclude(where: Where<M>): QuerySet<M> {
    return this.filter({ NOT: where } as unknown as Where<M>);
  }

  /**
   * Replaces the order: `orderBy('-createdAt', 'author__name')`; the primary key is appended in the last key's direction.
   * @throws ConfigurationError for a key that the model lacks.
   */
  orderBy(...keys: string[]): QuerySet<M> {
    return this.#with({ ordering: parseOrdering(this.model, keys), orderedByClient: false });
  }

  /** Replaces the order with a parsed one. `byClient` tells paginators that the client asked for it. */
  reorder(ordering: Ordering, { byClient = false }: { readonly byClient?: boolean } = {}): QuerySet<M> {
    return this.#with({ ordering: withPrimaryKey(this.model, ordering), orderedByClient: byClient });
  }

  /** The read of up to `limit` rows from `offset` on, by a tree. */
  plan(tree: ReadTree, offset = 0, limit?: number): ReadPlan {
    return { tree, where: this.where as Where, ordering: this.ordering, offset, limit };
  }

  /** The rows of a plan, as the reader gives them. */
  rows(tree: ReadTree, offset?: number, limit?: number): Promise<RawRow[]> {
    return this.#reader.rows(this.plan(tree, offset, limit));
  }

  /** The first row, read by a tree; undefined where there is none. */
  async getOne(tree: ReadTree): Promise<RawRow | undefined> {
    return (await this.#reader.rows({ tree, where: this.where as Where, ordering: this.ordering, offset: 0, limit: 1, single: true }))[0];
  }

  /** The list that a handler returns: rows read by a tree when a paginator asks for them, and shown by `render`. */
  asSource<T>(tree: ReadTree, render: (row: RawRow) => T): ListSource<T> {
    return new QuerySource(this as unknown as QuerySet, tree, render);
  }

  /** The number of rows; with `limit`, no more than that many are counted. */
  count(limit?: number): Promise<number> {
    return this.#reader.count(this.model, this.where as Where, limit);
  }

  async exists(): Promise<boolean> {
    return (await this.count(1)) > 0;
  }

  /** Whole instances: every scalar field, dates as Temporal values. */
  async list(offset = 0, limit?: number): Promise<RowOf<M>[]> {
    const rows = await this.rows(scalarTree(this.model), offset, limit);
    return rows.map((row) => toInstance(this.model, row));
  }

  async first(): Promise<RowOf<M> | undefined> {
    return (await this.list(0, 1))[0];
  }

  /**
   * Several aggregates in one statement: `aggregate({ mean: avg('pages'), books: count() })`. Null where there are no rows to aggregate.
   * @throws ConfigurationError for a field that the model lacks, or that is no number.
   */
  aggregate<A extends Record<string, Aggregate>>(aggregates: A): Promise<{ [K in keyof A]: number | null }> {
    for (const [name, { operation, field }] of Object.entries(aggregates)) {
      if (field === undefined && operation === 'count') continue;
      const column = field !== undefined && Object.hasOwn(this.model.fields, field) ? this.model.fields[field] : undefined;
      if (!column || (operation !== 'count' && (column.list || !NUMBERS.has(column.type)))) {
        throw new ConfigurationError(
          `${this.model.name}: the aggregate '${name}' is ${operation}(${field ?? ''}); name a ${column ? 'numeric ' : ''}field of the model.`,
        );
      }
    }
    return this.#reader.aggregate(this.model, this.where as Where, aggregates) as Promise<{ [K in keyof A]: number | null }>;
  }

  #with(change: Partial<State>): QuerySet<M> {
    return new QuerySet(this.model, this.#reader, { ...this.#state, ...change });
  }
}
