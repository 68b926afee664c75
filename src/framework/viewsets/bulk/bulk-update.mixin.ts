import { ValidationError } from '../../exceptions/exceptions.js';
import { isRecord } from '../../models/json-value.js';
import { rememberReading } from '../../plan/instances.js';
import { CurrentRequest } from '../../requests/current-request.decorator.js';
import type { RestRequest } from '../../requests/rest-request.js';
import { writeOf } from '../../serializers/writes/write-data.js';
import { bulkList, nameRows, type NamedElement } from './bulk-input.js';
import { BulkResults } from './bulk-results.js';
import { inTurn } from './in-turn.js';
import { FrameworkAction, isFrameworkAction } from '../framework-action.js';
import type { GenericViewSet } from '../generic-viewset.js';
import type { Base, UpdateActions, With } from '../mixins.js';

type Data = Record<string, unknown>;

/** A row that a bulk write changes, and the data that it is changed to. */
export interface BulkChange {
  readonly instance: object;
  readonly data: Data;
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
      if (!this.resources.atomicBulk) {
        const each = await this.serializers.validateEach(serializer, inputs, context);
        const elements = each.map((data, at) => (data instanceof ValidationError ? data : changeOf(inputs[at] as NamedElement, data)));
        return new BulkResults(this, this.service, request, 200).answer(elements, (changes) => this.performBulkUpdate(request, changes));
      }
      const validated = (await this.serializers.validateMany(serializer, inputs, context)) as Data[];
      const changes = validated.map((data, at) => changeOf(inputs[at] as NamedElement, data));
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

const changeOf = ({ instance }: NamedElement, data: unknown): BulkChange => ({ instance: instance as object, data: data as Data });

const representAll = (view: Pick<GenericViewSet, 'represent'>, request: RestRequest, rows: readonly object[]) =>
  inTurn(rows, (row) => view.represent(request, row));
