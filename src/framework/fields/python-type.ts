import { RawNumber } from '../parsers/raw-number.js';

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
  return 'dict';
}

/** A value as Python writes it as text, for messages: `True`, `None`, `1.5`. */
export function pythonText(value: unknown): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null || value === undefined) return 'None';
  return String(value);
}
