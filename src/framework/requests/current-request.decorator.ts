import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RestRequest } from './rest-request.js';

/** The RestRequest, as a parameter of a handler. */
export const CurrentRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  RestRequest.of(context.switchToHttp().getRequest<FastifyRequest>()),
);
