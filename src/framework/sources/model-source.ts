import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { KeyOf, Model } from '../models/model.js';
import { QuerySet } from '../plan/query-set.js';
import type { Aggregate, RawRow, Reader, ReadPlan } from '../plan/read-plan.js';
import type { Where } from '../plan/where.js';
import type { Lookup, LookupAnswer } from '../plan/lookup.js';
import type { DataOf } from '../services/data-of.js';
import { answerByRows } from './answer-by-rows.js';

/** A read that may be asked for: a condition in normal form and an order; without a limit, of all rows. */
export type ReadQuestion = Pick<ReadPlan, 'where' | 'ordering' | 'limit'>;

/**
 * Where the rows of a model are that are not in the database. A provider: list it in a module, and whatever asks for the model's rows, viewsets, filters,
 * related fields and services, asks it.
 *
 * `MemorySource` has its rows at hand, `RemoteSource` asks a service for them. Extend this class where neither fits, and execute plans yourself: their
 * conditions are in normal form (`docs/plan.md`), their data frozen, their values those of the model's columns.
 */
export abstract class ModelSource<M extends Model = Model> implements Reader {
  readonly model: M;

  constructor(model: M) {
    this.model = model;
  }

  /** All rows, in the model's default order. */
  get objects(): QuerySet<M> {
    return new QuerySet(this.model, this);
  }

  /**
   * The rows of a plan: those that meet its condition, in its order, `limit` of them from `offset` on (all from there without a limit).
   * A row is an object of the tree's columns, its related rows under their relation's name, and its counts under `$counts`.
   * @throws ServiceUnavailable, BadGateway where rows cannot be had.
   */
  abstract rows(plan: ReadPlan): Promise<RawRow[]>;

  /** The number of rows that meet a condition; with `limit`, no more than that many are counted. */
  abstract count(model: Model, where: Where, limit?: number): Promise<number>;

  /** Aggregates of the rows that meet a condition. Override where the application asks for some; nothing else does. */
  aggregate(_model: Model, _where: Where, _aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>> {
    throw new ConfigurationError(`${this.constructor.name} has no aggregates; override aggregate(model, where, aggregates).`);
  }

  /** Answers what validation asks: which values some row has, and whether there is a row with some. Override where one question is cheaper than a read. */
  answerLookups(lookups: readonly Lookup[]): Promise<LookupAnswer[]> {
    return answerByRows(this, lookups);
  }

  /**
   * Why rows cannot be had under a condition and in an order, in words that go on after a colon; undefined where they can. Boot asks it about what a viewset
   * lets its clients ask for, with a value for each filter.
   */
  refusal(_question: ReadQuestion): string | undefined {
    return undefined;
  }

  /**
   * Makes a row of columns by name and relations by key, and answers it whole, as the model or as JSON has it. Without it no viewset creates rows here.
   * @throws ValidationError, Conflict
   */
  create?(data: DataOf<M>): Promise<object>;

  /**
   * Changes what `data` names of the row with a key, and nothing else; answers the row whole.
   * @throws NotFound where it is gone.
   */
  update?(key: KeyOf<M>, data: DataOf<M>): Promise<object>;

  /** @throws NotFound where it is gone already. */
  destroy?(key: KeyOf<M>): Promise<void>;
}
