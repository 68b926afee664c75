import { ValidationError } from '../../exceptions/exceptions.js';
import { CurrentRequest } from '../../requests/current-request.decorator.js';
import type { RestRequest } from '../../requests/rest-request.js';
import { Response } from '../../responses/response.js';
import { bulkList, nameRows } from './bulk-input.js';
import { BulkResults } from './bulk-results.js';
import { inTurn } from './in-turn.js';
import { FrameworkAction, isFrameworkAction } from '../framework-action.js';
import type { Base, DestroyActions, With } from '../mixins.js';

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
      if (!this.resources.atomicBulk) {
        const elements = named.map(({ instance, refusal }) => refusal ?? (instance as object));
        return new BulkResults(this, this.service, request, 204).answer(elements, (instances) => this.performBulkDestroy(request, instances));
      }
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
