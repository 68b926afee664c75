import type { Model } from '../../models/model.js';
import type { Comparable, Where } from '../../plan/where.js';

/** How a service may be asked to compare, by the names of filters' lookups. */
export type RemoteLookup =
  | 'exact'
  | 'iexact'
  | 'in'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'
  | 'endswith'
  | 'iendswith'
  | 'isnull';

/** One comparison that must hold: `{ path: 'country__code', lookup: 'exact', value: 'fr' }`. */
export interface RemoteComparison {
  readonly path: string;
  readonly lookup: RemoteLookup;
  readonly value: Comparable | readonly Comparable[];
}

/** A condition as comparisons that must all hold, and what of it is none. Null where no row can meet it. */
export interface Comparisons {
  readonly comparisons: readonly RemoteComparison[];
  readonly rest: readonly Where[];
}

const PLAIN: Readonly<Record<string, RemoteLookup>> = {
  equals: 'exact',
  in: 'in',
  lt: 'lt',
  lte: 'lte',
  gt: 'gt',
  gte: 'gte',
  contains: 'contains',
  startsWith: 'startswith',
  endsWith: 'endswith',
};
const BLIND: Readonly<Record<string, RemoteLookup>> = {
  equals: 'iexact',
  contains: 'icontains',
  startsWith: 'istartswith',
  endsWith: 'iendswith',
};

/** Takes a condition in normal form apart. */
export function comparisonsOf(model: Model, where: Where): Comparisons | null {
  const comparisons: RemoteComparison[] = [];
  const rest: Where[] = [];
  return take(model, where, [], comparisons, rest, (part) => part) ? { comparisons, rest } : null;
}

type Wrap = (part: Where) => Where;

/** False where no row can meet the condition. */
function take(model: Model, where: Where, path: readonly string[], comparisons: RemoteComparison[], rest: Where[], wrap: Wrap): boolean {
  return Object.entries(where).every(([name, condition]) => {
    const parts = condition as readonly Where[];
    if (name === 'AND') return parts.every((part) => take(model, part, path, comparisons, rest, wrap));
    if (name === 'OR' && parts.length < 2) return parts.length === 1 && take(model, parts[0]!, path, comparisons, rest, wrap);
    const relation = model.relations[name];
    if (relation) {
      const { is, ...others } = condition as { readonly is?: Where | null };
      const only = is && Object.keys(is).length > 0 && Object.keys(others).length === 0;
      if (only) return take(relation.model(), is, [...path, name], comparisons, rest, (part) => wrap({ [name]: { is: part } }));
    } else if (Object.hasOwn(model.fields, name)) {
      const taken = comparisonOf([...path, name].join('__'), condition as Readonly<Record<string, unknown>>);
      if (taken) {
        comparisons.push(taken);
        return true;
      }
    }
    rest.push(wrap({ [name]: condition } as Where));
    return true;
  });
}

function comparisonOf(path: string, { mode, ...filter }: Readonly<Record<string, unknown>>): RemoteComparison | undefined {
  const [[operator, value] = ['', undefined], ...others] = Object.entries(filter);
  if (others.length > 0) return undefined;
  if (value === null) return { path, lookup: 'isnull', value: operator === 'equals' };
  const lookup = (mode === 'insensitive' ? BLIND : PLAIN)[operator];
  return lookup && { path, lookup, value: value as Comparable };
}

/** A comparison as the condition that it was taken from. */
export function whereOf({ path, lookup, value }: RemoteComparison): Where {
  const names = path.split('__');
  const filter = lookup === 'isnull' ? (value ? { equals: null } : { not: null }) : operatorOf(lookup, value);
  return names.slice(0, -1).reduceRight<Where>((inner, name) => ({ [name]: { is: inner } }), { [names.at(-1)!]: filter });
}

function operatorOf(lookup: RemoteLookup, value: unknown): object {
  const plain = Object.entries(PLAIN).find(([, name]) => name === lookup);
  if (plain) return { [plain[0]]: value };
  const blind = Object.entries(BLIND).find(([, name]) => name === lookup)!;
  return { [blind[0]]: value, mode: 'insensitive' };
}
