import type { Model, RelationField, ScalarField } from '../../models/model.js';
import type { Where } from '../../plan/where.js';
import { compareRanks, rankOf, type Rank } from './column-order.js';

/** A row as an object: columns by name, and related rows under their relation's name. */
export type ObjectRow = Readonly<Record<string, unknown>>;

/** Null is SQL's unknown: what a comparison with null comes to. */
type Truth = boolean | null;
type Condition = (row: ObjectRow) => Truth;

/** A condition in normal form (`assertWhere`) as a function of rows: whether a row meets it, as PostgreSQL would say through Prisma. */
export function rowCondition(model: Model, where: Where): (row: ObjectRow) => boolean {
  const condition = compile(model, where);
  return (row) => condition(row) === true;
}

function compile(model: Model, where: Where): Condition {
  return all(
    Object.entries(where).map(([name, condition]) => {
      if (name === 'AND') return all((condition as readonly Where[]).map((each) => compile(model, each)));
      if (name === 'OR') return some((condition as readonly Where[]).map((each) => compile(model, each)));
      if (name === 'NOT') return not(compile(model, condition as Where));
      const relation = model.relations[name];
      if (relation) return relationCondition(relation, condition as Readonly<Record<string, Where | null>>);
      return fieldCondition(model.fields[name]!, condition as Readonly<Record<string, unknown>>);
    }),
  );
}

/** False decides, unknown comes next. */
function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 1) return conditions[0]!;
  return (row) => {
    let truth: Truth = true;
    for (const condition of conditions) {
      const met = condition(row);
      if (met === false) return false;
      if (met === null) truth = null;
    }
    return truth;
  };
}

const some = (conditions: readonly Condition[]): Condition => not(all(conditions.map(not)));

function not(condition: Condition): Condition {
  return (row) => {
    const met = condition(row);
    return met === null ? null : !met;
  };
}

/**
 * As Prisma asks: many rows by EXISTS, which is never unknown; one row by a join, in which `is` wants it to be there, and `isNot` is met where it is not.
 */
function relationCondition({ name, model }: RelationField, filter: Readonly<Record<string, Where | null>>): Condition {
  return all(
    Object.entries(filter).map(([operator, where]): Condition => {
      const one = (row: ObjectRow) => (row[name] ?? null) as ObjectRow | null;
      if (where === null) return operator === 'is' ? (row) => one(row) === null : (row) => one(row) !== null;
      const inner = compile(model(), where);
      const otherwise = not(inner);
      const rows = (row: ObjectRow) => (row[name] ?? []) as readonly ObjectRow[];
      switch (operator) {
        case 'some':
          return (row) => rows(row).some((each) => inner(each) === true);
        case 'none':
          return (row) => !rows(row).some((each) => inner(each) === true);
        case 'every':
          return (row) => !rows(row).some((each) => inner(each) === false);
        case 'is':
          return (row) => onOne(inner, one(row), false);
        default:
          return (row) => onOne(otherwise, one(row), true);
      }
    }),
  );
}

const onOne = (condition: Condition, row: ObjectRow | null, absent: boolean): Truth => (row === null ? absent : condition(row));

function fieldCondition(field: ScalarField, { mode, ...filter }: Readonly<Record<string, unknown>>): Condition {
  const fold = mode === 'insensitive' && field.nativeType?.[0] !== 'Uuid' ? inLowerCase : undefined;
  return all(Object.entries(filter).map(([operator, value]) => comparison(field, operator, value, fold)));
}

function comparison(field: ScalarField, operator: string, compared: unknown, fold: ((text: unknown) => string) | undefined): Condition {
  const { name } = field;
  if (compared === null) return operator === 'equals' ? (row) => (row[name] ?? null) === null : (row) => (row[name] ?? null) !== null;
  const known =
    (condition: (value: unknown) => boolean): Condition =>
    (row) => {
      const value = row[name] ?? null;
      return value === null ? null : condition(value);
    };
  const text = fold ?? String;
  switch (operator) {
    case 'contains':
      return known((value) => text(value).includes(text(compared)));
    case 'startsWith':
      return known((value) => text(value).startsWith(text(compared)));
    case 'endsWith':
      return known((value) => text(value).endsWith(text(compared)));
  }
  const ranked = rankOf(field);
  const equality = fold ?? ranked;
  switch (operator) {
    case 'equals':
    case 'not': {
      const rank = equality(compared);
      return known((value) => (compareRanks(equality(value), rank) === 0) === (operator === 'equals'));
    }
    case 'in': {
      const ranks = (compared as readonly unknown[]).map(equality);
      return known((value) => isAmong(equality(value), ranks));
    }
    default: {
      const rank = ranked(compared);
      const holds = SIDES[operator as keyof typeof SIDES];
      return known((value) => holds(compareRanks(ranked(value), rank)));
    }
  }
}

const SIDES = {
  lt: (side: number) => side < 0,
  lte: (side: number) => side <= 0,
  gt: (side: number) => side > 0,
  gte: (side: number) => side >= 0,
} as const;

/** One code point at a time, as PostgreSQL does it: JavaScript alone would write a sigma at a word's end in another way than elsewhere. */
function inLowerCase(value: unknown): string {
  const text = String(value);
  return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text.replace(/\p{L}/gu, (letter) => letter.toLowerCase());
}

const isAmong = (rank: Rank, ranks: readonly Rank[]) => ranks.some((each) => compareRanks(rank, each) === 0);
