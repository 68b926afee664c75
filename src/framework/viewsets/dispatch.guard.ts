import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MethodNotAllowed } from '../exceptions/exceptions.js';
import { checkPermissions } from '../permissions/check-permissions.js';
import { checkSlash } from '../routers/slash-policy.js';
import { RestRequest } from '../requests/rest-request.js';
import { PolicyInstances } from '../settings/policy-instances.js';
import type { Throttle } from '../throttling/throttle.js';
import { Throttling } from '../throttling/throttling.js';
import { APIView } from './api-view.js';
import type { Handler } from './handler.js';

/**
 * What comes before a handler of the framework's, in DRF's order (LIFE-4 to LIFE-10): negotiate, authenticate, permit, throttle, then the method. It stands on
 * the matched route, never on a path. Handlers of other controllers pass.
 */
@Injectable()
export class DispatchGuard implements CanActivate {
  constructor(
    private readonly policies: PolicyInstances,
    private readonly throttling: Throttling,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const raw = http.getRequest<FastifyRequest>();
    const handler = (raw.routeOptions?.config as { rest?: Handler } | undefined)?.rest;
    if (!handler) return true;
    checkSlash(raw.url, raw.method, handler.settings.slashPolicy);
    const request = RestRequest.of(raw);
    const reply = http.getResponse<FastifyReply>();
    request.answer = reply.raw;
    reply.header('Allow', handler.allow);
    if (handler.vary) reply.header('Vary', handler.vary);
    [request.renderer, request.acceptedMediaType] = handler.negotiation.selectRenderer(request, handler.renderers);
    if (handler.earlyThrottles.length > 0) await this.throttling.check(request, reply, handler.earlyThrottles);
    await request.authenticate(handler.authentication);
    // What an authenticated client is shown is no one else's: a shared cache must not keep it.
    if (request.authenticator) reply.header('Cache-Control', 'private');
    request.permissions =
      handler.view.getPermissions === APIView.prototype.getPermissions
        ? handler.permissions
        : await this.policies.permissions(handler.view.getPermissions(request), handler.moduleRef);
    const checked = checkPermissions(request, request.permissions, handler.authentication);
    if (checked) await checked;
    const throttles =
      handler.view.getThrottles === APIView.prototype.getThrottles ? handler.lateThrottles : await this.#throttlesOf(request, handler);
    if (throttles.length > 0) await this.throttling.check(request, reply, throttles);
    if (handler.action === null) throw new MethodNotAllowed(request.method);
    handler.strictQuery?.check(request.query);
    return true;
  }

  async #throttlesOf(request: RestRequest, handler: Handler): Promise<readonly Throttle[]> {
    const throttles = await this.policies.throttles(handler.view.getThrottles(request), handler.moduleRef);
    return throttles.filter((throttle) => !handler.earlyThrottles.includes(throttle) && !handler.skips(throttle));
  }
}
