/** The text of an error with its code, which never goes on the wire by itself. */
export interface ErrorDetail {
  readonly message: string;
  readonly code: string;
}

/** A detail as DRF shapes it: a text, a list of texts, or a record of either by field. */
export type Detail = string | ErrorDetail | readonly Detail[] | { readonly [field: string]: Detail };

/**
 * The base of every error that is answered with a status and a body of its own (EXC-1).
 * Derive from it for an error of the application's, and set `status`, `defaultDetail` and `defaultCode`.
 *
 * @example
 * class Conflict extends APIException {
 *   override readonly status = 409;
 *   override readonly defaultDetail = 'The request conflicts with the current state.';
 *   override readonly defaultCode = 'conflict';
 * }
 */
export class APIException extends Error {
  readonly status: number = 500;
  readonly defaultDetail: string = 'A server error occurred.';
  readonly defaultCode: string = 'error';
  /** Seconds after which the client may try again: `Retry-After`. */
  declare readonly retryAfter?: number;
  readonly #detail: Detail | undefined;
  readonly #code: string | undefined;

  constructor(detail?: Detail, code?: string) {
    super(typeof detail === 'string' ? detail : undefined);
    this.name = new.target.name;
    this.#detail = detail;
    this.#code = code;
  }

  get detail(): Detail {
    return this.#detail ?? this.defaultDetail;
  }

  get code(): string {
    return this.#code ?? this.defaultCode;
  }

  /** The response's body. */
  body(): unknown {
    return { detail: messagesOf(this.detail) };
  }

  /** The codes, nested as the detail is. */
  getCodes(): unknown {
    return codesOf(this.detail, this.code);
  }
}

/** The detail without its codes, as it stands in a body. */
export function messagesOf(detail: Detail): unknown {
  return mapDetail(detail, ({ message }) => message, '');
}

export function codesOf(detail: Detail, code: string): unknown {
  return mapDetail(detail, (one) => one.code, code);
}

function mapDetail(detail: Detail, leaf: (one: ErrorDetail) => unknown, code: string): unknown {
  // Whatever else was thrown, an answer comes of it: a number is shown as its text.
  if (typeof detail !== 'object' || detail === null) return leaf({ message: String(detail), code });
  if (Array.isArray(detail)) return detail.map((item) => mapDetail(item, leaf, code));
  if (isErrorDetail(detail)) return leaf(detail);
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, mapDetail(value as Detail, leaf, code)]));
}

const DETAIL = Symbol('rest.detail');

/** A text with a code of its own. */
export function errorDetail(message: string, code: string): ErrorDetail {
  return Object.defineProperty({ message, code }, DETAIL, { value: true });
}

export function isErrorDetail(detail: unknown): detail is ErrorDetail {
  return typeof detail === 'object' && detail !== null && DETAIL in detail;
}
