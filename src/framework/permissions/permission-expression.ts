import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { PermissionClass } from './permission.js';

/** What stands in a list of permissions: a class, or a composition of them. */
export type PermissionLike = PermissionClass | PermissionExpression;

export type PermissionOperator = 'and' | 'or' | 'not' | 'or404';

/** A composition of permissions as data: immutable, and equal to every other of the same structure (PERM-6). Made by `and`, `or`, `not` and `or404`. */
export class PermissionExpression {
  readonly operands: readonly PermissionLike[];

  constructor(
    readonly operator: PermissionOperator,
    operands: readonly PermissionLike[],
  ) {
    if (operands.length === 0) throw new ConfigurationError(`${operator}(): nothing to compose. Name at least one permission class.`);
    for (const operand of operands) {
      if (typeof operand !== 'function' && !(operand instanceof PermissionExpression)) {
        throw new ConfigurationError(
          `${operator}(): ${String(operand)} is neither a permission class nor a composition. Pass the class itself, such as IsAuthenticated.`,
        );
      }
    }
    this.operands = Object.freeze([...operands]);
    Object.freeze(this);
  }

  equals(other: unknown): boolean {
    return (
      other instanceof PermissionExpression &&
      other.operator === this.operator &&
      other.operands.length === this.operands.length &&
      this.operands.every((operand, at) =>
        operand instanceof PermissionExpression ? operand.equals(other.operands[at]) : operand === other.operands[at],
      )
    );
  }

  /** The permission classes in it, each once. */
  classes(): readonly PermissionClass[] {
    return [...new Set(this.operands.flatMap((operand) => (operand instanceof PermissionExpression ? operand.classes() : [operand])))];
  }

  /** `or(IsAdminUser, not(IsAuthenticated))` */
  toString(): string {
    return `${this.operator}(${this.operands.map((operand) => (operand instanceof PermissionExpression ? operand.toString() : operand.name)).join(', ')})`;
  }
}

/** Denies where any of them denies: DRF's `A & B`. */
export function and(...permissions: PermissionLike[]): PermissionExpression {
  return new PermissionExpression('and', permissions);
}

/** Denies where all of them deny: DRF's `A | B`. */
export function or(...permissions: PermissionLike[]): PermissionExpression {
  return new PermissionExpression('or', permissions);
}

/** Denies where it allows and allows where it denies; has no opinion where it has none: DRF's `~A`, but right for objects too. */
export function not(permission: PermissionLike): PermissionExpression {
  return new PermissionExpression('not', [permission]);
}

/**
 * Decides as the permission does, and answers whoever it denies as if there were nothing: an object is the same 404 as one that is not there, for anonymous
 * clients too. Of a request without an object it is a 404 for who is signed in; an anonymous client is asked to sign in.
 */
export function or404(permission: PermissionLike): PermissionExpression {
  return new PermissionExpression('or404', [permission]);
}
