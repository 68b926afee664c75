import type { Model, RelationField, ScalarField } from '../models/model.js';
import type { Where } from '../plan/where.js';
import { toDriver } from './driver-value.js';

type Condition = Record<string, unknown>;
/** A condition as Prisma takes it; true for every row, false for none. */
export type PrismaWhere = Condition | boolean;

/**
 * A condition in normal form (`assertWhere`) as Prisma takes it.
 *
 * Conditions that hold for every row or for none are worked out here, for Prisma reads an empty `OR` or `NOT` its own way. Texts of `contains`,
 * `startsWith`, `endsWith` and of every insensitive comparison are escaped, for it hands them to LIKE as they are.
 */
export function toPrismaWhere(model: Model, where: Where): PrismaWhere {
  return all(
    Object.entries(where).map(([name, condition]) => {
      if (name === 'AND') return all((condition as Where[]).map((each) => toPrismaWhere(model, each)));
      if (name === 'OR') return some((condition as Where[]).map((each) => toPrismaWhere(model, each)));
      if (name === 'NOT') return not(toPrismaWhere(model, condition as Where));
      const relation = model.relations[name];
      if (relation) return relationWhere(relation, condition as Condition);
      return fieldWhere(model.fields[name]!, condition as Condition);
    }),
  );
}

function all(parts: readonly PrismaWhere[]): PrismaWhere {
  if (parts.includes(false)) return false;
  const asked = parts.filter((part) => part !== true);
  return asked.length === 0 ? true : asked.length === 1 ? asked[0]! : { AND: asked };
}

function some(parts: readonly PrismaWhere[]): PrismaWhere {
  if (parts.includes(true)) return true;
  const asked = parts.filter((part) => part !== false);
  return asked.length === 0 ? false : asked.length === 1 ? asked[0]! : { OR: asked };
}

const not = (part: PrismaWhere): PrismaWhere => (typeof part === 'boolean' ? !part : { NOT: part });

function relationWhere({ name, nullable, many, model, from }: RelationField, filter: Condition): PrismaWhere {
  const optional = nullable || from.length === 0;
  return all(
    Object.entries(filter).map(([operator, condition]) => {
      if (condition === null) return optional ? { [name]: { [operator]: null } } : operator === 'isNot';
      const inner = toPrismaWhere(model(), condition as Where);
      switch (operator) {
        case 'some':
          return inner === false ? false : { [name]: { some: inner === true ? {} : inner } };
        case 'none':
          return inner === false ? true : { [name]: { none: inner === true ? {} : inner } };
        case 'every':
          return inner === true ? true : inner === false ? { [name]: { none: {} } } : { [name]: { every: inner } };
        case 'is':
          return inner === true ? (optional && !many ? { [name]: { isNot: null } } : true) : inner === false ? false : { [name]: { is: inner } };
        default:
          return inner === false ? true : inner === true ? (optional ? { [name]: { is: null } } : false) : { [name]: { isNot: inner } };
      }
    }),
  );
}

function fieldWhere(field: ScalarField, { mode, ...filter }: Condition): PrismaWhere {
  const insensitive = mode === 'insensitive' && field.nativeType?.[0] !== 'Uuid';
  return all(Object.entries(filter).map(([operator, value]) => operatorWhere(field, operator, value, insensitive)));
}

function operatorWhere(field: ScalarField, operator: string, value: unknown, insensitive: boolean): PrismaWhere {
  const one = (name: string, compared: unknown): Condition => ({
    [field.name]: insensitive ? { [name]: compared, mode: 'insensitive' } : { [name]: compared },
  });
  if (value === null) return { [field.name]: { [operator]: toDriver(field, null) } };
  switch (operator) {
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return one(operator, escapeLike(value as string));
    case 'in':
      if (insensitive) return some((value as unknown[]).map((each) => one('equals', escapeLike(each as string))));
      // Prisma's filters of booleans have no `in`.
      if (field.type === 'Boolean') return some((value as unknown[]).map((each) => one('equals', each)));
      return one(
        'in',
        (value as unknown[]).map((each) => toDriver(field, each)),
      );
    case 'equals':
    case 'not':
      return one(operator, insensitive ? escapeLike(value as string) : toDriver(field, value));
    default: {
      const ranked = rankedValues(field);
      if (ranked) return among(field, operator, ranked, value);
      return { [field.name]: { [operator]: toDriver(field, value) } };
    }
  }
}

/** The values of a column that PostgreSQL orders and Prisma's filters do not, in that order. */
function rankedValues(field: ScalarField): readonly unknown[] | undefined {
  if (field.type === 'Boolean') return [false, true];
  return field.type === 'Enum' ? field.choices!.map((choice) => choice.value) : undefined;
}

function among(field: ScalarField, operator: string, ranked: readonly unknown[], value: unknown): PrismaWhere {
  const at = ranked.indexOf(value);
  const values = operator.startsWith('l') ? ranked.slice(0, operator === 'lt' ? at : at + 1) : ranked.slice(operator === 'gt' ? at + 1 : at);
  return some(values.map((each) => ({ [field.name]: { equals: each } })));
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
