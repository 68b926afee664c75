import type { Model } from '../models/model.js';
import type { Aggregate, RawRow, Reader, ReadPlan, ReadTree } from '../plan/read-plan.js';
import type { Where } from '../plan/where.js';
import type { Database } from './database.js';
import { toOrderBy, toPrismaSelect } from './prisma-select.js';
import { toPrismaWhere } from './prisma-where.js';

/**
 * Executes plans through Prisma: one statement each, or two for most pages that bring related rows along; one more for each relation where `toPrismaSelect`
 * must.
 */
export class PrismaReader implements Reader {
  readonly #database: Pick<Database, 'client'>;

  constructor(database: Pick<Database, 'client'>) {
    this.#database = database;
  }

  async rows(plan: ReadPlan): Promise<RawRow[]> {
    const { tree, where, ordering, offset, limit, single } = plan;
    const condition = toPrismaWhere(tree.model, where);
    if (condition === false || limit === 0 || offset > Number.MAX_SAFE_INTEGER) return [];
    const { load, shape } = toPrismaSelect(tree);
    const delegate = this.#delegate(tree.model);
    const [key] = tree.model.primaryKey;
    const unique = single && key !== undefined && condition !== true ? uniqueWhere(key, condition) : undefined;
    if (unique) {
      const row: RawRow | null = await delegate.findUnique({ ...load, where: unique });
      if (row && shape) shape(row);
      return row ? [row] : [];
    }
    const page = {
      orderBy: toOrderBy(ordering),
      ...(condition !== true && { where: condition }),
      ...(offset > 0 && { skip: offset }),
      ...(limit !== undefined && { take: Math.min(limit, MAX_TAKE) }),
    };
    const rows: RawRow[] =
      limit !== undefined && !single && key !== undefined && tree.model.primaryKey.length === 1 && reachesOut(tree) && !isNear(plan, condition)
        ? await pageByKeys(delegate, key, page, load)
        : await delegate.findMany({ ...load, ...page });
    if (shape) rows.forEach(shape);
    return rows;
  }

  async count(model: Model, where: Where, limit?: number): Promise<number> {
    const condition = toPrismaWhere(model, where);
    if (condition === false || limit === 0) return 0;
    return this.#delegate(model).count({
      ...(condition !== true && { where: condition }),
      ...(limit !== undefined && { take: Math.min(limit, MAX_TAKE) }),
    });
  }

  async aggregate(model: Model, where: Where, aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>> {
    const condition = toPrismaWhere(model, where);
    const entries = Object.entries(aggregates);
    if (condition === false || entries.length === 0)
      return Object.fromEntries(entries.map(([name, { operation }]) => [name, operation === 'count' ? 0 : null]));
    const asked: Record<string, any> = {};
    for (const [, { operation, field }] of entries) (asked[`_${operation}`] ??= {})[field ?? '_all'] = true;
    const found = await this.#delegate(model).aggregate({ ...asked, ...(condition !== true && { where: condition }) });
    return Object.fromEntries(
      entries.map(([name, { operation, field }]) => {
        const value: unknown = found[`_${operation}`][field ?? '_all'];
        return [name, value === null ? null : Number(value)];
      }),
    );
  }

  #delegate(model: Model): any {
    return (this.#database.client as any)[model.delegate];
  }
}

/** The condition as that of one row by its key, where it names one: Prisma has a shorter way for it, without an order and a limit. */
function uniqueWhere(key: string, condition: Record<string, unknown>): Record<string, unknown> | undefined {
  const only = keyOf(condition[key]);
  if (only !== undefined && Object.keys(condition).length === 1) return { [key]: only };
  const parts = (condition['AND'] as Record<string, unknown>[] | undefined) ?? [condition];
  if (condition['AND'] && Object.keys(condition).length > 1) return undefined;
  const at = parts.findIndex((part) => Object.keys(part).length === 1 && keyOf(part[key]) !== undefined);
  if (at < 0) return undefined;
  const others = parts.filter((_part, index) => index !== at);
  return { [key]: keyOf(parts[at]?.[key]), ...(others.length > 0 && { AND: others }) };
}

function keyOf(filter: unknown): string | number | bigint | undefined {
  const value = typeof filter === 'object' && filter !== null && Object.keys(filter).length === 1 ? (filter as { equals?: unknown }).equals : filter;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

const reachesOut = ({ relations, counts }: ReadTree) => relations.size > 0 || counts.size > 0;

/** Whether PostgreSQL reaches the page by walking the primary key's index over few rows, and joins no others' relations on the way. */
const isNear = ({ tree, ordering, offset }: ReadPlan, condition: unknown) =>
  condition === true && offset <= FEW && ordering.length === 1 && ordering[0]!.path.length === 1 && ordering[0]!.path[0] === tree.model.primaryKey[0];

/**
 * A page whose rows bring related ones along, in two statements whatever its depth: its keys, then its rows. In one, PostgreSQL would join the relations
 * of every row that it sorts or skips: page 5,000 of 100,000 books took 1.5 s.
 */
async function pageByKeys(delegate: any, key: string, page: object, load: { select: object }): Promise<RawRow[]> {
  const keys: RawRow[] = await delegate.findMany({ ...page, select: { [key]: true } });
  if (keys.length === 0) return [];
  const rows: RawRow[] = await delegate.findMany({
    ...load,
    select: { ...load.select, [key]: true },
    where: { [key]: { in: keys.map((row) => row[key]) } },
  });
  const byKey = new Map(rows.map((row) => [row[key], row]));
  return keys.flatMap((row) => byKey.get(row[key]) ?? []);
}

const MAX_TAKE = 2_147_483_647;
const FEW = 100;
