import { Filter, refuseNul, type FilterOptions } from './filter.js';
import type { OrderLookup, TextLookup } from './lookup-names.js';

/** A text, without the blanks around it; an empty one filters nothing. */
export class CharFilter<Path extends string = never> extends Filter<string, Path> {
  override readonly kind = 'text';

  clean(text: string): string {
    const stripped = text.trim();
    refuseNul(this, stripped);
    return stripped;
  }

  schema() {
    return { type: 'string' };
  }
}

/**
 * @example
 * genre = charFilter({ field: 'genres__slug' });
 */
export function charFilter<const Path extends string = never>(options: FilterOptions<string, Path, OrderLookup | TextLookup> = {}): CharFilter<Path> {
  return new CharFilter<Path>(options as FilterOptions);
}
