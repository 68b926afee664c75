import { invalidPage } from './refusal.js';

export interface PageRequest {
  /** From 1, or the last one. */
  readonly page: number | 'last';
  readonly size: number;
}

const defaultSize = 10;
const maxSize = 50;

export function pageOf(query: URLSearchParams): PageRequest {
  const page = query.get('page') ?? '1';
  const size = query.get('page_size') ?? '';
  const asked = /^\d+$/.test(size) ? Number(size) : 0;
  return { page: pageNumber(page), size: asked === 0 ? defaultSize : Math.min(asked, maxSize) };
}

function pageNumber(text: string): number | 'last' {
  if (text === 'last') return 'last';
  const page = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (page === 0) throw invalidPage();
  return page;
}

/** The page's envelope; `url` is the request's own address. */
export function pageBody(url: URL, { page: asked, size }: PageRequest, count: number, results: readonly unknown[]) {
  const pages = Math.max(1, Math.ceil(count / size));
  const page = asked === 'last' ? pages : asked;
  if (page > pages) throw invalidPage();
  return { count, next: page < pages ? link(url, page + 1) : null, previous: page > 1 ? link(url, page - 1) : null, results };
}

function link(url: URL, page: number): string {
  const query = new URLSearchParams(url.searchParams);
  if (page === 1) query.delete('page');
  else query.set('page', `${page}`);
  query.sort();
  return `${url.origin}${url.pathname}${query.size === 0 ? '' : `?${query}`}`;
}

export function firstRow({ page, size }: PageRequest, count: number): number {
  return ((page === 'last' ? Math.max(1, Math.ceil(count / size)) : page) - 1) * size;
}
