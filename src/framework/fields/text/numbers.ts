import { SPACE, strip } from './python.js';

/** A text longer than this is not read as a number: DRF's guard. */
const MOST_CHARACTERS = 1_000;

const INTEGER_END = new RegExp(`\\.0*${SPACE}*$`);
const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?$/i;
/** Python's decimals end at exponents of this size. */
const GREATEST_EXPONENT = 999_999_999_999_999_999n;

/** Whether a text has more characters than a number may. */
export const isTooLong = (text: string): boolean =>
  text.length > MOST_CHARACTERS && (text.length > 2 * MOST_CHARACTERS || [...text].length > MOST_CHARACTERS);

/** The text with the digits of every script as ASCII's, as Python reads numbers. */
export function asciiDigits(text: string): string {
  return /[^\0-\x7f]/.test(text) ? text.replace(/\p{Nd}/gu, digitValue) : text;
}

/** Unicode has the digits of a script in runs of ten, from zero. */
function digitValue(digit: string): string {
  let at = digit.codePointAt(0) as number;
  let steps = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(--at))) steps++;
  return String(steps % 10);
}

/** Without the blanks around a number: of a text all in ASCII, Python's `int` and `float` take fewer off than `str.strip` does. */
const bare = (text: string) => (/[^\0-\x7f]/.test(text) ? strip(asciiDigits(text)) : text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, ''));

/** A text as Python's `int` reads it, once DRF took `.0` off its end; undefined where it is none. The text is not too long. */
export function readInteger(text: string): bigint | undefined {
  const digits = bare(text.replace(INTEGER_END, ''));
  if (!INTEGER.test(digits)) return undefined;
  const size = BigInt(digits.replace(/[+_-]/g, ''));
  return digits.startsWith('-') ? -size : size;
}

/** A text as Python's `float` reads it, infinities and NaN too; undefined where it is none. The text is not too long. */
export function readFloat(text: string): number | undefined {
  const digits = bare(text);
  if (FLOAT.test(digits)) return Number(digits.replaceAll('_', ''));
  const [, sign, word] = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(digits) ?? [];
  return word === undefined ? undefined : word.toLowerCase() === 'nan' ? NaN : sign === '-' ? -Infinity : Infinity;
}

/** A decimal by its digits, as Python's `Decimal.as_tuple()`: trailing zeros count. The value is `digits * 10 ** exponent`. */
export interface DecimalText {
  readonly negative: boolean;
  /** Without leading zeros; `0` for zero. */
  readonly digits: string;
  readonly exponent: number;
}

/** A text as Python's `Decimal` reads it; undefined where it is none, or NaN or infinite. The text is stripped and not too long. */
export function readDecimal(text: string): DecimalText | undefined {
  const found = DECIMAL.exec(asciiDigits(text).replaceAll('_', ''));
  if (!found) return undefined;
  const [, sign, whole = '', places = found[4] ?? '', , power = '0'] = found;
  const written = BigInt(power);
  if (written > GREATEST_EXPONENT || written < -GREATEST_EXPONENT) return undefined;
  return { negative: sign === '-', digits: `${whole}${places}`.replace(/^0+(?=\d)/, ''), exponent: Number(written) - places.length };
}
