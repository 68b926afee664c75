import { Decimal } from 'decimal.js';
import type { ScalarField } from '../models/model.js';

/** The digits before and after the point that a column keeps; undefined where they are not counted. */
function digitsOf({ type, nativeType }: ScalarField): { readonly whole?: number; readonly scale: number } | undefined {
  switch (type) {
    case 'Int':
    case 'BigInt':
      return { scale: 0 };
    case 'Decimal': {
      if (nativeType?.[0] === 'Money') return { whole: 17, scale: 2 };
      // Prisma's own default is numeric(65, 30).
      const [, precision = '65', scale = nativeType ? '0' : '30'] = nativeType ?? [];
      return { whole: Number(precision) - Number(scale), scale: Number(scale) };
    }
    default:
      return undefined;
  }
}

/** Whether the column can hold the digits of a number: 95.5 is no integer. Django cuts such numbers off; here they compare as what they are. */
export function isOnGrid(field: ScalarField, value: unknown): boolean {
  const digits = value instanceof Decimal ? digitsOf(field) : undefined;
  return !digits || (value as Decimal).decimalPlaces() <= digits.scale;
}

/** The greatest number of the column's that is not above the given one. */
export function nearestBelow(field: ScalarField, value: unknown): unknown {
  return isOnGrid(field, value) ? value : (value as Decimal).toDecimalPlaces(digitsOf(field)?.scale ?? 0, Decimal.ROUND_FLOOR);
}

/** Whether a decimal is above or below all that its column can hold. Integers and moments are held against their columns by the plan. */
export function rangeSide(field: ScalarField, value: unknown): 'above' | 'below' | undefined {
  const whole = value instanceof Decimal ? digitsOf(field)?.whole : undefined;
  if (whole === undefined) return undefined;
  const limit = new Decimal(10).toPower(whole);
  return (value as Decimal).greaterThanOrEqualTo(limit) ? 'above' : (value as Decimal).lessThanOrEqualTo(limit.negated()) ? 'below' : undefined;
}
