import { FormValues } from '../../requests/form-values.js';

/** What an object of input says under a key's name; undefined where it says nothing, as a form does with an input that was left empty. */
export function namedKey(item: object, wire: string): unknown {
  if (item instanceof FormValues) return item.get(wire) === '' ? undefined : item.get(wire);
  return Object.hasOwn(item, wire) ? (item as Record<string, unknown>)[wire] : undefined;
}
