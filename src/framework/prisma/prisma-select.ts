import type { OrderKey, Ordering } from '../plan/ordering.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';

/** A read tree as Prisma takes it, and what is done to the rows that it gives. Made once for each tree. */
export interface PrismaSelect {
  /** What every read by the tree asks for; the strategy, where rows of other tables are read. */
  readonly load: { readonly select: Record<string, any>; readonly relationLoadStrategy?: 'join' | 'query' };
  /** Puts the numbers of related rows where the plan wants them; undefined where there are none. */
  readonly shape?: (row: any) => RawRow;
}

const selects = new WeakMap<ReadTree, PrismaSelect>();

export function toPrismaSelect(tree: ReadTree): PrismaSelect {
  let select = selects.get(tree);
  if (!select) selects.set(tree, (select = compile(tree)));
  return select;
}

function compile(tree: ReadTree): PrismaSelect {
  const select: Record<string, any> = {};
  const shapes: ((row: any) => void)[] = [];
  for (const name of tree.columns) select[name] = true;
  for (const [name, relation] of tree.relations) {
    const { load: inner, shape } = toPrismaSelect(relation.tree);
    select[name] =
      relation.many && relation.ordering.length > 0 ? { select: inner.select, orderBy: toOrderBy(relation.ordering) } : { select: inner.select };
    if (shape) shapes.push(relation.many ? (row) => row[name].forEach(shape) : (row) => row[name] !== null && shape(row[name]));
  }
  if (tree.counts.size > 0) {
    select['_count'] = { select: Object.fromEntries([...tree.counts].map((name) => [name, true])) };
    shapes.push((row) => {
      row.$counts = row._count;
      delete row._count;
    });
  }
  // Prisma wants a column at least.
  if (Object.keys(select).length === 0) for (const name of tree.model.primaryKey) select[name] = true;
  const load = { select, ...((tree.relations.size > 0 || tree.counts.size > 0) && { relationLoadStrategy: strategyOf(tree) }) };
  if (shapes.length === 0) return { load };
  const shape = (row: any): RawRow => {
    for (const each of shapes) each(row);
    return row;
  };
  return { load, shape };
}

/** One statement by a join, but for decimals of more digits than a double keeps: Prisma reads joined rows as JSON, and would round them without a word. */
function strategyOf(tree: ReadTree): 'join' | 'query' {
  return [...tree.relations.values()].some(({ tree: related }) => readsLongDecimals(related)) ? 'query' : 'join';
}

function readsLongDecimals(tree: ReadTree): boolean {
  for (const name of tree.columns) {
    const { type, nativeType } = tree.model.fields[name]!;
    if (type === 'Decimal' && !(nativeType?.[0] === 'Decimal' && Number(nativeType[1]) <= 15)) return true;
  }
  return [...tree.relations.values()].some((relation) => readsLongDecimals(relation.tree));
}

export const toOrderBy = (ordering: Ordering): Record<string, unknown>[] => ordering.map(orderKey);

function orderKey({ path, count, descending }: OrderKey): Record<string, unknown> {
  const leaf = descending ? 'desc' : 'asc';
  return path.reduceRight<any>((inner, name) => ({ [name]: inner }), count ? { _count: leaf } : leaf);
}
