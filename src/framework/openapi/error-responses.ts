import { Authentication } from '../authentication/authentication.js';
import type { Model } from '../models/model.js';
import { LimitOffsetPagination } from '../pagination/limit-offset-pagination.js';
import { AllowAny } from '../permissions/allow-any.js';
import { IsAuthenticatedOrReadOnly } from '../permissions/is-authenticated-or-read-only.js';
import { ComposedPermission } from '../permissions/composed-permission.js';
import { ModelPermissionsOrAnonReadOnly } from '../permissions/model-permissions-or-anon-read-only.js';
import { Permission } from '../permissions/permission.js';
import { APIView } from '../viewsets/api-view.js';
import { isBulkAction } from '../viewsets/standard-actions.js';
import type { Handler } from '../viewsets/handler.js';
import type { RegisteredRoute } from '../viewsets/registered-views.js';
import type { Components } from './components.js';
import type { JsonSchema } from './json-schema.js';

/** Stands for the 409 of a write whose messages are those of validation. */
const LOST = -409;

const NAMES: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['BadRequest', 'The request does not validate, or cannot be read.'],
  401: ['Unauthorized', 'Credentials are missing or wrong.'],
  403: ['Forbidden', 'The client may not do this.'],
  404: ['NotFound', 'There is no such object or page.'],
  406: ['NotAcceptable', 'No media type that the client accepts can be answered.'],
  409: ['Conflict', 'Rows that refer to this one protect it.'],
  [LOST]: ['LostRace', 'Another request has been faster: messages as those of validation.'],
  413: ['PayloadTooLarge', 'The body is larger than allowed.'],
  415: ['UnsupportedMediaType', 'The body is of a media type that is not read here.'],
  429: ['Throttled', 'The client sends too many requests.'],
};

/** The errors that routes answer: each a response component of its own. */
export class ErrorResponses {
  readonly #responses = new Map<string, object>();

  constructor(private readonly components: Components) {}

  get responses(): Readonly<Record<string, object>> {
    return Object.fromEntries(this.#responses);
  }

  /** `destroys` says whether the route deletes rows: a conflict is another one then. */
  response(status: number, destroys: boolean): { readonly $ref: string } {
    const lost = status === 409 && !destroys;
    const [name, description] = NAMES[lost ? LOST : status] as (typeof NAMES)[number];
    if (!this.#responses.has(name)) {
      this.#responses.set(name, {
        description,
        ...(status === 429 && { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }),
        content: { 'application/json': { schema: status === 400 || lost ? this.#invalid() : this.#error() } },
      });
    }
    return { $ref: `#/components/responses/${name}` };
  }

  #error(): JsonSchema {
    return this.components.add('Error', { type: 'object', required: ['detail'], properties: { detail: { type: 'string' } } });
  }

  /** Messages nest as the data does: lists by field, of the elements of a list by position. A body that cannot be read has a `detail` alone. */
  #invalid(): JsonSchema {
    const messages = this.components.add('ErrorMessages', (itself) => ({
      anyOf: [{ type: 'string' }, { type: 'array', items: itself }, { type: 'object', additionalProperties: itself }],
    }));
    return this.components.add('ValidationError', {
      description: 'Messages by field, and under the key for all of them together.',
      type: ['object', 'array'],
      additionalProperties: messages,
      items: messages,
    });
  }
}

/** The errors that a route can answer, by status. 405 is none of a route: its methods are those that the document has. */
export function errorStatuses(
  { handler, method, metadata, url }: RegisteredRoute,
  { body, filtered, paginated }: { readonly body: boolean; readonly filtered: boolean; readonly paginated: boolean },
): readonly number[] {
  const [first] = handler.authentication;
  const open = isOpen(handler, method);
  const challenged = first !== undefined && first.authenticateHeader !== Authentication.prototype.authenticateHeader;
  const statuses: Readonly<Record<number, boolean>> = {
    400: body || filtered,
    401: challenged,
    403: !open || (handler.checksObjects && (handler.detail || isBulkAction(handler.action))) || (first !== undefined && !challenged),
    404: url.includes(':') || (paginated && !(handler.paginator instanceof LimitOffsetPagination)) || handler.permissions.some(hides),
    406: true,
    409: destroys(handler) ? isProtected(metadata.options.model) : body && handler.settings.conflictStatus === 409,
    413: body,
    415: body,
    429: handler.throttles.length > 0 || handler.view.getThrottles !== APIView.prototype.getThrottles,
  };
  return Object.keys(statuses)
    .map(Number)
    .filter((status) => statuses[status]);
}

export const destroys = ({ action }: Handler): boolean => action === 'destroy' || action === 'bulkDestroy';

/** Whether a client without credentials may send the request. */
export function isOpen({ permissions, view }: Handler, method: string): boolean {
  if (view.getPermissions !== APIView.prototype.getPermissions) return false;
  return permissions.every(
    (permission) =>
      permission instanceof AllowAny ||
      ((permission instanceof IsAuthenticatedOrReadOnly || permission instanceof ModelPermissionsOrAnonReadOnly) && method === 'GET') ||
      permission.hasPermission === Permission.prototype.hasPermission,
  );
}

/** Whether a denial may be a 404. */
const hides = (permission: Permission): boolean =>
  permission instanceof ComposedPermission && (permission.operator === 'or404' || permission.parts.some(hides));

/** Whether rows of other models may keep a row from being deleted. */
function isProtected(model: Model | undefined): boolean {
  return Object.values(model?.relations ?? {}).some((relation) => {
    const back = relation.model().relations[relation.inverse];
    return (
      relation.from.length === 0 &&
      back !== undefined &&
      back.from.length > 0 &&
      (back.onDelete ? ['Restrict', 'NoAction'].includes(back.onDelete) : !back.nullable)
    );
  });
}
