import { HttpException } from '@nestjs/common';
import { conflictError } from '../conflicts/conflict-error.js';
import { toAPIException } from '../prisma/prisma-errors.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { RestSettings } from '../settings/settings.js';
import { APIException } from './api-exception.js';
import { fromHttpException } from './http-exception.js';

/** What a client is told of an error: the framework's own, Nest's, Fastify's and the database's. Undefined for one that nobody expected. */
export function exceptionOf(error: unknown, request: RestRequest, settings: RestSettings): APIException | undefined {
  const conflict = conflictError(error, settings, request.parents);
  if (conflict) return conflict;
  if (error instanceof APIException) return error;
  return error instanceof HttpException ? fromHttpException(error, request.raw) : toAPIException(error);
}
