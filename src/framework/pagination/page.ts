/** One page as a paginator has made it: what `getPaginatedResponse` shapes the body from. */
export interface Page {
  /** The items as they are shown. */
  readonly results: readonly unknown[];
  /** The number of all items; the cap where no more are counted, null where nothing is, and undefined with cursors, which never count. */
  readonly count?: number | null;
  /** Absolute addresses; null where there is no such page. */
  readonly next: string | null;
  readonly previous: string | null;
}

/**
 * How items are counted. `exact` costs a statement that looks at every row; with `{ capped: 1000 }` no more than that many are counted, with
 * `none` nothing is. `next` then comes from one row more than the page has.
 */
export type CountMode = 'exact' | 'none' | { readonly capped: number };

/** DRF's schema of a page's body, around that of one item (PAG-3, PAG-5). */
export function pageSchema(item: object, { count }: { readonly count: CountMode | null }): object {
  const link = { type: 'string', format: 'uri', nullable: true };
  const counted = count === null ? {} : { count: { type: 'integer', ...(count === 'none' && { nullable: true }) } };
  return {
    type: 'object',
    required: [...Object.keys(counted), 'next', 'previous', 'results'],
    properties: { ...counted, next: link, previous: link, results: { type: 'array', items: item } },
  };
}
