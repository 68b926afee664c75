import type { FastifyRequest } from 'fastify';
import type { Authentication } from '../../../src/framework/authentication/authentication.js';
import type { RequestUser } from '../../../src/framework/requests/request-user.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';

export const USER = { id: 1, isActive: true, isStaff: false } as RequestUser;
export const STAFF = { id: 2, isActive: true, isStaff: true } as RequestUser;

export function requestOf(user: RequestUser | null = null, method = 'GET', authenticator: Authentication | null = null): RestRequest {
  const request = RestRequest.of({ method, url: '/', headers: {} } as FastifyRequest);
  request.user = user;
  request.authenticator = authenticator;
  return request;
}
