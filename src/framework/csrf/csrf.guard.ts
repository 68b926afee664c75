import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../requests/rest-request.js';
import { CsrfProtection } from './csrf-protection.js';

/**
 * Checks the unsafe requests of a controller or a handler, whoever sent them: Django's `csrf_protect`. What signs in needs it; behind
 * `SessionAuthentication`, the requests of who is signed in are checked anyway.
 */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(@Inject(CsrfProtection) private readonly csrf: CsrfProtection) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    await this.csrf.check(RestRequest.of(context.switchToHttp().getRequest<FastifyRequest>()));
    return true;
  }
}
