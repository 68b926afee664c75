import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestUser } from '../../../src/framework/requests/request-user.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';

/** A request of a user, or of nobody, that reached a handler with some options. */
export function requestOf(user: number | string | null = null, handler: object = {}, remoteAddress = '192.0.2.1'): RestRequest {
  const request = RestRequest.of({
    method: 'GET',
    url: '/',
    headers: {},
    ip: remoteAddress,
    routeOptions: { config: { rest: { throttleScope: null, throttleCost: 1, ...handler } } },
  } as unknown as FastifyRequest);
  if (user !== null) request.user = { id: user, isActive: true, isStaff: false } as RequestUser;
  return request;
}

/** A reply that keeps its headers. */
export function replyOf(): FastifyReply & { readonly sent: Record<string, string> } {
  const sent: Record<string, string> = {};
  return {
    sent,
    getHeader: (name: string) => sent[name],
    header: (name: string, value: string) => {
      sent[name] = value;
    },
  } as never;
}
