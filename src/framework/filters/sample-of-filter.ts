import { ValidationError } from '../exceptions/exceptions.js';
import type { AnyFilter } from './filter.js';
import { arityOf } from './lookup-names.js';

const FORMATS: Readonly<Record<string, string>> = {
  date: '2000-01-01',
  'date-time': '2000-01-01T00:00:00Z',
  time: '12:00',
  uuid: '00000000-0000-4000-8000-000000000000',
};
const TYPES: Readonly<Record<string, string>> = { integer: '1', number: '1', boolean: 'true' };

/** Some value of a filter's, as a client could send it; undefined where its schema does not tell of one. */
export function sampleOfFilter(filter: AnyFilter): unknown {
  const text = sampleText(filter.schema());
  try {
    return filter.read([arityOf(filter.lookup) === 'two' ? `${text},${text}` : text]);
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

function sampleText({ type, format, enum: values, items }: Readonly<Record<string, unknown>>): string {
  if (type === 'array') return sampleText((items ?? {}) as Readonly<Record<string, unknown>>);
  if (Array.isArray(values)) return String(values[0]);
  return FORMATS[format as string] ?? TYPES[type as string] ?? 'x';
}
