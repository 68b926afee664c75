import { Filter, type FilterOptions } from './filter.js';

const VALUES = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `true` or `false`, also `1` or `0`; anything else filters nothing (DF-5). */
export class BooleanFilter<Path extends string = never> extends Filter<boolean, Path> {
  override readonly kind = 'boolean';

  clean(text: string): boolean | null {
    return VALUES.get(text.length > 5 ? '' : text.toLowerCase()) ?? null;
  }

  schema() {
    return { type: 'boolean' };
  }
}

/**
 * @example
 * available = booleanFilter({ method: 'filterAvailable' });
 */
export function booleanFilter<const Path extends string = never>(
  options: FilterOptions<boolean, Path, 'exact' | 'isnull'> = {},
): BooleanFilter<Path> {
  return new BooleanFilter<Path>(options as FilterOptions);
}
