import { languages } from './book-input.js';
import { Refusal } from './refusal.js';

export interface BookQuery {
  readonly language?: string;
  readonly titleContains?: string;
  readonly priceAbove?: string;
  readonly ordering: ReadonlyArray<{ readonly key: OrderingKey; readonly descending: boolean }>;
}

const orderingKeys = ['id', 'title', 'price', 'published', 'pages'] as const;
export type OrderingKey = (typeof orderingKeys)[number];

/** The filters and the order that the query string asks for; a blank parameter counts for nothing. */
export function bookQuery(query: URLSearchParams): BookQuery {
  const language = query.get('language') || undefined;
  const titleContains = query.get('title__icontains')?.trim() || undefined;
  const priceAbove = query.get('price__gt')?.trim() || undefined;
  const errors: Record<string, string[]> = {};
  if (language !== undefined && !(language in languages)) {
    errors['language'] = [`Select a valid choice. ${language} is not one of the available choices.`];
  }
  if (priceAbove !== undefined && !/^[+-]?\d{1,9}(\.\d{1,9})?$/.test(priceAbove)) errors['price__gt'] = ['Enter a number.'];
  if (Object.keys(errors).length > 0) throw new Refusal(400, errors);
  return { language, titleContains, priceAbove, ordering: orderingOf(query.get('ordering') ?? '') };
}

/** Ends with the primary key, in the last key's direction: no row is on two pages. */
function orderingOf(text: string): BookQuery['ordering'] {
  const terms = text
    .split(',')
    .map((term) => term.trim())
    .map((term) => ({ key: term.replace(/^-/, ''), descending: term.startsWith('-') }))
    .filter((term): term is { key: OrderingKey; descending: boolean } => (orderingKeys as readonly string[]).includes(term.key));
  if (terms.some(({ key }) => key === 'id')) return terms;
  return [...terms, { key: 'id', descending: terms.at(-1)?.descending ?? false }];
}
