import { CurrentRequest } from '../requests/current-request.decorator.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Response } from '../responses/response.js';
import { FrameworkAction } from './framework-action.js';
import type { GenericViewSet } from './generic-viewset.js';

export type Base<Has = unknown> = abstract new (...args: any[]) => GenericViewSet<any> & Has;
export type With<B extends Base, Actions> = B & (abstract new (...args: any[]) => Actions);

export interface ListActions {
  list(request: RestRequest): Promise<unknown>;
}

/** Adds `list` (GEN-8). */
export function ListModelMixin<B extends Base>(base: B): With<B, ListActions> {
  abstract class ListModel extends base implements ListActions {
    @FrameworkAction
    async list(@CurrentRequest() request: RestRequest): Promise<unknown> {
      return this.source(request, await this.filterQueryset(request, await this.rows(request)));
    }
  }
  return ListModel;
}

export interface RetrieveActions {
  retrieve(request: RestRequest): Promise<unknown>;
}

/** Adds `retrieve` (GEN-9). */
export function RetrieveModelMixin<B extends Base>(base: B): With<B, RetrieveActions> {
  abstract class RetrieveModel extends base implements RetrieveActions {
    @FrameworkAction
    retrieve(@CurrentRequest() request: RestRequest): Promise<unknown> {
      return this.retrieveObject(request);
    }
  }
  return RetrieveModel;
}

export interface CreateActions {
  create(request: RestRequest): Promise<unknown>;
  /**
   * Saves a new row. Override to add what the client does not send: `super.performCreate(request, data, { owner: request.user.id })`. Values of `extra` win;
   * an object for a nested serializer goes into every row that the client sent for it.
   */
  performCreate(request: RestRequest, data: Record<string, unknown>, extra?: Record<string, unknown>): Promise<object>;
  /** The headers of a 201: `Location`, where the row shows its own address. Override for others. */
  getSuccessHeaders(request: RestRequest, shown: unknown): Record<string, string>;
}

/** Adds `create` (GEN-7). */
export function CreateModelMixin<B extends Base>(base: B): With<B, CreateActions> {
  abstract class CreateModel extends base implements CreateActions {
    @FrameworkAction
    async create(@CurrentRequest() request: RestRequest): Promise<unknown> {
      const data = await this.validate(request);
      const shown = await this.represent(request, await this.performCreate(request, data));
      return new Response(shown, { status: 201, headers: this.getSuccessHeaders(request, shown) });
    }

    @FrameworkAction
    async performCreate(request: RestRequest, data: Record<string, unknown>, extra: Record<string, unknown> = {}): Promise<object> {
      return this.insert(request, data, extra);
    }

    getSuccessHeaders(request: RestRequest, shown: unknown): Record<string, string> {
      const url = (shown as Record<string, unknown> | null)?.[request.handler?.settings.urlFieldName ?? 'url'];
      return typeof url === 'string' ? { Location: url } : {};
    }
  }
  return CreateModel;
}

export interface UpdateActions {
  update(request: RestRequest, partial?: boolean): Promise<unknown>;
  partialUpdate(request: RestRequest): Promise<unknown>;
  /** Saves a changed row: the columns that `data` holds, and those of `extra`, which win. Override to add to them, or to act on the change. */
  performUpdate(request: RestRequest, instance: object, data: Record<string, unknown>, extra?: Record<string, unknown>): Promise<object>;
}

/** Adds `update` and `partialUpdate` (GEN-10). */
export function UpdateModelMixin<B extends Base>(base: B): With<B, UpdateActions> {
  abstract class UpdateModel extends base implements UpdateActions {
    @FrameworkAction
    async update(@CurrentRequest() request: RestRequest, partial = false): Promise<unknown> {
      const instance = (await this.getObject(request)) as object;
      const data = await this.validate(request, instance, partial);
      return this.represent(request, await this.performUpdate(request, instance, data));
    }

    @FrameworkAction
    async partialUpdate(@CurrentRequest() request: RestRequest): Promise<unknown> {
      return this.update(request, true);
    }

    @FrameworkAction
    async performUpdate(request: RestRequest, instance: object, data: Record<string, unknown>, extra: Record<string, unknown> = {}): Promise<object> {
      return this.change(request, instance, data, extra);
    }
  }
  return UpdateModel;
}

export interface DestroyActions {
  destroy(request: RestRequest): Promise<unknown>;
  /** Deletes the row. Override to refuse, or to mark it instead. */
  performDestroy(request: RestRequest, instance: object): Promise<void>;
}

/** Adds `destroy` (GEN-11). */
export function DestroyModelMixin<B extends Base>(base: B): With<B, DestroyActions> {
  abstract class DestroyModel extends base implements DestroyActions {
    @FrameworkAction
    async destroy(@CurrentRequest() request: RestRequest): Promise<unknown> {
      await this.performDestroy(request, (await this.getObject(request)) as object);
      return new Response(undefined, { status: 204 });
    }

    @FrameworkAction
    async performDestroy(_request: RestRequest, instance: object): Promise<void> {
      await this.service.destroy(instance as never);
    }
  }
  return DestroyModel;
}
