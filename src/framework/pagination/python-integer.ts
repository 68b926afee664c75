/** Python's `int(text)`: blanks around it, a sign and single underscores are fine, more than 4300 digits are not. Undefined where it raises. */
export function pythonInteger(text: string): bigint | undefined {
  const digits = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/.exec(text);
  if (!digits) return undefined;
  const [, sign, written = ''] = digits;
  const plain = written.replaceAll('_', '');
  if (plain.length > 4300) return undefined;
  return sign === '-' ? -BigInt(plain) : BigInt(plain);
}

/** The size that a client asks for, at most `maximum`; undefined where the text is no integer above 0. */
export function requestedSize(text: string | undefined, maximum: number): number | undefined {
  const size = text === undefined ? undefined : pythonInteger(text);
  if (size === undefined || size <= 0n) return undefined;
  return size > BigInt(maximum) ? maximum : Number(size);
}

/** The largest offset that is sent to a database; no list is longer. */
export const MAX_OFFSET = 2_147_483_647;
