import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';

export function requestWith(authorization?: string): RestRequest {
  return RestRequest.of({ method: 'GET', url: '/', headers: authorization === undefined ? {} : { authorization } } as FastifyRequest);
}

/** The text of the error that a promise is rejected with. */
export async function failureOf(promise: Promise<unknown> | unknown): Promise<{ name: string; status: number; detail: unknown }> {
  try {
    await promise;
  } catch (error) {
    const { name, status, detail } = error as { name: string; status: number; detail: unknown };
    return { name, status, detail };
  }
  throw new Error('nothing failed');
}
