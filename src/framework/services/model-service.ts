import { Inject, Injectable } from '@nestjs/common';
import { inElement } from '../conflicts/failed-write.js';
import { noMatch } from '../exceptions/no-match.js';
import type { KeyOf, Model, RowOf } from '../models/model.js';
import { parseOrdering } from '../plan/ordering.js';
import type { QuerySet } from '../plan/query-set.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import { scalarTree } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { Database, type TransactionOptions } from '../prisma/database.js';
import { toInstance } from '../plan/rows.js';
import { Sources } from '../sources/sources.js';
import { isWrite, type DataOf } from './data-of.js';
import { toWrite } from './to-write.js';
import type { Write, Writer } from '../plan/write.js';

export interface ListOptions {
  readonly ordering?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * Reads and writes a model's rows, inside the current transaction where there is one. Works alone in any Nest module that provides `Sources`, as
 * `RestModule` does for the whole application.
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
  @Inject(Sources) protected readonly sources!: Sources;
  readonly model: M;

  constructor(model: M) {
    this.model = model;
  }

  /** All rows, in the model's default order. */
  get objects(): QuerySet<M> {
    return this.sources.objects(this.model);
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
    await this.#writer.destroy(this.model, rowOrKey);
  }

  /** Makes rows as `create` does, all or none, in a number of statements that does not grow with them. */
  async createMany(data: readonly (DataOf<M> | Write)[]): Promise<RowOf<M>[]> {
    const rows = await this.createManyAs(
      data.map((one) => this.#write(one)),
      scalarTree(this.model),
    );
    return rows.map((row) => this.#instance(row));
  }

  /**
   * Changes rows as `update` does, all or none, in a number of statements that does not grow with them.
   * @throws NotFound where one of them is gone.
   */
  async updateMany(changes: readonly { readonly row: RowOf<M> | KeyOf<M>; readonly data: DataOf<M> | Write }[]): Promise<RowOf<M>[]> {
    const writes = changes.map(({ row, data }) => ({ row, write: this.#write(data) }));
    return (await this.updateManyAs(writes, scalarTree(this.model))).map((row) => this.#instance(row));
  }

  /** Deletes rows, all or none. @throws NotFound where one is gone; Conflict where other rows protect one. */
  async destroyMany(rowsOrKeys: readonly (RowOf<M> | KeyOf<M>)[]): Promise<void> {
    if (this.destroy === ModelService.prototype.destroy) return this.#writer.destroyMany(this.model, rowsOrKeys);
    await this.transaction(async () => {
      for (const [at, row] of rowsOrKeys.entries()) await inElement(at, () => this.destroy(row));
    });
  }

  /**
   * Runs a function in a transaction; every service takes part in it. Inside another one it joins that. Sources other than the database take no part, and
   * without a database it just runs.
   */
  transaction<T>(run: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.database.isThere ? this.database.transaction(run, options) : run();
  }

  /** Executes a write and answers the row read by a tree: what a serializer needs to show it. */
  createAs(write: Write, tree: ReadTree): Promise<RawRow> {
    return this.#writer.create(write, tree);
  }

  updateAs(rowOrKey: unknown, write: Write, tree: ReadTree): Promise<RawRow> {
    return this.#writer.update(rowOrKey, write, tree);
  }

  /** As `createAs`, for many; a service that overrides `createAs` makes them with it, one after the other. */
  createManyAs(writes: readonly Write[], tree: ReadTree): Promise<RawRow[]> {
    if (this.createAs === ModelService.prototype.createAs) return this.#writer.createMany(writes, tree);
    return this.#oneByOne(writes, (write) => this.createAs(write, tree));
  }

  /** As `updateAs`, for many; a service that overrides `updateAs` changes them with it, one after the other. */
  updateManyAs(changes: readonly { readonly row: unknown; readonly write: Write }[], tree: ReadTree): Promise<RawRow[]> {
    if (this.updateAs === ModelService.prototype.updateAs) return this.#writer.updateMany(changes, tree);
    return this.#oneByOne(changes, ({ row, write }) => this.updateAs(row, write, tree));
  }

  #oneByOne<T>(all: readonly T[], run: (one: T) => Promise<RawRow>): Promise<RawRow[]> {
    return this.transaction(async () => {
      const rows: RawRow[] = [];
      for (const [at, one] of all.entries()) rows.push(await inElement(at, () => run(one)));
      return rows;
    });
  }

  get #writer(): Writer {
    return this.sources.writer(this.model);
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
