import { Injectable } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import type { RouteOptions } from 'fastify';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { REST_FEATURE } from '../settings/rest-feature.module.js';
import type { PolicyOptions } from '../settings/rest-options.js';
import type { APIView } from './api-view.js';
import type { Handler } from './handler.js';
import { viewMetadataOf, type RouteReference, type ViewMetadata, type ViewRoute } from './view-metadata.js';

/** A view as Nest made it, with what its module says over the application's settings. */
export interface RegisteredView {
  readonly view: APIView;
  readonly moduleOptions: PolicyOptions | undefined;
  /** The injector of its module: what the view's policies, serializers and services are made by. */
  readonly moduleRef: ModuleRef;
}

/** One of a view's routes as Fastify has it: its handler is filled in at boot, before the first request. */
export interface RegisteredRoute {
  readonly metadata: ViewMetadata;
  readonly route: ViewRoute;
  /** The whole path, without the last slash. */
  readonly url: string;
  readonly method: string;
  readonly handler: Handler;
}

/** Collects the framework's routes while Nest registers them, and the views that they belong to. */
@Injectable()
export class RegisteredViews {
  readonly routes: RegisteredRoute[] = [];

  constructor(private readonly modules: ModulesContainer) {}

  /** Fastify's `onRoute`: gives each route of a view a handler of its own, which a request finds on its matched route. */
  add(options: RouteOptions): void {
    const reference = (options.config as { rest?: RouteReference } | undefined)?.rest;
    if (!reference) return;
    const handler = {} as Handler;
    options.config = { ...options.config, rest: handler } as never;
    this.routes.push({ ...reference, url: options.url, method: options.method as string, handler });
  }

  /** @throws ConfigurationError where two modules register one class. */
  views(): ReadonlyMap<ViewMetadata, RegisteredView> {
    const views = new Map<ViewMetadata, RegisteredView>();
    for (const module of this.modules.values()) {
      for (const { metatype, instance } of module.controllers.values()) {
        const metadata = metatype && viewMetadataOf(metatype);
        if (!metadata) continue;
        if (views.has(metadata))
          throw new ConfigurationError(`${metatype.name} is a controller of two modules. Extend it for the second one, with a decorator of its own.`);
        const feature = [...module.imports].find((imported) => imported.providers.has(REST_FEATURE));
        views.set(metadata, {
          view: instance as APIView,
          moduleRef: module.providers.get(ModuleRef)?.instance as ModuleRef,
          moduleOptions: feature?.providers.get(REST_FEATURE)?.instance as PolicyOptions | undefined,
        });
      }
    }
    return views;
  }
}
