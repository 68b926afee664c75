import { EMPTY } from '../../fields/field.js';
import type { BoundField } from '../compiled/compiled-serializer.js';

/** Makes data of the values of the fields that are written, in their order; EMPTY is no part of it. */
export type PlaceValues = (values: readonly unknown[]) => Record<string, unknown>;

/** Where values go: under their sources, and down the way of a dotted one (SER-12); those of the source `*` are entries of the data themselves. */
export function placeValues(writable: readonly BoundField[]): PlaceValues {
  const places = writable.map(({ source }) => placeOf(source));
  const placeOneByOne: PlaceValues = (values) => {
    const data: Record<string, unknown> = {};
    for (let at = 0; at < values.length; at++) if (values[at] !== EMPTY) places[at]!(data, values[at]);
    return data;
  };
  if (!writable.every(({ source }) => PLAIN.test(source))) return placeOneByOne;
  const placeAll = literalOf(writable.map(({ source }) => source));
  return (values) => (values.includes(EMPTY) ? placeOneByOne(values) : placeAll(values));
}

const PLAIN = /^(?!__proto__$)[a-z_]\w*$/i;

/** An object that is made at once costs a fraction of one that grows. */
function literalOf(sources: readonly string[]): PlaceValues {
  // The names match PLAIN.
  return new Function('values', `return { ${sources.map((source, at) => `${source}: values[${at}]`).join(', ')} };`) as PlaceValues;
}

function placeOf(source: string): (data: Record<string, unknown>, value: unknown) => void {
  if (source === '*') return Object.assign;
  const path = source.split('.');
  const name = path.pop() as string;
  return (data, value) => {
    for (const part of path) data = (data[part] ??= {}) as Record<string, unknown>;
    data[name] = value;
  };
}
