import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ApiRoot } from '../routers/api-root.js';
import { Serializers } from '../serializers/serializers.js';
import { RegisteredViews, type RegisteredRoute } from '../viewsets/registered-views.js';
import { declaredAnswer } from './answers.decorator.js';
import { Components } from './components.js';
import { ErrorResponses } from './error-responses.js';
import { OperationNames } from './operation-names.js';
import { Operations, type Operation } from './operations.js';
import { SecuritySchemes } from './security-schemes.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
}

/**
 * The OpenAPI 3.1 document of an application that has been initialised: its hand-written controllers as Swagger's decorators describe them, and the
 * framework's views as they parse and render (SCH-1).
 * @throws ConfigurationError for a serializer that cannot be made ready.
 */
export async function openApiDocument(app: INestApplication, { title, version, description }: OpenApiInfo): Promise<OpenAPIObject> {
  const { routes } = app.get(RegisteredViews, { strict: false });
  const serializers = app.get(Serializers, { strict: false });
  for (const { handler, route } of routes) {
    const answer = declaredAnswer((handler.view as unknown as Record<string, object>)[route.property] as object);
    if (answer) await serializers.compile(answer.serializer);
  }
  const scanned = SwaggerModule.createDocument(app, { openapi: '3.1.0', info: { title, version, ...(description && { description }) } });
  return plain(complete(scanned, routes, serializers));
}

function complete(scanned: OpenAPIObject, routes: readonly RegisteredRoute[], serializers: Serializers): OpenAPIObject {
  const components = new Components(new Set(Object.keys(scanned.components?.schemas ?? {})));
  const errors = new ErrorResponses(components);
  const security = new SecuritySchemes();
  const byKey = new Map(routes.map((route) => [`${route.method.toLowerCase()} ${documentPath(route.url)}`, route]));
  const found = Object.entries(scanned.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
      route: byKey.get(`${method} ${path}`),
    })),
  );
  const names = new OperationNames(found.flatMap(({ operation }) => operation.operationId ?? []));
  const operations = new Operations(serializers, components, errors, security, names);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { path, method, operation, route } of found) {
    if (route && !isDocumented(route)) continue;
    const address = route && !path.endsWith('/') ? `${path}/` : path;
    (paths[address] ??= {})[method] = route ? operations.complete(route, operation) : operation;
  }
  return {
    ...scanned,
    paths: sorted(paths),
    components: {
      ...scanned.components,
      schemas: { ...scanned.components?.schemas, ...(components.schemas as object) },
      responses: { ...scanned.components?.responses, ...(errors.responses as Record<string, never>) },
      securitySchemes: { ...scanned.components?.securitySchemes, ...(security.schemes as Record<string, never>) },
    },
  };
}

/** By path and method, so that classes may change places without a change of the document. */
function sorted(paths: Record<string, Record<string, Operation>>): Record<string, Record<string, Operation>> {
  const rank = (method: string) => METHODS.indexOf(method);
  const entries = Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([path, item]) => [path, Object.fromEntries(Object.entries(item).sort(([a], [b]) => rank(a) - rank(b)))]));
}

/** OPTIONS, the methods that an address lacks, and the root of the API, which DRF leaves out too (ROUT-3), are no operations. */
export const isDocumented = ({ handler }: RegisteredRoute) =>
  handler.action !== null && handler.action !== 'metadata' && !(handler.view instanceof ApiRoot);

/** `/books/:pk` is `/books/{pk}` in the document. */
const documentPath = (url: string) => (url.length > 1 ? url.replace(/\/$/, '') : url).replace(/:(\w+)/g, '{$1}');

/** The document as JSON has it: decimals and dates as text, nothing undefined. */
function plain(document: OpenAPIObject): OpenAPIObject {
  return JSON.parse(JSON.stringify(document, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))) as OpenAPIObject;
}
