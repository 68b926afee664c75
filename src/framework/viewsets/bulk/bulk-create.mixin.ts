import { rememberReading } from '../../plan/instances.js';
import { CurrentRequest } from '../../requests/current-request.decorator.js';
import type { RestRequest } from '../../requests/rest-request.js';
import { Response } from '../../responses/response.js';
import { writeOf } from '../../serializers/writes/write-data.js';
import { bulkList } from './bulk-input.js';
import { BulkResults } from './bulk-results.js';
import { inTurn } from './in-turn.js';
import { FrameworkAction, isFrameworkAction } from '../framework-action.js';
import type { GenericViewSet } from '../generic-viewset.js';
import type { Base, CreateActions, With } from '../mixins.js';
import { checkParents } from '../parents.js';

type Data = Record<string, unknown>;

export interface BulkCreateActions {
  /**
   * Saves new rows, all or none, and answers them in their order. Where `performCreate` is overridden they are saved with it, one after the other; else in a number of statements that does
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
      const inputs = list.map((input) => ({ input }));
      if (!this.resources.atomicBulk) {
        const elements = await this.serializers.validateEach(serializer, inputs, context);
        return new BulkResults(this, this.service, request, 201).answer(elements as Data[], (items) => this.performBulkCreate(request, items));
      }
      const items = (await this.serializers.validateMany(serializer, inputs, context)) as Data[];
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

const representAll = (view: Pick<GenericViewSet, 'represent'>, request: RestRequest, rows: readonly object[]) =>
  inTurn(rows, (row) => view.represent(request, row));
