import type { Translate } from '../messages/language.js';
import { Message, type PluralForms } from '../messages/message.js';
import { APIException } from './api-exception.js';
import { errorDetail, isErrorDetail, messagesOf, type Detail } from './error-detail.js';

/** 400 for data that does not validate (EXC-2). Its body is the detail itself: a list, or messages by field. */
export class ValidationError extends APIException {
  override readonly status: number = 400;
  override readonly defaultDetail = 'Invalid input.';
  override readonly defaultCode = 'invalid';

  override get detail(): Detail {
    const detail = super.detail;
    return typeof detail === 'string' || isErrorDetail(detail) ? [detail] : detail;
  }

  override body(translate?: Translate): unknown {
    return messagesOf(this.detail, translate);
  }
}

/** 400 for a body that cannot be read (EXC-3). */
export class ParseError extends APIException {
  override readonly status = 400;
  override readonly defaultDetail = 'Malformed request.';
  override readonly defaultCode = 'parse_error';
}

/** 401 for credentials that are wrong; 403 where the view's first authentication has no challenge (EXC-4). */
export class AuthenticationFailed extends APIException {
  override readonly status = 401;
  override readonly defaultDetail = 'Incorrect authentication credentials.';
  override readonly defaultCode = 'authentication_failed';
}

/** 401 for credentials that are missing; 403 where the view's first authentication has no challenge (EXC-5). */
export class NotAuthenticated extends APIException {
  override readonly status = 401;
  override readonly defaultDetail = 'Authentication credentials were not provided.';
  override readonly defaultCode = 'not_authenticated';
}

/** 403 (EXC-6). */
export class PermissionDenied extends APIException {
  override readonly status = 403;
  override readonly defaultDetail = 'You do not have permission to perform this action.';
  override readonly defaultCode = 'permission_denied';
}

/** 404 (EXC-7). */
export class NotFound extends APIException {
  override readonly status = 404;
  override readonly defaultDetail = 'Not found.';
  override readonly defaultCode = 'not_found';
}

/** 405 for a method that an address lacks (EXC-8). */
export class MethodNotAllowed extends APIException {
  override readonly status = 405;
  override readonly defaultDetail = 'Method not allowed.';
  override readonly defaultCode = 'method_not_allowed';

  constructor(method: string, detail?: Detail, code?: string) {
    super(detail ?? errorDetail('Method "{method}" not allowed.', code ?? 'method_not_allowed', { method }), code);
  }
}

/** 406 (EXC-9). */
export class NotAcceptable extends APIException {
  override readonly status = 406;
  override readonly defaultDetail = 'Could not satisfy the request Accept header.';
  override readonly defaultCode = 'not_acceptable';
}

/** 409 where a row's present state forbids it: it is protected by rows that refer to it. */
export class Conflict extends APIException {
  override readonly status = 409;
  override readonly defaultDetail = 'The request conflicts with the current state.';
  override readonly defaultCode = 'conflict';
}

/** 413 for a body past the limit. */
export class PayloadTooLarge extends APIException {
  override readonly status = 413;
  override readonly defaultDetail = 'Request body is too large.';
  override readonly defaultCode = 'payload_too_large';
}

/** 415 (EXC-10). */
export class UnsupportedMediaType extends APIException {
  override readonly status = 415;
  override readonly defaultDetail = 'Unsupported media type in request.';
  override readonly defaultCode = 'unsupported_media_type';

  constructor(mediaType: string, detail?: Detail, code?: string) {
    super(
      detail ?? errorDetail('Unsupported media type "{media_type}" in request.', code ?? 'unsupported_media_type', { media_type: mediaType }),
      code,
    );
  }
}

/** 429 (EXC-11). `wait` is in seconds; `Retry-After` carries it rounded up where it is not zero. */
export class Throttled extends APIException {
  override readonly status = 429;
  override readonly defaultDetail = 'Request was throttled.';
  override readonly defaultCode = 'throttled';
  declare readonly retryAfter?: number;

  constructor(wait?: number, detail?: string, code?: string) {
    const seconds = wait === undefined ? undefined : Math.ceil(wait);
    const text = new Message(detail ?? 'Request was throttled.');
    super(seconds === undefined ? detail : errorDetail(THROTTLED_FOR, code ?? 'throttled', { detail: text, wait: seconds }), code);
    if (seconds) Object.assign(this, { retryAfter: seconds });
  }
}

const THROTTLED_FOR: PluralForms = {
  by: 'wait',
  one: '{detail} Expected available in {wait} second.',
  other: '{detail} Expected available in {wait} seconds.',
};

/** 502 for an answer of a service behind this one that makes no sense. */
export class BadGateway extends APIException {
  override readonly status = 502;
  override readonly defaultDetail = 'A service behind this one gave no usable answer.';
  override readonly defaultCode = 'bad_gateway';
}

/** 503 while a part that the request needs is away: the database, a pool, a store. */
export class ServiceUnavailable extends APIException {
  override readonly status = 503;
  override readonly defaultDetail = 'The service is temporarily unavailable.';
  override readonly defaultCode = 'service_unavailable';
  declare readonly retryAfter: number;

  constructor(retryAfter = 1, detail?: Detail, code?: string) {
    super(detail, code);
    Object.assign(this, { retryAfter });
  }
}
