import { STATUS_CODES } from 'node:http';
import type { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { APIException } from './api-exception.js';
import { type Detail } from './error-detail.js';
import { NotAuthenticated, NotFound, ParseError, PayloadTooLarge, PermissionDenied, UnsupportedMediaType, ValidationError } from './exceptions.js';

/** Nest's own errors, and Fastify's that Nest has wrapped, in DRF's words. */
export function fromHttpException(error: HttpException, raw: FastifyRequest): APIException {
  const status = error.getStatus();
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  if (status === 413) return new PayloadTooLarge();
  if (status === 415) return new UnsupportedMediaType(raw.headers?.['content-type'] ?? '');
  if (status === 404 && /^Cannot [A-Z]+ /.test(error.message)) return new NotFound();
  if (code === 'FST_ERR_BAD_URL') return new NotFound();
  if (status === 414 || code === 'FST_ERR_MAX_PARAM_LENGTH') return new HttpError(414, 'The address is too long.');
  if (status === 400 && typeof code === 'string' && code.startsWith('FST_ERR_CTP')) return new ParseError();
  // Nest's own words for a status, where nothing else was said.
  const plain = error.message === STATUS_CODES[status];
  if (plain && status === 403) return new PermissionDenied();
  if (plain && status === 404) return new NotFound();
  if (plain && status === 401) return new NotAuthenticated();
  if (status >= 500) return new HttpError(status, new APIException().defaultDetail);
  const body = error.getResponse();
  const message =
    typeof body === 'string' ? body : ((body as { message?: Detail; detail?: Detail }).detail ?? (body as { message?: Detail }).message);
  if (status === 400 && Array.isArray(message)) return new ValidationError(message as Detail);
  return new HttpError(status, message ?? error.message);
}

/** An error of any status, for those that DRF has no class of. */
class HttpError extends APIException {
  constructor(
    override readonly status: number,
    detail: Detail,
  ) {
    super(detail, 'error');
  }
}
