import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestUser } from '../requests/request-user.js';
import { RestRequest } from '../requests/rest-request.js';

/**
 * The user of the request, or null for an anonymous client.
 * On a hand-written controller it needs a guard that finds the user first, such as `@UseGuards(IsAuthenticated)`.
 */
export const CurrentUser = createParamDecorator(
  (_data: unknown, context: ExecutionContext): RequestUser | null => RestRequest.of(context.switchToHttp().getRequest()).user,
);
