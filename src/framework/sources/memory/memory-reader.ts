import type { Model } from '../../models/model.js';
import type { Aggregate, RawRow, Reader, ReadPlan } from '../../plan/read-plan.js';
import type { Where } from '../../plan/where.js';
import { aggregateRows } from '../rows/row-aggregates.js';
import { rowCondition, type ObjectRow } from '../rows/row-condition.js';
import { inOrder } from '../rows/row-order.js';
import { readRow } from '../rows/row-reading.js';

/** Executes plans on rows that are all at hand, with the answers that PostgreSQL gives through Prisma. */
export class MemoryReader implements Reader {
  readonly #all: (model: Model) => readonly ObjectRow[] | Promise<readonly ObjectRow[]>;

  constructor(all: (model: Model) => readonly ObjectRow[] | Promise<readonly ObjectRow[]>) {
    this.#all = all;
  }

  async rows({ tree, where, ordering, offset, limit = Infinity }: ReadPlan): Promise<RawRow[]> {
    const found = await this.#meeting(tree.model, where);
    return inOrder(tree.model, ordering, found)
      .slice(offset, offset + limit)
      .map((row) => readRow(tree, row));
  }

  async count(model: Model, where: Where, limit = Infinity): Promise<number> {
    return Math.min((await this.#meeting(model, where)).length, limit);
  }

  async aggregate(model: Model, where: Where, aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>> {
    return aggregateRows(await this.#meeting(model, where), aggregates);
  }

  async #meeting(model: Model, where: Where): Promise<readonly ObjectRow[]> {
    return (await this.#all(model)).filter(rowCondition(model, where));
  }
}
