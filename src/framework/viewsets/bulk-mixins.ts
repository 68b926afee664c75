import { inElement } from '../conflicts/failed-write.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { rememberReading } from '../plan/instances.js';
import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { writeOf } from '../serializers/writes/write-data.js';
import { bulkList, nameRows, type NamedElement } from './bulk-input.js';
import { FrameworkAction, isFrameworkAction } from './framework-action.js';
import type { GenericViewSet } from './generic-viewset.js';
import type { Base, CreateActions, DestroyActions, UpdateActions, With } from './mixins.js';
import { checkParents } from './parents.js';

type Data = Record<string, unknown>;

/** A row that a bulk write changes, and the data that it is changed to. */
export interface BulkChange {
  readonly instance: object;
  readonly data: Data;
}

export interface BulkCreateActions {
  /**
   * Saves new rows, all or none. Where `performCreate` is overridden they are saved with it, one after the other; else in a number of statements that does
   * not grow with them. Values of `extra` go into every row and win.
   */
  performBulkCreate(request: RestRequest, items: readonly Data[], extra?: Data): Promise<readonly object[]>;
}

/** Makes `create` take a list as well as an object (SER-16). */
export function BulkCreateMixin<B extends Base<CreateActions>>(base: B): With<B, BulkCreateActions> {
  abstract class BulkCreate extends (base as Base<CreateActions>) implements BulkCreateActions {
    @FrameworkAction
    override async create(@CurrentRequest() request: RestRequest): Promise<unknown> {
      const data = await request.data();
      if (!Array.isArray(data)) return super.create(request);
      const serializer = this.getSerializer(request);
      const list = bulkList(data, this.resources.maxBulkSize as number, serializer.environment.settings.nonFieldErrorsKey);
      await checkParents(request, this.resources.parents);
      const context = { request, partial: false, extra: this.getSerializerContext(request) };
      const items = (await this.serializers.validateMany(
        serializer,
        list.map((input) => ({ input })),
        context,
      )) as Data[];
      const rows = await this.service.transaction(() => this.performBulkCreate(request, items));
      return new Response(await representAll(this, request, rows), { status: 201 });
    }

    @FrameworkAction
    async performBulkCreate(request: RestRequest, items: readonly Data[], extra: Data = {}): Promise<readonly object[]> {
      if (!isFrameworkAction(this.performCreate)) return inTurn(items, (data) => this.performCreate(request, data, extra));
      await checkParents(request, this.resources.parents);
      const serializer = this.getSerializer(request);
      const writes = items.map((data) => writeOf(serializer, { ...data }, { ...extra, ...request.parents }));
      const tree = serializer.tree as NonNullable<typeof serializer.tree>;
      return (await this.service.createManyAs(writes, tree)).map((row) => rememberReading(row, { row, tree }));
    }
  }
  return BulkCreate as unknown as With<B, BulkCreateActions>;
}

export interface BulkUpdateActions {
  bulkUpdate(request: RestRequest, partial?: boolean): Promise<unknown>;
  partialBulkUpdate(request: RestRequest): Promise<unknown>;
  /** Saves changed rows, all or none; with an overridden `performUpdate` where there is one, as `performBulkCreate` does. */
  performBulkUpdate(request: RestRequest, changes: readonly BulkChange[], extra?: Data): Promise<readonly object[]>;
}

/** Adds `bulkUpdate` and `partialBulkUpdate`: PUT and PATCH of a list of objects, each with the primary key of its row (SER-18). */
export function BulkUpdateMixin<B extends Base>(base: B): With<B, BulkUpdateActions> {
  abstract class BulkUpdate extends base implements BulkUpdateActions {
    @FrameworkAction
    async bulkUpdate(@CurrentRequest() request: RestRequest, partial = false): Promise<unknown> {
      const serializer = this.getSerializer(request);
      const wire = serializer.wireOf(this.resources.model.primaryKey[0] as string);
      const list = bulkList(await request.data(), this.resources.maxBulkSize as number, serializer.environment.settings.nonFieldErrorsKey);
      // What is no object has no key; the serializer refuses it in its own words.
      const objects = list.map((element) => (isRecord(element) ? element : undefined));
      const named = await nameRows(
        this.resources.model,
        objects.filter((one) => one !== undefined),
        (element) => (Object.hasOwn(element as object, wire) ? (element as Data)[wire] : undefined),
        (keys) => this.getObjects(request, keys),
        (error) => new ValidationError({ [wire]: error.detail }),
      );
      const elements = named.values();
      const inputs = list.map((input, at) => (objects[at] ? (elements.next().value as NamedElement) : { input }));
      const context = { request, partial, extra: this.getSerializerContext(request) };
      const validated = (await this.serializers.validateMany(serializer, inputs, context)) as Data[];
      const changes = validated.map((data, at) => ({ instance: (inputs[at] as NamedElement).instance as object, data }));
      const rows = await this.service.transaction(() => this.performBulkUpdate(request, changes));
      return representAll(this, request, rows);
    }

    @FrameworkAction
    async partialBulkUpdate(@CurrentRequest() request: RestRequest): Promise<unknown> {
      return this.bulkUpdate(request, true);
    }

    @FrameworkAction
    async performBulkUpdate(request: RestRequest, changes: readonly BulkChange[], extra: Data = {}): Promise<readonly object[]> {
      const { performUpdate } = this as Partial<UpdateActions>;
      if (performUpdate && !isFrameworkAction(performUpdate)) {
        return inTurn(changes, ({ instance, data }) => performUpdate.call(this, request, instance, data, extra));
      }
      const serializer = this.getSerializer(request);
      const writes = changes.map(({ instance, data }) => ({ row: instance, write: writeOf(serializer, { ...data }, { ...extra }) }));
      const tree = serializer.tree as NonNullable<typeof serializer.tree>;
      return (await this.service.updateManyAs(writes, tree)).map((row) => rememberReading(row, { row, tree }));
    }
  }
  return BulkUpdate;
}

export interface BulkDestroyActions {
  bulkDestroy(request: RestRequest): Promise<unknown>;
  /** Deletes rows, all or none; with an overridden `performDestroy` where there is one, one after the other. */
  performBulkDestroy(request: RestRequest, instances: readonly object[]): Promise<void>;
}

/** Adds `bulkDestroy`: DELETE with a list of primary keys. */
export function BulkDestroyMixin<B extends Base>(base: B): With<B, BulkDestroyActions> {
  abstract class BulkDestroy extends base implements BulkDestroyActions {
    @FrameworkAction
    async bulkDestroy(@CurrentRequest() request: RestRequest): Promise<unknown> {
      const key = request.handler?.settings.nonFieldErrorsKey as string;
      const list = bulkList(await request.data(), this.resources.maxBulkSize as number, key);
      const named = await nameRows(
        this.resources.model,
        list,
        (element) => element,
        (keys) => this.getObjects(request, keys),
        (error) => error,
      );
      const refused = named.flatMap(({ refusal }, at) => (refusal ? [[at, refusal.detail] as const] : []));
      if (refused.length > 0) throw new ValidationError(Object.fromEntries(refused));
      const instances = named.map(({ instance }) => instance as object);
      await this.service.transaction(() => this.performBulkDestroy(request, instances));
      return new Response(undefined, { status: 204 });
    }

    @FrameworkAction
    async performBulkDestroy(request: RestRequest, instances: readonly object[]): Promise<void> {
      const { performDestroy } = this as Partial<DestroyActions>;
      if (!performDestroy || isFrameworkAction(performDestroy)) return this.service.destroyMany(instances as never);
      await inTurn(instances, (instance) => performDestroy.call(this, request, instance));
    }
  }
  return BulkDestroy;
}

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);

/** One after the other: a transaction has one connection. */
async function inTurn<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [at, one] of all.entries()) results.push(await inElement(at, () => run(one)));
  return results;
}

const representAll = (view: Pick<GenericViewSet, 'represent'>, request: RestRequest, rows: readonly object[]) =>
  inTurn(rows, (row) => view.represent(request, row));
