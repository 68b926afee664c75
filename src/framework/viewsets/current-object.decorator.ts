import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../requests/rest-request.js';
import { viewSetOf } from './generic-viewset.js';

/** The object that the address of a detail action names, as `getObject` finds it: permitted, or the request ends in a 404 or 403. */
export const CurrentObject = createParamDecorator((_data: unknown, context: ExecutionContext): Promise<unknown> => {
  const request = RestRequest.of(context.switchToHttp().getRequest<FastifyRequest>());
  return (request.object = viewSetOf(request, '@CurrentObject').getObject(request));
});
