import { createParamDecorator, Inject, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../requests/rest-request.js';
import type { Session } from './session.js';
import { Sessions } from './sessions.js';

const requestOf = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  RestRequest.of(context.switchToHttp().getRequest<FastifyRequest>()),
);

@Injectable()
class SessionOfRequest implements PipeTransform<RestRequest, Promise<Session>> {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  transform(request: RestRequest): Promise<Session> {
    return this.sessions.of(request);
  }
}

/** The session of the request's browser, as a parameter of a handler. */
export const CurrentSession = (): ParameterDecorator => requestOf(SessionOfRequest);
