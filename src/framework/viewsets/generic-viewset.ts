import { Inject } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { NotFound } from '../exceptions/exceptions.js';
import { noMatch } from '../exceptions/no-match.js';
import { readKey } from '../models/key.js';
import type { Model, RowOf } from '../models/model.js';
import { checkObjectPermissions } from '../permissions/check-permissions.js';
import { QuerySet } from '../plan/query-set.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import type { Where } from '../plan/where.js';
import { Database } from '../prisma/database.js';
import { toInstance } from '../plan/rows.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { RenderContext } from '../serializers/compiled/compile-environment.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { representation } from '../serializers/representation.js';
import type { SerializerClass } from '../serializers/serializer.js';
import { Serializers } from '../serializers/serializers.js';
import { writeOf } from '../serializers/writes/write-data.js';
import type { ModelService } from '../services/model-service.js';
import { arraySource } from '../sources/array-source.js';
import { isListSource, type ListSource } from '../sources/list-source.js';
import { shownSource } from '../sources/shown-source.js';
import { Sources } from '../sources/sources.js';
import { APIView } from './api-view.js';
import { modelOf, rememberReading } from '../plan/instances.js';
import { checkParents } from './parents.js';
import type { ViewSetResources } from './viewset-resources.js';

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * The base of viewsets over a model: rows, serializers and objects, each with a hook (GEN-1). It has no action of its own: add mixins, or extend
 * `ModelViewSet`.
 */
export abstract class GenericViewSet<M extends Model = Model> extends APIView {
  @Inject(Serializers) protected readonly serializers!: Serializers;
  @Inject(Database) protected readonly database!: Database;
  @Inject(Sources) protected readonly sources!: Sources;
  #resources?: ViewSetResources<M>;

  /** Called once at boot with what the decorator's options have been made into. */
  useResources(resources: ViewSetResources<M>): void {
    this.#resources = resources;
  }

  protected get resources(): ViewSetResources<M> {
    if (!this.#resources) throw new ConfigurationError(`${this.constructor.name}: model is not set. Name it in @ViewSet(prefix, { model }).`);
    return this.#resources;
  }

  /** The service that reads and writes the rows. */
  protected get service(): ModelService<M> {
    return this.resources.service;
  }

  /**
   * The rows that this request may see at all: every action's, of a detail and a nested list too. Override to scope by user or tenant.
   *
   * @example
   * override getQueryset({ user }: RestRequest): Where<LoanModel> {
   *   return user?.isStaff ? {} : { borrowerId: user?.id ?? 0 };
   * }
   */
  getQueryset(_request: RestRequest): Where<M> | Promise<Where<M>> {
    return {} as Where<M>;
  }

  /** Narrows and orders rows by what the client asks for: each filter backend in turn. Override to leave one out for an action. */
  async filterQueryset(request: RestRequest, queryset: QuerySet<M>): Promise<QuerySet<M>> {
    let filtered = queryset as QuerySet;
    for (const backend of request.handler?.filterBackends ?? []) {
      const narrowed = backend.filterQueryset(request, filtered);
      filtered = narrowed instanceof Promise ? await narrowed : narrowed;
    }
    return filtered as QuerySet<M>;
  }

  /** The serializer's class for this request. Override where it depends on more than the action, which the `actions` option can say as well. */
  getSerializerClass(_request: RestRequest): SerializerClass | undefined {
    return undefined;
  }

  /**
   * What serializers are told beside the request: `extra` in the context of their hooks. Override to hand on what only the view knows.
   *
   * @example
   * override getSerializerContext(request: RestRequest) {
   *   return { tenant: request.headers['x-tenant'] };
   * }
   */
  getSerializerContext(_request: RestRequest): Readonly<Record<string, unknown>> {
    return NOTHING;
  }

  /** What rendering by this view may look at beside the row. */
  protected renderContext(request: RestRequest): RenderContext {
    return { baseUrl: request.baseUrl, request, extra: this.getSerializerContext(request) };
  }

  /**
   * The object that the address names, in the rows that `getQueryset` and the filters leave (GEN-3).
   * @throws NotFound where there is none; PermissionDenied or NotAuthenticated where a permission denies it.
   */
  async getObject(request: RestRequest): Promise<RowOf<M>> {
    const { model, objectTree } = this.resources;
    const tree = objectTree(this.getSerializer(request, true));
    const row = await this.#readObject(request, tree);
    const instance = rememberReading(toInstance(model, row), { row, tree });
    if (request.handler?.checksObjects) await this.checkObjectPermissions(request, instance);
    return instance;
  }

  /**
   * The objects that have one of these primary keys, in the rows that `getQueryset` and the filters leave: one read, in no order, without those that are
   * not there.
   * @throws PermissionDenied or NotAuthenticated where a permission denies one of them.
   */
  async getObjects(request: RestRequest, keys: readonly unknown[]): Promise<RowOf<M>[]> {
    const { model, objectTree } = this.resources;
    const tree = objectTree(this.getSerializer(request, true));
    const queryset = await this.filterQueryset(request, await this.rows(request));
    const rows = await queryset.filter({ [model.primaryKey[0] as string]: { in: [...keys] } } as Where<M>).rows(tree);
    const instances = rows.map((row) => rememberReading(toInstance(model, row) as RowOf<M> & object, { row, tree }));
    if (request.handler?.checksObjects) {
      for (const permission of request.permissions) await permission.prefetch(request, instances);
      for (const instance of instances) await this.checkObjectPermissions(request, instance);
    }
    return instances;
  }

  /** The object that the address names, as the client is shown it. */
  protected async retrieveObject(request: RestRequest): Promise<unknown> {
    const { getObject, represent } = GenericViewSet.prototype;
    const serializer = this.getSerializer(request);
    // Where nobody looks at the instance, none is made, and no column is read but those that are shown.
    const unseen = this.getObject === getObject && this.represent === represent && !request.handler?.checksObjects;
    if (!unseen || !serializer.tree || serializer.model !== this.resources.model) return this.represent(request, await this.getObject(request));
    return serializer.render(await this.#readObject(request, serializer.tree), this.renderContext(request));
  }

  async #readObject(request: RestRequest, tree: ReadTree): Promise<RawRow> {
    const { model, lookup } = this.resources;
    const queryset = await this.filterQueryset(request, await this.rows(request));
    const key = readKey(lookup.column, request.params[lookup.kwarg]);
    if (key.kind === 'wrong type' || key.kind === 'malformed') throw new NotFound();
    const row = key.kind === 'key' ? await queryset.filter({ [lookup.field]: key.value } as Where<M>).getOne(tree) : undefined;
    if (!row) throw noMatch(model);
    return row;
  }

  /** Asks every permission about an object. Call it for an object that `getObject` did not fetch. */
  async checkObjectPermissions(request: RestRequest, object: unknown): Promise<void> {
    await checkObjectPermissions(request, request.permissions, object, request.handler?.authentication ?? []);
  }

  /** The rows of `getQueryset`, in the view's order, and those that a further condition leaves of them. */
  protected async rows(request: RestRequest, where?: Where<M>): Promise<QuerySet<M>> {
    const { queryset, parents } = this.resources;
    const scope = await this.getQueryset(request);
    const under = parents.length > 0 ? await checkParents(request, parents) : undefined;
    let rows = queryset.filter(scope);
    if (under) rows = rows.filter(under as Where<M>);
    return where ? rows.filter(where) : rows;
  }

  /**
   * Rows as a list that the paginator completes, shown by the action's serializer: those of a query set, or objects from elsewhere.
   *
   * @example
   * async list(@CurrentRequest() request: RestRequest) {
   *   return this.source(request, [{ name: 'Mars', moons: 2 }, { name: 'Venus', moons: 0 }]);
   * }
   */
  protected source(request: RestRequest, rows: QuerySet<M> | ListSource | readonly object[]): ListSource {
    const serializer = this.getSerializer(request);
    const context = this.renderContext(request);
    if (rows instanceof QuerySet) {
      const { tree, render } = serializer.over(rows.model);
      return rows.asSource(tree, (row) => render(row, context));
    }
    return shownSource(isListSource(rows) ? rows : arraySource(rows), (item) => serializer.render(item as RawRow, context));
  }

  /** @throws ConfigurationError where the view names none, unless `optional`. */
  protected getSerializer(request: RestRequest): CompiledSerializer;
  protected getSerializer(request: RestRequest, optional: boolean): CompiledSerializer | undefined;
  protected getSerializer(request: RestRequest, optional = false): CompiledSerializer | undefined {
    const chosen = this.getSerializerClass(request);
    const serializer = chosen ? this.serializers.compiled(chosen) : request.handler?.serializer;
    if (!serializer && !optional)
      throw new ConfigurationError(
        `${this.constructor.name}: serializer is not set. Name it in @ViewSet(prefix, { serializer }), or override getSerializerClass.`,
      );
    return serializer;
  }

  /** An instance of the view's model, or of the action's serializer's, is shown by that serializer; anything else is rendered as it is. */
  override finalizeData(request: RestRequest, data: unknown): unknown {
    const serializer = request.handler?.serializer;
    return serializer?.model && modelOf(data) === serializer.model ? this.represent(request, data as object) : data;
  }

  /** What of a row the client is shown: by the action's serializer, read again where the row was not read for it. */
  represent(request: RestRequest, row: object): Promise<unknown> {
    return representation(this.renderContext(request), this.getSerializer(request), row, this.sources);
  }

  /** Validates the request's body: as a new row, or as a change of an instance. @throws ValidationError */
  async validate(request: RestRequest, instance?: object, partial = false): Promise<Record<string, unknown>> {
    const context = { request, partial, extra: this.getSerializerContext(request), ...(instance && { instance }) };
    return (await this.serializers.validate(this.getSerializer(request), await request.data(), context)) as Record<string, unknown>;
  }

  /** Inserts validated data, with the rows of nested serializers, in one transaction, and answers the row as the serializer reads it. `extra` wins. */
  protected async insert(request: RestRequest, data: object, extra: object = NOTHING): Promise<RawRow> {
    await checkParents(request, this.resources.parents);
    const serializer = this.getSerializer(request);
    const write = writeOf(serializer, { ...data }, { ...extra, ...request.parents });
    const tree = serializer.tree as NonNullable<typeof serializer.tree>;
    const row = await this.service.createAs(write, tree);
    return rememberReading(row, { row, tree });
  }

  /** Writes the columns that validated data holds, and answers the row as the serializer reads it. `extra` wins. */
  protected async change(request: RestRequest, instance: object, data: object, extra: object = NOTHING): Promise<RawRow> {
    const serializer = this.getSerializer(request);
    const tree = serializer.tree as NonNullable<typeof serializer.tree>;
    const row = await this.service.updateAs(instance as RowOf<M>, writeOf(serializer, { ...data }, { ...extra }), tree);
    return rememberReading(row, { row, tree });
  }
}

/** @throws ConfigurationError where a parameter that asks for a viewset stands in another view. */
export function viewSetOf(request: RestRequest, asker: string): GenericViewSet {
  if (request.view instanceof GenericViewSet) return request.view;
  throw new ConfigurationError(
    `${asker} in ${request.view?.constructor.name ?? 'a hand-written controller'}: it is no viewset. Extend GenericViewSet, and name the serializer in @View or @ViewSet.`,
  );
}
