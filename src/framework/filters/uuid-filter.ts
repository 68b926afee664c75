import { Filter, type FilterOptions } from './filter.js';

/** A UUID in any of the forms that Python's `uuid.UUID` reads; its value is written in lower case with dashes. */
export class UUIDFilter<Path extends string = never> extends Filter<string, Path> {
  override readonly kind = 'uuid';

  clean(text: string): string | null {
    const stripped = text.trim();
    if (stripped === '') return null;
    const hex =
      stripped.length > 64
        ? ''
        : stripped
            .replace('urn:', '')
            .replace('uuid:', '')
            .replace(/^[{}]+|[{}]+$/g, '')
            .replaceAll('-', '')
            .toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(hex)) this.fail('Enter a valid UUID.');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  schema() {
    return { type: 'string', format: 'uuid' };
  }
}

/**
 * @example
 * loan = uuidFilter({ field: 'loans__id' });
 */
export function uuidFilter<const Path extends string = never>(options: FilterOptions<string, Path, 'exact' | 'in'> = {}): UUIDFilter<Path> {
  return new UUIDFilter<Path>(options as FilterOptions);
}
