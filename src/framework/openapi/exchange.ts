import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import type { Serializers } from '../serializers/serializers.js';
import { createsMany } from '../viewsets/bulk/bulk-actions.js';
import { Data } from '../viewsets/data.decorator.js';
import { statedStatus } from '../viewsets/handler-functions.js';
import type { RegisteredRoute } from '../viewsets/registered-views.js';
import { declaredAnswer } from './answers.decorator.js';

/** What a route takes and answers, as far as its declarations tell. */
export interface Exchange {
  /** `2XX` where it is not known. */
  readonly status: number | '2XX';
  /** The serializer of the request's body; undefined for none. */
  readonly takes?: CompiledSerializer;
  /** Whether the body is a change: everything in it is optional. */
  readonly partial: boolean;
  /** Whether the body is a list: of objects, or of keys; `either` is one object or a list of them, and the answer is what the body was. */
  readonly bulk?: Bulk;
  /** Whether a list is answered with a result for each element, and the status 207. */
  readonly results?: boolean;
  /** The serializer of the answer; undefined for one that is not known. */
  readonly shows?: CompiledSerializer;
  readonly many: boolean;
}

type Bulk = 'objects' | 'keys' | 'either';

const STANDARD: Readonly<
  Record<
    string,
    { readonly status: number; readonly takes?: true; readonly partial?: true; readonly shows?: true; readonly many?: true; readonly bulk?: Bulk }
  >
> = {
  list: { status: 200, shows: true, many: true },
  create: { status: 201, takes: true, shows: true },
  retrieve: { status: 200, shows: true },
  update: { status: 200, takes: true, shows: true },
  partialUpdate: { status: 200, takes: true, partial: true, shows: true },
  destroy: { status: 204 },
  bulkUpdate: { status: 200, takes: true, shows: true, bulk: 'objects' },
  partialBulkUpdate: { status: 200, takes: true, partial: true, shows: true, bulk: 'objects' },
  bulkDestroy: { status: 204, bulk: 'keys' },
};

const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH'];

export function exchangeOf(registered: RegisteredRoute, serializers: Serializers): Exchange {
  const { handler, metadata, method, route } = registered;
  const implementation = (handler.view as unknown as Record<string, object>)[route.property] as object;
  const answer = declaredAnswer(implementation);
  const { serializer } = handler;
  const standard = isStandard(registered) ? STANDARD[route.property] : undefined;
  // An extra action inherits its view's serializer, and most have no use for it: only what it names or asks for itself counts.
  const own = metadata.kind === 'view' || route.policies.serializer !== undefined;
  const shown = answer
    ? serializers.compiled(answer.serializer)
    : standard
      ? standard.shows && serializer
      : own && method !== 'DELETE'
        ? serializer
        : undefined;
  const takes = standard ? standard.takes === true : WRITES.includes(method) && (own || readsData(handler.view, route.property));
  const bulk = standard && route.property === 'create' && createsMany(handler.view) ? 'either' : standard?.bulk;
  return {
    // A handler that says nothing at all of its answer may send a `Response` with any.
    status: answer?.status ?? standard?.status ?? statedStatus(implementation) ?? (answer || own ? 200 : '2XX'),
    partial: method === 'PATCH',
    many: answer ? answer.many === true : standard?.many === true,
    ...(bulk && { bulk, results: metadata.options.atomicBulk === false }),
    ...(takes && serializer && { takes: serializer }),
    ...(shown && { shows: shown }),
  };
}

export const isStandard = ({ metadata, route }: RegisteredRoute) => metadata.kind === 'viewset' && route.extra === undefined;

/** Whether a parameter of a handler is decorated with `@Data()`. */
export function readsData(view: object, property: string): boolean {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, view.constructor, property) as
    Readonly<Record<string, { readonly factory?: unknown }>> | undefined;
  return Object.values(parameters ?? {}).some(({ factory }) => factory !== undefined && factory === dataFactory());
}

let factoryOfData: unknown;

/** What Nest keeps of a parameter that `@Data()` decorates. */
function dataFactory(): unknown {
  if (factoryOfData === undefined) {
    class Probe {
      probe(_data: unknown): void {}
    }
    Data()(Probe.prototype, 'probe', 0);
    const [kept] = Object.values(Reflect.getMetadata(ROUTE_ARGS_METADATA, Probe, 'probe') as Record<string, { factory: unknown }>);
    factoryOfData = kept?.factory;
  }
  return factoryOfData;
}
