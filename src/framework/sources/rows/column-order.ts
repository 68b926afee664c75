import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import type { ScalarField } from '../../models/model.js';

/** A column's value as it is compared: two of one column are of one type. */
export type Rank = string | number | bigint | Decimal;

/** Makes of a column's values, which are not null, what they are compared by. */
export function rankOf(field: ScalarField): (value: unknown) => Rank {
  switch (field.type) {
    case 'String':
      return field.nativeType?.[0] === 'Uuid' ? (value) => String(value).toLowerCase() : String;
    case 'Boolean':
    case 'Int':
    case 'Float':
      return Number;
    case 'BigInt':
      return (value) => BigInt(value as bigint);
    case 'Decimal':
      return (value) => new Decimal(String(value));
    case 'DateTime':
      return momentRank(field);
    case 'Enum': {
      const ranks = new Map(field.choices?.map(({ value }, at) => [value, at]));
      return (value) => ranks.get(value as string) ?? -1;
    }
    case 'Json':
      return canonical;
    case 'Bytes':
      return (value) => Buffer.from(value as Uint8Array).toString('latin1');
  }
}

/** Less than 0 where the first comes before the second, as PostgreSQL sorts in the C collation; 0 where they are equal. */
export function compareRanks(one: Rank, other: Rank): number {
  if (typeof one === 'string') return compareTexts(one, other as string);
  if (one instanceof Decimal) return one.comparedTo(other as Decimal);
  if (one === other) return 0;
  // NaN is above every number.
  if (Number.isNaN(one)) return Number.isNaN(other) ? 0 : 1;
  if (Number.isNaN(other)) return -1;
  return one < (other as number | bigint) ? -1 : 1;
}

/** By code points; JavaScript's own `<` compares UTF-16 units, in which U+1F600 is less than U+FF5E. */
function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return aboveSurrogates(a) - aboveSurrogates(b);
  }
  return one.length - other.length;
}

/** A unit's place where half a surrogate pair, being part of a code point above them all, stands above every other unit. */
const aboveSurrogates = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

function momentRank({ nativeType }: ScalarField): (value: unknown) => Rank {
  switch (nativeType?.[0]) {
    case 'Date':
      return (value) =>
        value instanceof Date ? value.toISOString().slice(0, -14) : (value as Temporal.PlainDate).toString({ calendarName: 'never' });
    case 'Time':
    case 'Timetz':
      return (value) =>
        value instanceof Date ? `${value.toISOString().slice(-13, -1)}000000` : (value as Temporal.PlainTime).toString({ fractionalSecondDigits: 9 });
    default:
      return (value) => (value instanceof Date ? BigInt(value.getTime()) * 1_000_000n : (value as Temporal.Instant).epochNanoseconds);
  }
}

/** JSON whose equal values are equal texts: the order of properties is of no account, as in JSONB. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
