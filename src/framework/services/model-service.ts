import { Inject, Injectable } from '@nestjs/common';
import { noMatch } from '../exceptions/no-match.js';
import type { KeyOf, Model, RowOf } from '../models/model.js';
import { parseOrdering } from '../plan/ordering.js';
import type { QuerySet } from '../plan/query-set.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import { scalarTree } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { Database, type TransactionOptions } from '../prisma/database.js';
import { toInstance } from '../prisma/rows.js';
import { isWrite, type DataOf } from './data-of.js';
import { toWrite } from './to-write.js';
import type { Write } from './write.js';

export interface ListOptions {
  readonly ordering?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * Reads and writes a model's rows, inside the current transaction where there is one. Works alone in any Nest module that provides `Database`.
 *
 * @example
 * @Injectable()
 * export class LoansService extends ModelService<LoanModel> {
 *   constructor() { super(models.loan); }
 *   isOut(book: Book) { return this.objects.filter({ book: { id: book.id }, returnedAt: null }).exists(); }
 * }
 */
@Injectable()
export class ModelService<M extends Model> {
  @Inject(Database) protected readonly database!: Database;
  readonly model: M;

  constructor(model: M) {
    this.model = model;
  }

  /** All rows, in the model's default order. */
  get objects(): QuerySet<M> {
    return this.database.objects(this.model);
  }

  /** Instances that meet a condition, all of them where no limit is given. */
  list(where?: Where<M>, { ordering, offset = 0, limit }: ListOptions = {}): Promise<RowOf<M>[]> {
    const rows = this.#under(where);
    return (ordering ? rows.reorder(parseOrdering(this.model, ordering)) : rows).list(offset, limit);
  }

  /** @throws NotFound: `No Book matches the given query.` */
  async retrieve(where: Where<M>): Promise<RowOf<M>> {
    const row = await this.objects.filter(where).first();
    if (row === undefined) throw noMatch(this.model);
    return row;
  }

  count(where?: Where<M>): Promise<number> {
    return this.#under(where).count();
  }

  /** Makes a row of plain data or of a write; answers the whole instance. */
  async create(data: DataOf<M> | Write): Promise<RowOf<M>> {
    return this.#instance(await this.createAs(this.#write(data), scalarTree(this.model)));
  }

  /**
   * Changes a row, given itself or its key: what the data names and nothing else; answers the whole instance.
   * @throws NotFound where it is gone.
   */
  async update(rowOrKey: RowOf<M> | KeyOf<M>, data: DataOf<M> | Write): Promise<RowOf<M>> {
    return this.#instance(await this.updateAs(rowOrKey, this.#write(data), scalarTree(this.model)));
  }

  /** @throws NotFound where it is gone; Conflict where other rows protect it. */
  async destroy(rowOrKey: RowOf<M> | KeyOf<M>): Promise<void> {
    await this.database.writer.destroy(this.model, rowOrKey);
  }

  /** Runs a function in a transaction; every service takes part in it. Inside another one it joins that. */
  transaction<T>(run: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.database.transaction(run, options);
  }

  /** Executes a write and answers the row read by a tree: what a serializer needs to show it. */
  createAs(write: Write, tree: ReadTree): Promise<RawRow> {
    return this.database.writer.create(write, tree);
  }

  updateAs(rowOrKey: unknown, write: Write, tree: ReadTree): Promise<RawRow> {
    return this.database.writer.update(rowOrKey, write, tree);
  }

  #under(where: Where<M> | undefined): QuerySet<M> {
    return where === undefined ? this.objects : this.objects.filter(where);
  }

  #write(data: DataOf<M> | Write): Write {
    return isWrite(data) ? data : toWrite(this.model, data as DataOf<M>);
  }

  #instance(row: RawRow): RowOf<M> {
    return toInstance(this.model, row);
  }
}
