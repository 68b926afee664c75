import { HttpCode, RequestMapping, RequestMethod, UseInterceptors } from '@nestjs/common';
import { HTTP_CODE_METADATA, INTERCEPTORS_METADATA, PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteConfig } from '@nestjs/platform-fastify';
import { PaginationInterceptor } from '../pagination/pagination.interceptor.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import { withoutDeclaration } from './action.decorator.js';
import type { APIView } from './api-view.js';
import { isStandardAction } from './standard-actions.js';
import type { RouteReference, ViewMetadata, ViewRoute } from './view-metadata.js';

/** The methods that every address answers one way or another; HEAD is answered by GET. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Whether an action's answer may be a list that is paged: any but a standard one that is of a row, or of what is written. */
const isPaged = (action: string | null) => action === 'list' || (action !== 'metadata' && !isStandardAction(action));

const DEFAULT_STATUS = Symbol('rest.defaultStatus');

/** The status that a function says itself by `@HttpCode`; undefined where it says none. */
export const statedStatus = (handler: object): number | undefined =>
  Reflect.hasMetadata(DEFAULT_STATUS, handler) ? undefined : (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined);

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Registers a view's routes with Nest. */
export function registerRoutes(prototype: object, metadata: ViewMetadata): void {
  const functions = new Map<string, ViewRoute>();
  for (const route of metadata.routes) {
    const name = functions.has(route.property) ? `${route.method} ${route.property}` : route.property;
    ownFunction(prototype, route.property, name);
    functions.set(name, route);
  }
  hideInherited(prototype, functions);
  for (const [name, route] of functions) registerRoute(prototype, name, metadata, route);
}

/**
 * Hides from Nest what the decorator of a class above has made for addresses and methods: this class has its own, and one above that says 405 to a method
 * would stand beside the action that answers it here.
 */
function hideInherited(prototype: object, functions: ReadonlyMap<string, ViewRoute>): void {
  for (let above = Object.getPrototypeOf(prototype) as object | null; above; above = Object.getPrototypeOf(above) as object | null) {
    for (const name of Object.getOwnPropertyNames(above)) {
      if (name.includes(' ') && !functions.has(name) && !Object.hasOwn(prototype, name)) Object.defineProperty(prototype, name, { value: undefined });
    }
  }
}

function registerRoute(prototype: object, name: string, metadata: ViewMetadata, route: ViewRoute): void {
  const { value } = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  const decorate = (decorator: MethodDecorator) => decorator(prototype, name, { value });
  const reference: RouteReference = { metadata, route };
  decorate(RequestMapping({ path: route.path, method: RequestMethod[route.method as keyof typeof RequestMethod] }));
  decorate(RouteConfig({ rest: reference }));
  // Nest's own default for POST is 201, which of ours a `create` alone answers.
  if (route.method === 'POST' && route.property !== 'create' && !Reflect.hasMetadata(HTTP_CODE_METADATA, value as object)) {
    decorate(HttpCode(200));
    Reflect.defineMetadata(DEFAULT_STATUS, true, value as object);
  }
  // Innermost, so that an interceptor of the application's sees the page and not the list that it is made of.
  const interceptors: unknown[] = Reflect.getMetadata(INTERCEPTORS_METADATA, value as object) ?? [];
  if (isPaged(route.action) && !interceptors.includes(PaginationInterceptor)) decorate(UseInterceptors(PaginationInterceptor));
}

/**
 * Makes an inherited function the class's own, so that metadata written on it touches no other class; or another one of a function that answers a
 * second method, for Nest routes each of them once.
 */
function ownFunction(prototype: object, property: string, name: string): void {
  const found = (prototype as Record<string, Method>)[property] as Method;
  if (Object.hasOwn(prototype, name)) return;
  const own = {
    [name](this: unknown, ...args: unknown[]) {
      return found.apply(this, args);
    },
  }[name] as Method;
  for (const key of Reflect.getMetadataKeys(found)) Reflect.defineMetadata(key, Reflect.getMetadata(key, found), own);
  Object.defineProperty(prototype, name, { value: own, configurable: true, writable: true });
  if (name === property) return;
  withoutDeclaration(own);
  // What Nest and TypeScript say of the parameters stands on the class, by the function's name.
  for (const [key, target] of [
    [ROUTE_ARGS_METADATA, prototype.constructor],
    [PARAMTYPES_METADATA, prototype],
  ] as const) {
    const said: unknown = Reflect.getMetadata(key, target, property);
    if (said !== undefined) Reflect.defineMetadata(key, said, target, name);
  }
}

/** The functions of an address for OPTIONS and for the methods that it lacks: the guard answers 405 before they are called. */
export function defineFallback(prototype: object, property: string): void {
  Object.defineProperty(prototype, property, {
    configurable: true,
    writable: true,
    value(this: APIView, request: never) {
      return this.options(request);
    },
  });
  CurrentRequest()(prototype, property, 0);
}
