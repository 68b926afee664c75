import { Injectable, type Type } from '@nestjs/common';
import { UserPermissions } from '../authorization/user-permissions.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FilterBackend } from '../filters/filter-backend.js';
import { StrictQuery } from '../filters/strict-query.js';
import { actionName, viewName } from '../metadata/view-name.js';
import type { Pagination, PaginationClass } from '../pagination/pagination.js';
import { haveObjectOpinion } from '../permissions/object-opinion.js';
import type { PermissionContext } from '../permissions/permission.js';
import { Routes } from '../routers/routes.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { Serializers } from '../serializers/serializers.js';
import { PolicyInstances } from '../settings/policy-instances.js';
import { overlaySettings } from '../settings/resolve-settings.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import type { RestSettings } from '../settings/settings.js';
import { ThrottleCounter } from '../throttling/throttle-counter.js';
import { APIView } from './api-view.js';
import { filterContext } from './viewset-filters.js';
import { isFrameworkAction } from './framework-action.js';
import { GenericViewSet } from './generic-viewset.js';
import type { Address, Handler } from './handler.js';
import { handlerThrottles } from './handler-throttles.js';
import { RegisteredViews, type RegisteredRoute, type RegisteredView } from './registered-views.js';
import { checkReads } from './check-reads.js';
import { makeResources } from './make-resources.js';
import { queryNames } from './query-names.js';
import type { ViewSetResources } from './viewset-resources.js';
import { Sources } from '../sources/sources.js';
import type { ViewMetadata } from './view-metadata.js';

const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Makes every view ready at boot: addresses named, policies made, serializers compiled. What is wrong with one stops the application here. */
@Injectable()
export class ViewCompiler {
  constructor(
    private readonly registered: RegisteredViews,
    private readonly routes: Routes,
    private readonly serializers: Serializers,
    private readonly policies: PolicyInstances,
    private readonly holder: RestSettingsHolder,
    private readonly sources: Sources,
    private readonly counter: ThrottleCounter,
    private readonly userPermissions: UserPermissions,
  ) {}

  async compile(): Promise<void> {
    this.sources.collect();
    const views = this.registered.views();
    const addresses = this.#nameAddresses(views);
    const resources = new Map<ViewMetadata, ViewSetResources>();
    for (const [metadata, registered] of views) {
      const { view, moduleRef } = registered;
      if (!metadata.options.model || !(view instanceof GenericViewSet)) continue;
      const made = await makeResources(view, metadata, moduleRef, this.sources);
      view.useResources(made);
      resources.set(metadata, made);
    }
    for (const route of this.registered.routes) {
      const registered = views.get(route.metadata) as RegisteredView;
      Object.assign(route.handler, await this.#handler(route, registered, addresses.get(route.url) as Address, resources.get(route.metadata)));
    }
  }

  /** Addresses get their names before any serializer is compiled: hyperlinks ask for them. */
  #nameAddresses(views: ReadonlyMap<ViewMetadata, RegisteredView>): ReadonlyMap<string, Address> {
    const addresses = new Map<string, Address>();
    for (const { url, metadata, route } of this.registered.routes) {
      if (addresses.has(url) || !views.has(metadata)) continue;
      const used = this.registered.routes.filter((one) => one.url === url && one.route.action !== null).map(({ method }) => method);
      const address: Address = {
        path: url.endsWith('/') ? url : `${url}/`,
        routeName: routeName(metadata, route.nameSuffix),
        methods: ORDER.filter((method) => used.includes(method)),
      };
      addresses.set(url, address);
      this.routes.add(address);
    }
    return addresses;
  }

  async #handler(
    registered: RegisteredRoute,
    { view, moduleOptions, moduleRef }: RegisteredView,
    address: Address,
    resources: ViewSetResources | undefined,
  ): Promise<Handler> {
    const { metadata, route } = registered;
    const { options } = metadata;
    const settings = overlaySettings(this.holder.settings, moduleOptions, options, route.policies);
    const make = <T extends object>(classes: readonly Type<T>[]) => Promise.all(classes.map((one) => this.policies.make(one, moduleRef)));
    const serializerClass = route.policies.serializer ?? options.serializer;
    const serializer = serializerClass && (await this.serializers.compile(serializerClass, moduleRef));
    const { model } = options;
    // A list that a hand-written action answers may be of anything.
    if (model && serializer && route.action === 'list' && isFrameworkAction(Reflect.get(view, route.property))) serializer.over(model);
    const authentication = await make(settings.authentication);
    const permissions = await this.policies.permissions(settings.permissions, moduleRef);
    for (const permission of permissions) permission.assertUsable(permissionContext(view, metadata));
    const renderers = await make(settings.renderers);
    const owner = view.constructor.name;
    if (renderers.length === 0)
      throw new ConfigurationError(`${owner}: renderers is empty, so that nothing could be answered. Name at least JSONRenderer.`);
    const headers = [...(renderers.length > 1 ? ['Accept'] : []), ...new Set(authentication.flatMap(({ varyHeaders }) => varyHeaders))];
    const paginator = settings.pagination && paginatorOf(settings.pagination, settings);
    const filterBackends = this.#filterBackends(view, metadata, settings, serializer);
    if (resources) checkReads({ owner, sources: this.sources, resources, action: route.action, serializer, paginator, filterBackends });
    return {
      view,
      moduleRef,
      action: route.action,
      detail: route.detail,
      model,
      settings,
      authentication,
      permissions,
      checksObjects: haveObjectOpinion(permissions) || view.getPermissions !== APIView.prototype.getPermissions,
      ...(await handlerThrottles(view, registered, settings, moduleRef, this.policies, this.counter)),
      renderers,
      parsers: await make(settings.parsers),
      negotiation: await this.policies.make(settings.contentNegotiation, moduleRef),
      metadata: settings.metadata && (await this.policies.make(settings.metadata, moduleRef)),
      paginator,
      filterBackends,
      strictQuery: settings.strictQuery
        ? strictQueryOf(settings, paginator, filterBackends, queryNames(view, route.property, settings.naming))
        : null,
      serializer,
      allow: address.methods.join(', '),
      vary: headers.join(', '),
      name: nameOf(owner, metadata, route),
      description: route.policies.description ?? options.description ?? '',
      address,
    };
  }

  #filterBackends(
    view: APIView,
    metadata: ViewMetadata,
    settings: RestSettings,
    serializer: CompiledSerializer | undefined,
  ): readonly FilterBackend[] {
    const { model } = metadata.options;
    if (!model) return [];
    const context = filterContext(view.constructor.name, metadata.options, settings, serializer, {
      lookups: (lookups) => this.sources.answerLookups(lookups),
      userPermissions: this.userPermissions,
    });
    return settings.filterBackends.map((Backend) => new Backend(context));
  }
}

function permissionContext(view: APIView, { options, routes }: ViewMetadata): PermissionContext {
  return {
    owner: view.constructor.name,
    model: options.model,
    actions: [...new Set(routes.flatMap(({ action }) => (action === null ? [] : [action])))],
    ignoresModelPermissions: view.ignoresModelPermissions,
  };
}

function nameOf(owner: string, metadata: ViewMetadata, route: RegisteredRoute['route']): string {
  if (route.policies.name) return route.policies.name;
  if (route.extra) return actionName(route.extra);
  if (metadata.options.name) return metadata.options.name;
  return viewName(owner, metadata.kind === 'viewset' ? (route.detail ? 'Instance' : 'List') : null);
}

function routeName({ kind, options }: ViewMetadata, suffix: string | null): string | null {
  if (kind === 'view' || suffix === null) return options.routeName ?? null;
  const basename = options.basename ?? options.model?.name.toLowerCase();
  return basename ? `${basename}-${suffix}` : null;
}

function strictQueryOf(
  { urlFormatOverride }: RestSettings,
  paginator: Pagination | null,
  backends: readonly FilterBackend[],
  own: readonly string[] | null,
): StrictQuery | null {
  if (own === null) return null;
  const parameters = [...backends.flatMap((backend) => backend.parameters()), ...(paginator?.parameters() ?? [])];
  return new StrictQuery([...parameters.map(({ name }) => name), ...own, ...(urlFormatOverride === null ? [] : [urlFormatOverride])]);
}

const paginators = new WeakMap<PaginationClass, Pagination>();

function paginatorOf(pagination: PaginationClass, { pageSize }: RestSettings): Pagination {
  let paginator = paginators.get(pagination);
  if (!paginator) paginators.set(pagination, (paginator = new pagination()));
  paginator.assertUsable({ pageSize });
  return paginator;
}
