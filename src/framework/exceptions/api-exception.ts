import type { Translate } from '../messages/language.js';
import { codesOf, isErrorDetail, messagesOf, type Detail } from './error-detail.js';

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
  /** More headers of the answer. */
  declare readonly headers?: Readonly<Record<string, string>>;
  readonly #detail: Detail | undefined;
  readonly #code: string | undefined;

  constructor(detail?: Detail, code?: string) {
    super(typeof detail === 'string' ? detail : isErrorDetail(detail) ? detail.message : undefined);
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

  /** The response's body: in English, or in the language of `translate`, such as `request.translate`. */
  body(translate?: Translate): unknown {
    return { detail: messagesOf(this.detail, translate) };
  }

  /** The codes, nested as the detail is. */
  getCodes(): unknown {
    return codesOf(this.detail, this.code);
  }
}
