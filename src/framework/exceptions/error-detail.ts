import { formatMessage, keyOf, type MessageParams, type Template, type Translatable } from '../messages/message.js';

/** The text of an error with its code, which never goes on the wire by itself. */
export interface ErrorDetail extends Translatable {
  readonly code: string;
}

/** A detail as DRF shapes it: a text, a list of texts, or a record of either by field. */
export type Detail = string | ErrorDetail | readonly Detail[] | { readonly [field: string]: Detail };

const DETAIL = Symbol('rest.detail');

/**
 * A text with a code of its own. Leave what changes from case to case to `params`, so that the text can be translated.
 *
 * @example
 * errorDetail('Ensure this field has no more than {max_length} characters.', 'max_length', { max_length: 80 });
 */
export function errorDetail(template: Template, code: string, params: MessageParams = {}): ErrorDetail {
  const detail = { message: formatMessage(template, params), code };
  return Object.defineProperties(detail, {
    template: { value: keyOf(template) },
    params: { value: params },
    [DETAIL]: { value: true },
  }) as ErrorDetail;
}

export function isErrorDetail(detail: unknown): detail is ErrorDetail {
  return typeof detail === 'object' && detail !== null && DETAIL in detail;
}

/** The detail without its codes, as it stands in a body: in English, or as `translate` writes it. */
export function messagesOf(detail: Detail, translate: (text: Translatable) => string = english): unknown {
  return mapDetail(detail, (one) => translate(one), '');
}

/** The detail's codes, nested as it is; `code` where a text has none of its own. */
export function codesOf(detail: Detail, code: string): unknown {
  return mapDetail(detail, (one) => one.code, code);
}

const english = ({ message }: Translatable) => message;

function mapDetail(detail: Detail, leaf: (one: ErrorDetail) => unknown, code: string): unknown {
  // Whatever else was thrown, an answer comes of it: a number is shown as its text.
  if (typeof detail !== 'object' || detail === null) return leaf(errorDetail(String(detail), code));
  if (Array.isArray(detail)) return detail.map((item) => mapDetail(item, leaf, code));
  if (isErrorDetail(detail)) return leaf(detail);
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, mapDetail(value as Detail, leaf, code)]));
}
