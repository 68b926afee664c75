import { RawNumber } from '../../parsers/raw-number.js';
import { FormValues } from '../../requests/form-values.js';

/** What Python takes for whitespace, as a class of a regular expression: not quite `\s`, which lacks U+001C to U+001F and U+0085 and has U+FEFF. */
export const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const WHITESPACE = new RegExp(`^${SPACE}$`);

/** The text without what Python's `str.strip` takes off, in linear time. */
export function strip(text: string): string {
  if (isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1))) return text;
  let start = 0;
  let end = text.length;
  while (start < end && WHITESPACE.test(text[start] as string)) start += 1;
  while (end > start && WHITESPACE.test(text[end - 1] as string)) end -= 1;
  return text.slice(start, end);
}

/** Whether a code unit is a character of ASCII that leaves a mark: what most texts begin and end with. */
const isInk = (code: number) => code > 0x20 && code < 0x7f;

/** The name that DRF's messages give the type of a JSON value: `got type "str"`. */
export function pythonType(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
  }
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (value instanceof RawNumber) return value.isInteger ? 'int' : 'float';
  return value instanceof FormValues ? 'MultiValueDict' : 'dict';
}

/** What Python finds where it goes through a submitted value: the items of a list, the keys of an object. Undefined for a value that is one. */
export function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof FormValues) return value.names();
  return typeof value === 'object' && value !== null && !(value instanceof RawNumber) ? Object.keys(value) : undefined;
}

/** A JSON value as Python's `str` writes it: `True`, `None`, `1e-05`, `['a', 1]`. */
export function pythonString(value: unknown): string {
  return typeof value === 'string' ? value : literal(value);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value instanceof RawNumber) return value.isInteger ? value.text : numberText(Number(value.text));
  if (typeof value !== 'object') return String(value);
  if (value instanceof FormValues) return `<MultiValueDict: ${literal(Object.fromEntries(value.names().map((name) => [name, value.getAll(name)])))}>`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${quoted(key)}: ${literal(one)}`)
    .join(', ')}}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
  const size = Math.abs(value);
  // A JSON integer of this size is not read as a double: this one was written with a fraction or an exponent.
  if (size >= 1e16) return value.toExponential();
  if (size >= 1e-4 || size === 0) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\p{C}\p{Z}]/gu, escape).replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

const NAMED: Readonly<Record<string, string>> = { ' ': ' ', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Python shows what cannot be printed by its number. */
function escape(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  if (code.length > 4) return `\\U${code.padStart(8, '0')}`;
  return NAMED[character] ?? (code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`);
}
