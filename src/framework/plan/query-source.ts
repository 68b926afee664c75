import type { Keyset, ListSource, Position, Positioned } from '../sources/list-source.js';
import { afterPosition, assertKeyset, reversed } from './keyset.js';
import { parseOrdering, type Ordering } from './ordering.js';
import { parsePosition, positionOf } from './position.js';
import type { QuerySet } from './query-set.js';
import type { RawRow, ReadTree } from './read-plan.js';
import { withOrdering } from './read-tree.js';

/** A query set's rows as a list: read by a tree, and shown by a renderer. */
export class QuerySource<T> implements ListSource<T> {
  readonly #queryset: QuerySet;
  readonly #tree: ReadTree;
  readonly #render: (row: RawRow) => T;

  constructor(queryset: QuerySet, tree: ReadTree, render: (row: RawRow) => T) {
    this.#queryset = queryset;
    this.#tree = tree;
    this.#render = render;
  }

  /** Whether the client chose the order, rather than the view. */
  get orderedByClient(): boolean {
    return this.#queryset.orderedByClient;
  }

  count(limit?: number): Promise<number> {
    return this.#queryset.count(limit);
  }

  async slice(offset: number, limit?: number): Promise<T[]> {
    const rows = await this.#queryset.rows(this.#tree, offset, limit);
    return rows.map(this.#render);
  }

  get keyset(): Keyset<T> {
    return new QueryKeyset(this.#queryset, this.#queryset.ordering, this.#tree, this.#render);
  }
}

class QueryKeyset<T> implements Keyset<T> {
  readonly #queryset: QuerySet;
  readonly #tree: ReadTree;
  readonly #render: (row: RawRow) => T;

  constructor(
    queryset: QuerySet,
    readonly ordering: Ordering,
    tree: ReadTree,
    render: (row: RawRow) => T,
  ) {
    this.#queryset = queryset;
    this.#tree = tree;
    this.#render = render;
  }

  orderBy(...keys: string[]): Keyset<T> {
    return new QueryKeyset(this.#queryset, parseOrdering(this.#queryset.model, keys), this.#tree, this.#render);
  }

  /** @throws ConfigurationError where a cursor cannot follow the order. */
  async after(position: Position | null, limit: number, backwards: boolean): Promise<Positioned<T>[]> {
    const { model } = this.#queryset;
    assertKeyset(model, this.ordering);
    const ordering = backwards ? reversed(this.ordering) : this.ordering;
    let queryset = this.#queryset.reorder(ordering);
    if (position !== null) queryset = queryset.filter(afterPosition(model, ordering, parsePosition(model, ordering, position)));
    const rows = await queryset.rows(withOrdering(this.#tree, ordering), 0, limit);
    return rows.map((row) => ({ item: this.#render(row), position: positionOf(model, ordering, row) }));
  }
}
