import { Logger } from '@nestjs/common';
import { APIException } from '../../exceptions/api-exception.js';
import { ServiceUnavailable } from '../../exceptions/exceptions.js';
import type { Model } from '../../models/model.js';
import type { OrderKey, Ordering } from '../../plan/ordering.js';
import type { Aggregate, RawRow, ReadPlan } from '../../plan/read-plan.js';
import type { Where } from '../../plan/where.js';
import { aggregateRows } from '../rows/row-aggregates.js';
import { rowCondition, type ObjectRow } from '../rows/row-condition.js';
import { inOrder } from '../rows/row-order.js';
import { readRow } from '../rows/row-reading.js';
import { modelRow } from '../model-row.js';
import { ModelSource, type ReadQuestion } from '../model-source.js';
import { comparisonsOf, whereOf, type RemoteComparison, type RemoteLookup } from './comparisons.js';
import { remoteFailure } from './remote-failure.js';

/** What a service is asked for: only what `filters` and `orderings` say that it can do. */
export interface RemoteRead {
  /** They must all hold. */
  readonly comparisons: readonly RemoteComparison[];
  /** Empty where the order does not matter. */
  readonly ordering: readonly { readonly path: string; readonly descending: boolean }[];
  readonly offset: number;
  /** At most `pageSize`. */
  readonly limit: number;
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
}

export interface RemotePage {
  /** The rows, as JSON or as the model has them; what is more than the limit is not looked at. */
  readonly rows: readonly unknown[];
  /** How many rows meet the comparisons, where the service tells. */
  readonly total?: number;
}

/**
 * A model's rows at a remote service. Say what it can do, and ask it in `fetchPage`; what it cannot do is done here, on `maxRows` rows at most, or refused
 * at boot where that is 0. A service that is away or too slow is a 503, one whose answer makes no sense a 502.
 */
export abstract class RemoteSource<M extends Model = Model> extends ModelSource<M> {
  /** What the service compares itself: `{ continent: ['exact', 'in'], population: ['gte'] }`. */
  readonly filters: Readonly<Record<string, readonly RemoteLookup[]>> = {};
  /** What the service orders by, in both directions. It is trusted to break ties always alike. */
  readonly orderings: readonly string[] = [];
  /** The most rows that the service gives at once. */
  readonly pageSize: number = 100;
  /** The most rows that one read fetches where the service cannot do all of it. Default: 0, it must. */
  readonly maxRows: number = 0;
  /** Milliseconds that one read may take, all its pages together. */
  readonly timeout: number = 5_000;
  readonly #logger = new Logger(this.constructor.name);

  /** Asks the service for some rows. `fetchJson` does so over HTTP. */
  protected abstract fetchPage(read: RemoteRead): Promise<RemotePage>;

  /** Asks the service for the row of a key; undefined where there is none. With it, addresses of rows and related rows need no filter. */
  protected fetchOne?(key: unknown, signal: AbortSignal): Promise<unknown>;

  rows({ tree, where, ordering, offset, limit = Infinity }: ReadPlan): Promise<RawRow[]> {
    return this.within(async (signal) => {
      const split = this.#split(where);
      if (!split || limit === 0) return [];
      const { comparisons, rest } = split;
      const here = await this.#byKeys(split, signal);
      if (!here && rest.length === 0 && this.#orders(ordering, comparisons) && limit !== Infinity) {
        const asked = { comparisons, ordering: this.#ordering(ordering), signal };
        return (await this.#fetch(asked, offset, limit)).rows.map((row) => readRow(tree, row));
      }
      const found = (here ?? (await this.#all(comparisons, signal))).filter(rowCondition(this.model, where));
      return inOrder(this.model, ordering, found)
        .slice(offset, offset + limit)
        .map((row) => readRow(tree, row));
    });
  }

  count(_model: Model, where: Where, limit = Infinity): Promise<number> {
    return this.within(async (signal) => {
      const split = this.#split(where);
      if (!split) return 0;
      const here = await this.#byKeys(split, signal);
      if (!here && split.rest.length === 0) {
        const { rows, total } = await this.#fetch({ comparisons: split.comparisons, ordering: [], signal }, 0, 1);
        if (total !== undefined || limit === 1) return Math.min(total ?? rows.length, limit);
      }
      const found = (here ?? (await this.#all(split.comparisons, signal))).filter(rowCondition(this.model, where));
      return Math.min(found.length, limit);
    });
  }

  override aggregate(_model: Model, where: Where, aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>> {
    return this.within(async (signal) => {
      const split = this.#split(where);
      const rows = split ? (await this.#all(split.comparisons, signal)).filter(rowCondition(this.model, where)) : [];
      return aggregateRows(rows, aggregates);
    });
  }

  override refusal({ where, ordering, limit }: ReadQuestion): string | undefined {
    const split = this.#split(where);
    if (this.maxRows > 0 || !split || this.#keys(split)) return undefined;
    const fix = 'or set maxRows, the most rows that are fetched to do it here';
    if (split.rest.length > 0) return `its service does not answer ${JSON.stringify(split.rest[0])}; let it, by filters, ${fix}`;
    if (!this.#orders(ordering, split.comparisons))
      return `its service does not order by ${ordering.map(pathOf).join(', ')}; let it, by orderings, ${fix}`;
    return limit === undefined ? `a list without pages fetches every row; give it pages, ${fix}` : undefined;
  }

  /**
   * Runs what asks the service, in the time that a read may take: for `create`, `update` and `destroy` too.
   * @throws ServiceUnavailable, BadGateway in place of what it throws; the error itself is logged.
   */
  protected async within<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(this.timeout);
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    try {
      return await Promise.race([run(signal), late]);
    } catch (error) {
      const failure = remoteFailure(error);
      if (failure instanceof APIException && failure.status >= 500) this.#logger.error(failure.cause ?? failure.message);
      throw failure;
    }
  }

  /** Comparisons that the service makes, and what is left to be done here. */
  #split(
    where: Where,
  ): { readonly comparisons: readonly RemoteComparison[]; readonly rest: readonly Where[]; readonly all: readonly RemoteComparison[] } | null {
    const split = comparisonsOf(this.model, where);
    if (!split) return null;
    // One parameter says one thing: what is compared twice in one way is compared here the second time.
    const isFirst = ({ path, lookup }: RemoteComparison, at: number) =>
      split.comparisons.findIndex((one) => one.path === path && one.lookup === lookup) === at;
    const canDo = (comparison: RemoteComparison, at: number) =>
      isFirst(comparison, at) && Object.hasOwn(this.filters, comparison.path) && this.filters[comparison.path]!.includes(comparison.lookup);
    const here = split.comparisons.filter((comparison, at) => !canDo(comparison, at)).map(whereOf);
    return { comparisons: split.comparisons.filter(canDo), rest: [...split.rest, ...here], all: split.comparisons };
  }

  /** The keys of which rows are asked for, where the service gives rows by their key and there are few. */
  #keys({ all }: { readonly all: readonly RemoteComparison[] }): readonly unknown[] | undefined {
    const [key, ...others] = this.model.primaryKey;
    if (!this.fetchOne || others.length > 0) return undefined;
    const asked = all.find(({ path, lookup }) => path === key && (lookup === 'exact' || lookup === 'in'));
    const keys = asked && (asked.lookup === 'in' ? (asked.value as readonly unknown[]) : [asked.value]);
    return keys && keys.length <= MAX_KEYS ? keys : undefined;
  }

  async #byKeys(split: { readonly all: readonly RemoteComparison[] }, signal: AbortSignal): Promise<readonly ObjectRow[] | undefined> {
    const keys = this.#keys(split);
    if (!keys) return undefined;
    const rows = await Promise.all([...new Set(keys)].map((key) => this.fetchOne!(key, signal)));
    return rows.flatMap((row) => (row === undefined || row === null ? [] : [modelRow(this.model, row)]));
  }

  #orders(ordering: Ordering, comparisons: readonly RemoteComparison[]): boolean {
    const single = comparisons.some(({ path, lookup }) => lookup === 'exact' && this.model.fields[path]?.unique);
    return single || this.#ordering(ordering).every(({ path }) => this.orderings.includes(path));
  }

  /** The order without the primary key at its end: the service breaks ties in its own way, and has an order of its own where none is said. */
  #ordering(ordering: Ordering): RemoteRead['ordering'] {
    const keys = ordering.map((key) => ({ path: pathOf(key), descending: key.descending }));
    const isTie = ({ path }: { readonly path: string }) => this.model.primaryKey.includes(path) && !this.orderings.includes(path);
    while (keys.length > 1 && isTie(keys.at(-1)!)) keys.pop();
    const [only] = keys;
    const unsaid = keys.length === 1 && isTie(only!) && !only!.descending && this.model.ordering.length === 0;
    return unsaid ? [] : keys;
  }

  async #all(comparisons: readonly RemoteComparison[], signal: AbortSignal): Promise<readonly ObjectRow[]> {
    const { rows } = await this.#fetch({ comparisons, ordering: [], signal }, 0, this.maxRows + 1);
    if (rows.length <= this.maxRows) return rows;
    const failure = new ServiceUnavailable(1);
    failure.cause = new Error(`More than maxRows, ${this.maxRows}, would be fetched. Let the service filter and order, or raise it.`);
    throw failure;
  }

  /** As many pages as it takes. */
  async #fetch(
    asked: Omit<RemoteRead, 'offset' | 'limit'>,
    offset: number,
    limit: number,
  ): Promise<{ rows: ObjectRow[]; total: number | undefined }> {
    const rows: ObjectRow[] = [];
    let total: number | undefined;
    while (rows.length < limit) {
      const size = Math.min(limit - rows.length, this.pageSize);
      const page = await this.fetchPage({ ...asked, offset: offset + rows.length, limit: size });
      const some = page.rows.slice(0, size).map((row) => modelRow(this.model, row));
      rows.push(...some);
      total = page.total;
      if (some.length < size) break;
    }
    return { rows, total };
  }
}

/** The most rows that are asked for one by one. */
const MAX_KEYS = 10;

const pathOf = ({ path, count }: OrderKey) => [...path, ...(count ? ['count'] : [])].join('__');
