import type { FastifyInstance } from 'fastify';
import { RestRequest } from '../requests/rest-request.js';
import { varyBy } from '../responses/vary.js';
import type { Languages } from './languages.js';

/**
 * What an answer says of its language: nothing where its texts depend on none. `sent` answers the headers that it has already.
 */
export function languageHeaders({ spoken, languages }: RestRequest, sent: (name: string) => unknown): Readonly<Record<string, string>> {
  if (!spoken || !languages.translated) return {};
  return {
    'Content-Language': String(sent('Content-Language') ?? spoken.tag),
    ...(languages.offered.length > 1 && { Vary: varyBy(sent('Vary'), 'Accept-Language') }),
  };
}

/** Lets a server's requests find the languages, and its answers tell theirs. Nothing is added to a server whose application has no catalogue. */
export function serveLanguages(fastify: FastifyInstance, languages: Languages): void {
  if (!languages.translated) return;
  languages.install(fastify);
  fastify.addHook('onSend', (raw, reply, payload, done) => {
    const request = RestRequest.known(raw);
    if (request) reply.headers(languageHeaders(request, (name) => reply.getHeader(name)));
    done(null, payload);
  });
}
