import type { Paramtype } from '@nestjs/common';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';

/** What Nest and TypeScript wrote down of a parameter that is given the body, the query or the address. */
export interface RouteArgument {
  readonly type: Paramtype;
  /** The one name that it takes of it: `@Query('page')`. Undefined for the whole. */
  readonly name?: string;
  /** What TypeScript takes its value for. */
  readonly of: unknown;
  /** The pipes that it names itself. */
  readonly pipes: readonly unknown[];
}

const TYPES: ReadonlyMap<number, Paramtype> = new Map([
  [RouteParamtypes.BODY, 'body'],
  [RouteParamtypes.QUERY, 'query'],
  [RouteParamtypes.PARAM, 'param'],
]);

/** Those of a handler, which is a function of a controller's class. */
export function routeArguments(controller: { readonly name: string; readonly prototype: object }, handler: string): RouteArgument[] {
  const types = (Reflect.getMetadata(PARAMTYPES_METADATA, controller.prototype, handler) ?? []) as readonly unknown[];
  const known = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Readonly<Record<string, Written>>;
  return Object.entries(known).flatMap(([key, { index, data, pipes = [] }]) => {
    // The key of a decorator of one's own begins with random digits and letters: 4f0c…
    const type = TYPES.get(Number(/^(\d+):\d+$/.exec(key)?.[1]));
    return type === undefined ? [] : [{ type, ...(typeof data === 'string' && { name: data }), of: types[index], pipes }];
  });
}

interface Written {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly unknown[];
}
