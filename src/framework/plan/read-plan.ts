import type { Model } from '../models/model.js';
import type { Ordering } from './ordering.js';
import type { Where } from './where.js';

/** What is read of a row: its columns, the numbers of related rows, and the same of related rows. Made by the serializer, frozen. */
export interface ReadTree {
  readonly model: Model;
  /** Scalar fields by name. */
  readonly columns: ReadonlySet<string>;
  /** Relations of which the number of rows is read. */
  readonly counts: ReadonlySet<string>;
  readonly relations: ReadonlyMap<string, RelationRead>;
}

export interface RelationRead {
  readonly tree: ReadTree;
  readonly many: boolean;
  /** The order of a many relation's rows: the related model's default one. */
  readonly ordering: Ordering;
}

/** A read, complete and neutral: data that any reader can execute. It knows no client. */
export interface ReadPlan {
  readonly tree: ReadTree;
  /** The condition as filters and scopes have made it; checked when it is added. */
  readonly where: Where;
  readonly ordering: Ordering;
  readonly offset: number;
  readonly limit?: number | undefined;
  /** One row is asked for, not a page of one. */
  readonly single?: true;
}

/**
 * Executes plans. Rows come out as nested records by property name: columns as the driver gives them, `$counts` for the numbers of related rows.
 */
export interface Reader {
  rows(plan: ReadPlan): Promise<RawRow[]>;
  /** The number of rows; with `limit`, no more than that many are counted. */
  count(model: Model, where: Where, limit?: number): Promise<number>;
  /** Aggregates by the name they are asked under. */
  aggregate(model: Model, where: Where, aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>>;
}

export type RawRow = Record<string, any> & { readonly $counts?: Readonly<Record<string, number>> };

export interface Aggregate {
  readonly operation: 'count' | 'avg' | 'sum' | 'min' | 'max';
  readonly field?: string;
}
