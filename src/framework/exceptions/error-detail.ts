/** The text of an error with its code, which never goes on the wire by itself. */
export interface ErrorDetail {
  /** The text in English, its placeholders filled in. */
  readonly message: string;
  readonly code: string;
  /** The text as it is written: what the catalogue of another language knows it by. */
  readonly template: string;
  /** What stands for `{name}` in it. */
  readonly params: MessageParams;
}

export type MessageParams = Readonly<Record<string, unknown>>;

/** A detail as DRF shapes it: a text, a list of texts, or a record of either by field. */
export type Detail = string | ErrorDetail | readonly Detail[] | { readonly [field: string]: Detail };

const DETAIL = Symbol('rest.detail');

/**
 * A text with a code of its own. Leave what changes from case to case to `params`, so that the text can be translated.
 *
 * @example
 * errorDetail('Ensure this field has no more than {max_length} characters.', 'max_length', { max_length: 80 });
 */
export function errorDetail(template: string, code: string, params: MessageParams = {}): ErrorDetail {
  const detail = { message: formatMessage(template, params), code };
  return Object.defineProperties(detail, { template: { value: template }, params: { value: params }, [DETAIL]: { value: true } }) as ErrorDetail;
}

export function isErrorDetail(detail: unknown): detail is ErrorDetail {
  return typeof detail === 'object' && detail !== null && DETAIL in detail;
}

/** A text with its `{placeholders}` filled in; those that nothing stands for stay. */
export function formatMessage(template: string, params: MessageParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));
}

/** The detail without its codes, as it stands in a body. */
export function messagesOf(detail: Detail): unknown {
  return mapDetail(detail, ({ message }) => message, '');
}

/** The detail's codes, nested as it is; `code` where a text has none of its own. */
export function codesOf(detail: Detail, code: string): unknown {
  return mapDetail(detail, (one) => one.code, code);
}

function mapDetail(detail: Detail, leaf: (one: ErrorDetail) => unknown, code: string): unknown {
  // Whatever else was thrown, an answer comes of it: a number is shown as its text.
  if (typeof detail !== 'object' || detail === null) return leaf(errorDetail(String(detail), code));
  if (Array.isArray(detail)) return detail.map((item) => mapDetail(item, leaf, code));
  if (isErrorDetail(detail)) return leaf(detail);
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, mapDetail(value as Detail, leaf, code)]));
}
