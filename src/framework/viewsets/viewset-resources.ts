import type { Model, ScalarField } from '../models/model.js';
import type { QuerySet } from '../plan/query-set.js';
import type { ReadTree } from '../plan/read-plan.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import type { ModelService } from '../services/model-service.js';
import type { Parent } from './parents.js';

/** What a viewset's options have been made into at boot. */
export interface ViewSetResources<M extends Model = Model> {
  readonly model: M;
  readonly service: ModelService<M>;
  /** Every row, in the view's order. */
  readonly queryset: QuerySet<M>;
  readonly lookup: { readonly field: string; readonly kwarg: string; readonly column: ScalarField };
  readonly parents: readonly Parent[];
  /** How many elements a bulk write may have; undefined where there is no bulk action. */
  readonly maxBulkSize: number | undefined;
  /** Whether a bulk write is all or nothing. */
  readonly atomicBulk: boolean;
  /** What is read of one object: every column, and what the serializer shows of its relations. */
  objectTree(serializer: CompiledSerializer | undefined): ReadTree;
}
