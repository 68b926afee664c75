/**
 * Whether a double stands for a JSON number: the very integer, or for one with a fraction or an exponent the decimal number that JavaScript and Python
 * write for the double. So `0.1` is exact, `0.1000000000000000000001`, `9007199254740993` and `1e400` are not.
 */
export function isExact(text: string): boolean {
  const value = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  const sent = decimal(text);
  const kept = decimal(String(value));
  return sent.digits === kept.digits && (sent.digits === '' || sent.exponent === kept.exponent);
}

/** The number's significant digits and the power of ten of the last one. */
function decimal(text: string): { digits: string; exponent: number } {
  const [mantissa = '', power = '0'] = text.replace('-', '').toLowerCase().split('e');
  // The sign that was removed may have been the exponent's.
  const sign = /e-/i.test(text) ? -1 : 1;
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let end = all.length;
  while (end > 0 && all[end - 1] === '0') end--;
  let start = 0;
  while (start < end && all[start] === '0') start++;
  return { digits: all.slice(start, end), exponent: sign * Math.abs(Number(power)) - fraction.length + (all.length - end) };
}
