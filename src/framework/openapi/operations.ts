import type { OpenAPIObject } from '@nestjs/swagger';
import { FileUploadParser } from '../parsers/file-upload-parser.js';
import { BrowsableAPIRenderer } from '../renderers/browsable-api-renderer.js';
import type { Serializers } from '../serializers/serializers.js';
import type { Handler } from '../viewsets/handler.js';
import type { RegisteredRoute } from '../viewsets/registered-views.js';
import { columnSchema } from './column-schema.js';
import { componentName, type Components } from './components.js';
import { destroys, ErrorResponses, errorStatuses, isOpen } from './error-responses.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { modernized, type JsonSchema } from './json-schema.js';
import { OperationNames, summaryOf, tagOf } from './operation-names.js';
import { pathParameters, queryParameters, type Parameter } from './parameters.js';
import type { SecuritySchemes } from './security-schemes.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Content = Record<string, { readonly schema: JsonSchema }>;

const BINARY: JsonSchema = { type: 'string', format: 'binary' };

const REASONS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No content' };

/** Fills in the operations of the framework's routes; what a user's own decorators said of them stands. */
export class Operations {
  constructor(
    private readonly serializers: Serializers,
    private readonly components: Components,
    private readonly errors: ErrorResponses,
    private readonly security: SecuritySchemes,
    private readonly names: OperationNames,
  ) {}

  /** `found` is what Swagger made of the handler and its decorators. */
  complete(registered: RegisteredRoute, found: Operation): Operation {
    const { handler, method } = registered;
    const exchange = exchangeOf(registered, this.serializers);
    const { page, filters } = queryParameters(registered, exchange);
    const declared = declaredBy(registered, found);
    const requestBody = found.requestBody ?? this.#requestBody(registered, exchange);
    const statuses = errorStatuses(registered, { body: requestBody !== undefined, filtered: filters.length > 0, paginated: page.length > 0 });
    const ownSuccess = Object.keys(declared.responses).some((status) => /^[23]/.test(status));
    const description = found.description ?? handler.description;
    const tag = tagOf(registered);
    return {
      ...found,
      operationId: declared.operationId ?? this.names.idOf(registered),
      summary: found.summary || summaryOf(registered),
      ...(description && { description }),
      tags: declared.tags ?? (tag ? [tag] : []),
      security: found.security ?? this.security.requirements(handler.authentication, isOpen(handler, method)),
      parameters: merged(found.parameters as Parameter[] | undefined, [...pathParameters(registered), ...filters, ...page]) as never,
      ...(requestBody !== undefined && { requestBody: requestBody as never }),
      responses: {
        ...Object.fromEntries(statuses.map((status) => [status, this.errors.response(status, destroys(handler))])),
        ...(!ownSuccess && this.#successes(registered, exchange)),
        ...declared.responses,
      } as Operation['responses'],
    };
  }

  #requestBody(registered: RegisteredRoute, exchange: Exchange): object | undefined {
    const { handler } = registered;
    const required = !exchange.partial || exchange.bulk !== undefined;
    if (!this.#taken(registered, exchange, true)) return undefined;
    const content = handler.parsers.flatMap((parser) => {
      const schema = parser instanceof FileUploadParser ? BINARY : this.#taken(registered, exchange, parser.mediaType.startsWith('multipart/'));
      return schema ? [[parser.mediaType, { schema }] as const] : [];
    });
    return { required, content: Object.fromEntries(content) };
  }

  /** What a body holds, with its files or without: an object, or a list of no more than the view's maximum. Undefined where no such body is valid. */
  #taken({ metadata: { options } }: RegisteredRoute, { takes, partial, bulk }: Exchange, files: boolean): JsonSchema | undefined {
    const one = takes && (files ? this.components.requested(takes, partial) : this.components.requestedWithoutFiles(takes, partial));
    const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items, minItems: 1, maxItems: options.maxBulkSize });
    const column = options.model?.fields[options.model.primaryKey[0] as string];
    const key = column && columnSchema(column);
    if (bulk === 'keys') return key && listOf(key);
    if (!one || !bulk) return one;
    if (bulk === 'either') return { oneOf: [one, listOf(one)] };
    if (!key) return listOf(one);
    const wire = takes.wireOf(column.name);
    return listOf({ allOf: [one, { type: 'object', required: [wire], properties: { [wire]: key } }] });
  }

  /** A bulk write that is not atomic has a result for each element; one object, where it takes that too, is answered as ever. */
  #successes(registered: RegisteredRoute, exchange: Exchange): object {
    const { bulk, results, status, shows } = exchange;
    if (!results) return { [status]: this.#success(registered, exchange) };
    const { bulk: _bulk, ...single } = exchange;
    const data = status === 204 || !shows ? {} : { data: this.components.shown(shows) };
    const element = { type: 'object', required: ['status'], properties: { status: { type: 'integer' }, ...data, errors: {} } } as JsonSchema;
    return {
      ...(bulk === 'either' && { [status]: this.#success(registered, single) }),
      207: { description: 'A result for each element', content: contentOf(shownBy(registered.handler), { type: 'array', items: element }) },
    };
  }

  #success({ handler }: RegisteredRoute, { shows, many, status, bulk }: Exchange): object {
    const description = REASONS[status] ?? 'Success';
    if (!shows || status === 204) return { description };
    const one = this.components.shown(shows);
    const list: JsonSchema = { type: 'array', items: one };
    const schema = many ? this.#list(handler, one, componentName(shows)) : bulk === 'either' ? { oneOf: [one, list] } : bulk ? list : one;
    return { description, content: contentOf(shownBy(handler), schema) };
  }

  #list({ paginator }: Handler, one: JsonSchema, name: string): JsonSchema {
    return paginator ? this.components.add(`Paginated${name}List`, modernized(paginator.responseSchema(one))) : { type: 'array', items: one };
  }
}

const shownBy = ({ renderers }: Handler) => renderers.filter((renderer) => !(renderer instanceof BrowsableAPIRenderer));

function contentOf(media: readonly { readonly mediaType: string }[], schema: JsonSchema): Content {
  return Object.fromEntries(media.map(({ mediaType }) => [mediaType, { schema }]));
}

/** What of an operation a user's decorators said: Swagger fills in the rest by rules of its own, which are not ours. */
function declaredBy(
  { handler, route }: RegisteredRoute,
  found: Operation,
): { operationId?: string; tags?: string[]; responses: Operation['responses'] } {
  const { name } = handler.view.constructor;
  const made = `${name}_${route.property}`;
  const operationId =
    found.operationId && found.operationId !== made && !found.operationId.startsWith(`${made}_`) && !found.operationId.startsWith(`${made}[`)
      ? found.operationId
      : undefined;
  const tags = found.tags?.filter((tag) => tag !== name.replace(/Controller$/, ''));
  const responses = Object.entries(found.responses).filter(([, response]) =>
    Object.keys(response ?? {}).some((key) => key !== 'description' || (response as { description: string }).description !== ''),
  );
  return { ...(operationId && { operationId }), ...(tags?.length && { tags }), responses: Object.fromEntries(responses) };
}

/** The parameters by name and place, of which the first list's win. */
function merged(first: readonly Parameter[] = [], second: readonly Parameter[]): Parameter[] {
  const all = new Map<string, Parameter>();
  for (const parameter of [...second, ...first]) all.set(`${parameter.in} ${parameter.name}`, parameter);
  return [...all.values()];
}
