import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RestRequest } from '../requests/rest-request.js';

/** What authentication found beside the user: the `AuthToken` of `TokenAuthentication`; null for a password or an anonymous client. */
export const CurrentAuth = createParamDecorator(
  (_data: unknown, context: ExecutionContext): unknown => RestRequest.of(context.switchToHttp().getRequest()).auth,
);
