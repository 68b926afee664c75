import type { Model, ScalarField } from '../models/model.js';
import type { OrderKey, Ordering } from './ordering.js';
import type { ReadTree, RelationRead } from './read-plan.js';

const whole = new WeakMap<Model, ReadTree>();
const NONE: ReadonlySet<string> = new Set();

/** Every scalar field of a model, and nothing else. */
export function scalarTree(model: Model): ReadTree {
  let tree = whole.get(model);
  if (!tree) whole.set(model, (tree = { model, columns: new Set(Object.keys(model.fields)), counts: NONE, relations: new Map() }));
  return tree;
}

/** A row's primary key, and nothing else. */
export function keyTree(model: Model): ReadTree {
  return { model, columns: new Set(model.primaryKey), counts: NONE, relations: new Map() };
}

/** Whether what was read by one tree holds what another reads. */
export function holds(read: ReadTree, wanted: ReadTree): boolean {
  if (read === wanted) return true;
  if (read.model !== wanted.model) return false;
  for (const column of wanted.columns) if (!read.columns.has(column)) return false;
  for (const count of wanted.counts) if (!read.counts.has(count)) return false;
  for (const [name, relation] of wanted.relations) {
    const known = read.relations.get(name);
    if (!known || !holds(known.tree, relation.tree)) return false;
  }
  return true;
}

/** What two trees of one model read together. */
export function together(one: ReadTree, other: ReadTree): ReadTree {
  if (holds(one, other)) return one;
  const relations = new Map(one.relations);
  for (const [name, read] of other.relations) {
    const known = relations.get(name);
    relations.set(name, known ? Object.freeze({ ...known, tree: together(known.tree, read.tree) }) : read);
  }
  return Object.freeze({
    model: one.model,
    columns: new Set([...one.columns, ...other.columns]),
    counts: new Set([...one.counts, ...other.counts]),
    relations,
  });
}

/** The tree with what an order's keys read added: the tree itself where it reads them all. */
export function withOrdering(tree: ReadTree, ordering: Ordering): ReadTree {
  return ordering.reduce((all, key) => (key.count ? all : withPath(all, key.path)), tree);
}

function withPath(tree: ReadTree, [name, ...rest]: readonly string[]): ReadTree {
  if (name === undefined) return tree;
  if (rest.length === 0) return tree.columns.has(name) ? tree : { ...tree, columns: new Set([...tree.columns, name]) };
  const known = tree.relations.get(name);
  const before = known?.tree ?? {
    model: tree.model.relations[name]!.model(),
    columns: NONE,
    counts: NONE,
    relations: new Map<string, RelationRead>(),
  };
  const after = withPath(before, rest);
  if (after === known?.tree) return tree;
  return { ...tree, relations: new Map(tree.relations).set(name, { tree: after, many: false, ordering: known?.ordering ?? [] }) };
}

/** The column that a key's path ends in, and whether it may be null on the way. */
export function orderColumn(model: Model, key: OrderKey): { readonly field: ScalarField; readonly nullable: boolean } {
  let at = model;
  let nullable = false;
  for (const name of key.path.slice(0, -1)) {
    const relation = at.relations[name]!;
    nullable ||= relation.nullable;
    at = relation.model();
  }
  const field = at.fields[key.path.at(-1)!]!;
  return { field, nullable: nullable || field.nullable };
}
