import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { stringify } from 'yaml';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { NotFound } from '../exceptions/exceptions.js';
import { RestRequest } from '../requests/rest-request.js';
import { documentFormat } from './document-format.js';
import { openApiDocument, type OpenApiInfo } from './open-api-document.js';

export interface OpenApiOptions extends OpenApiInfo {
  /** Where the document is. Default: `schema`. */
  readonly documentPath?: string;
  /** Where Swagger UI is; null for none. Default: `docs`. */
  readonly uiPath?: string | null;
}

/**
 * Serves the OpenAPI document and Swagger UI, both for anyone. Call it after `NestFactory.create` and before `listen`: the document is made once, when
 * the application is ready, so that an error in it stops the start. The paths are of the whole server, whatever its global prefix.
 * Needs the packages `@nestjs/swagger` and `@fastify/static`.
 *
 * @example
 * serveOpenApi(app, { title: 'Library', version: '1.0.0' });
 * @throws ConfigurationError where the application listens already, or one path is the other's.
 */
export function serveOpenApi(app: INestApplication, { documentPath = 'schema', uiPath = 'docs', ...info }: OpenApiOptions): void {
  const [documentAt, uiAt] = [absolute(documentPath), uiPath === null ? null : absolute(uiPath)];
  if (documentAt === uiAt) throw new ConfigurationError(`serveOpenApi: documentPath and uiPath are both ${documentAt}; give each a path of its own.`);
  const adapter = app.getHttpAdapter();
  const fastify = adapter.getInstance() as FastifyInstance;
  const served: { document?: OpenAPIObject; bodies: Partial<Record<'json' | 'yaml', Buffer>> } = { bodies: {} };
  try {
    fastify.addHook('onReady', async () => {
      served.document = await openApiDocument(app, info);
    });
  } catch (error) {
    throw new ConfigurationError('serveOpenApi: the application has started already. Call it before listen() or init().', { cause: error });
  }
  adapter.get(documentAt, (request: FastifyRequest, reply: FastifyReply) => {
    const { format } = request.query as Record<string, string | string[] | undefined>;
    const chosen = documentFormat([format].flat().at(-1), request.headers.accept);
    if (!chosen)
      return reply
        .status(404)
        .header('Content-Type', 'application/json')
        .send(JSON.stringify(new NotFound().body(RestRequest.of(request).translate)));
    const { syntax, mediaType } = chosen;
    // Bytes: Fastify would give a text a charset, which JSON has none of.
    const body = (served.bodies[syntax] ??= Buffer.from(
      syntax === 'json' ? JSON.stringify(served.document) : stringify(served.document, { aliasDuplicateObjects: false }),
    ));
    return reply.header('Content-Type', mediaType).header('Vary', 'Accept').send(body);
  });
  if (uiAt !== null) SwaggerModule.setup(uiAt, app, () => served.document as OpenAPIObject, { raw: false, customSiteTitle: info.title });
}

const absolute = (path: string) => `/${path.replace(/^\/+|\/+$/g, '')}`;
