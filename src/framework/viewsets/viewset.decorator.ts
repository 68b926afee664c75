import { Controller } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { SerializerClass } from '../serializers/serializer.js';
import type { SoundSources } from '../serializers/model/sound-sources.js';
import { snakeCase } from '../settings/naming.js';
import { declaredAction, type ActionOptions, type DeclaredAction } from './action.decorator.js';
import { defineFallback, METHODS, registerRoutes } from './handler-functions.js';
import { isStandardAction, STANDARD_ACTIONS } from './standard-actions.js';
import { defineView, inheritOptions, type ViewMetadata, type ViewRoute } from './view-metadata.js';
import { checkOptions, type ViewSetOptions } from './view-options.js';

/**
 * Makes a controller of a class that has standard actions (`list`, `create`, `retrieve`, `update`, `partialUpdate`, `destroy`, and those of bulk writes),
 * inherited or its own, or ones that `@Action` declares (VS-2). Register it with a Nest module like any controller.
 *
 * @example
 * @ViewSet('genres', { model: models.genre, serializer: GenreSerializer, lookupField: 'slug' })
 * export class GenreViewSet extends ModelViewSet<GenreModel> {}
 */
export function ViewSet<M extends Model = Model, S extends SerializerClass = SerializerClass>(
  prefix: string,
  options: ViewSetOptions<M, S> & { readonly serializer?: SoundSources<S, M> } = {},
): ClassDecorator {
  return (target) => {
    checkOptions(target.name, '@ViewSet', options);
    const prototype = target.prototype as object;
    const whole = inheritOptions(target, 'viewset', options as ViewSetOptions);
    const kwarg = whole.lookupUrlKwarg ?? whole.lookupField ?? 'pk';
    const routes = [...standardRoutes(prototype, kwarg, whole), ...extraRoutes(target.name, prototype, kwarg)];
    if (routes.length === 0)
      throw new ConfigurationError(`${target.name}: @ViewSet found no action. Extend ModelViewSet or a mixin, or declare one with @Action.`);
    checkActions(target.name, routes, whole);
    defineRoutes(target, { kind: 'viewset', prefix, options: whole, routes });
    Controller(prefix)(target);
  };
}

/** Registers a view's routes, and for each of its addresses OPTIONS and the methods that it lacks. */
export function defineRoutes(target: Function, metadata: ViewMetadata): void {
  const prototype = target.prototype as object;
  const fallbacks = [...new Set(metadata.routes.map(({ path }) => path))].flatMap((path) => {
    const routes = metadata.routes.filter((route) => route.path === path);
    const [first] = routes as [ViewRoute];
    const used = new Set(routes.map(({ method }) => method));
    return ['OPTIONS', ...METHODS.filter((method) => !used.has(method))].map((method): ViewRoute => ({
      ...first,
      property: `${method} ${path || '/'}`,
      action: method === 'OPTIONS' ? 'metadata' : null,
      method,
    }));
  });
  const complete = { ...metadata, routes: [...metadata.routes, ...fallbacks] };
  for (const { property } of fallbacks) defineFallback(prototype, property);
  registerRoutes(prototype, complete);
  defineView(target, complete);
}

function standardRoutes(prototype: object, kwarg: string, options: Pick<ViewSetOptions, 'actions'>): ViewRoute[] {
  return STANDARD_ACTIONS.filter(({ property }) => typeof (prototype as Record<string, unknown>)[property] === 'function').map(
    ({ property, method, detail }) => ({
      property,
      action: property,
      method,
      path: detail ? `:${kwarg}` : '',
      detail,
      policies: options.actions?.[property] ?? {},
      nameSuffix: detail ? 'detail' : 'list',
    }),
  );
}

function extraRoutes(owner: string, prototype: object, kwarg: string): ViewRoute[] {
  const declared = new Map<string, DeclaredAction>();
  for (let at = prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const [property, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      const action = typeof value === 'function' ? declaredAction(value) : undefined;
      if (action && !declared.has(property)) declared.set(property, action);
    }
  }
  return [...declared].flatMap(([property, action]) => {
    const primary = action.kind === 'mapping' ? action.of : property;
    const known = declared.get(primary);
    if (known?.kind !== 'action')
      throw new ConfigurationError(
        `${owner}.${property}: @Action.mapping names ${primary}, which is no action of the class. Decorate it with @Action.`,
      );
    if (isStandardAction(property))
      throw new ConfigurationError(
        `${owner}.${property}: a standard action is routed by itself; leave @Action out and set its options under actions.`,
      );
    const methods = action.kind === 'mapping' ? action.methods : (action.options.methods ?? ['GET']);
    return methods.map((method) => extraRoute(property, primary, known.options, method, kwarg));
  });
}

function extraRoute(property: string, primary: string, options: ActionOptions, method: string, kwarg: string): ViewRoute {
  const name = snakeCase(primary);
  const path = options.urlPath ?? name;
  return {
    property,
    action: property,
    method,
    path: options.detail ? `:${kwarg}/${path}` : path,
    detail: options.detail,
    policies: options,
    nameSuffix: options.urlName ?? name.replaceAll('_', '-'),
    extra: primary,
  };
}

function checkActions(owner: string, routes: readonly ViewRoute[], options: Pick<ViewSetOptions, 'actions'>): void {
  const known = routes.map(({ property }) => property);
  for (const name of Object.keys(options.actions ?? {})) {
    if (!known.includes(name))
      throw new ConfigurationError(`${owner}: actions names ${name}, which is no action of the class. It has ${known.join(', ')}.`);
  }
}
