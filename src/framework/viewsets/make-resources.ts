import { Injectable, type Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { Ordering } from '../plan/ordering.js';
import { parseOrdering } from '../plan/ordering.js';
import type { QuerySet } from '../plan/query-set.js';
import { scalarTree, together } from '../plan/read-tree.js';
import type { ReadTree } from '../plan/read-plan.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { ModelService } from '../services/model-service.js';
import type { Sources } from '../sources/sources.js';
import { maxBulkSizeOf } from './bulk/bulk-actions.js';
import { checkWrites } from './check-writes.js';
import type { GenericViewSet } from './generic-viewset.js';
import type { Parent } from './parents.js';
import type { ViewMetadata } from './view-metadata.js';
import type { ViewSetResources } from './viewset-resources.js';

/** @throws ConfigurationError for an option that the model does not bear out. */
export async function makeResources(
  view: GenericViewSet,
  { options }: ViewMetadata,
  moduleRef: ModuleRef,
  sources: Sources,
): Promise<ViewSetResources> {
  const owner = view.constructor.name;
  const model = options.model as Model;
  const service = options.service
    ? moduleRef.get<ModelService<Model>>(options.service, { strict: false })
    : await moduleRef.create(plainService(model));
  const source = sources.inReach(model, owner);
  if (source) checkWrites(view, source, service as never);
  const field = options.lookupField ?? (model.primaryKey[0] as string);
  const column = model.fields[field];
  if (!column)
    throw new ConfigurationError(`${owner}: lookupField is ${field}, which ${model.name} lacks. It has ${Object.keys(model.fields).join(', ')}.`);
  const objectTrees = new Map<CompiledSerializer | undefined, ReadTree>();
  return {
    model,
    service,
    queryset: orderedBy(service.objects, model, options.ordering as readonly string[] | undefined),
    lookup: { field, column, kwarg: options.lookupUrlKwarg ?? options.lookupField ?? 'pk' },
    parents: Object.entries(options.parents ?? {}).map(([relation, parent]) => parentOf(owner, model, relation, parent as Model, sources)),
    maxBulkSize: maxBulkSizeOf(view, options.maxBulkSize, model),
    atomicBulk: options.atomicBulk ?? true,
    objectTree(serializer) {
      let tree = objectTrees.get(serializer);
      if (!tree) objectTrees.set(serializer, (tree = wholeTree(model, serializer)));
      return tree;
    },
  };
}

function orderedBy(objects: QuerySet, model: Model, keys: readonly string[] | undefined): QuerySet {
  const ordering: Ordering | undefined = keys && parseOrdering(model, keys);
  return ordering ? objects.reorder(ordering) : objects;
}

function plainService(model: Model): Type<ModelService<Model>> {
  @Injectable()
  class PlainService extends ModelService<Model> {
    constructor() {
      super(model);
    }
  }
  return PlainService;
}

function parentOf(owner: string, model: Model, relation: string, parent: Model, sources: Sources): Parent {
  const known = model.relations[relation];
  if (!known || known.many || known.model().name !== parent.name) {
    throw new ConfigurationError(`${owner}: parents names ${relation}, which is no relation of ${model.name} to one ${parent.name}.`);
  }
  return { relation, model: parent, queryset: sources.objects(parent) };
}

/** What a serializer reads of the model's rows; one without a model, where its fields are the model's. */
function readBy(serializer: CompiledSerializer | undefined, model: Model): ReadTree | undefined {
  return serializer?.tree ?? (serializer?.fits(model) ? serializer.over(model).tree : undefined);
}

/** Every column, so that permissions and validation see the whole instance; what the serializer shows of its relations, and the rows that its input may name. */
function wholeTree(model: Model, serializer: CompiledSerializer | undefined): ReadTree {
  const whole = scalarTree(model);
  const tree = readBy(serializer, model);
  if (!tree || tree.model !== model) return whole;
  const shown = Object.freeze({ ...tree, columns: whole.columns });
  const { currentTree } = serializer as CompiledSerializer;
  return currentTree ? together(shown, currentTree) : shown;
}
