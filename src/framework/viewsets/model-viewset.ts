import type { Model } from '../models/model.js';
import { BulkCreateMixin } from './bulk/bulk-create.mixin.js';
import { BulkDestroyMixin } from './bulk/bulk-destroy.mixin.js';
import { BulkUpdateMixin } from './bulk/bulk-update.mixin.js';
import { GenericViewSet } from './generic-viewset.js';
import { CreateModelMixin, DestroyModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin } from './mixins.js';

const ReadOnlyActions = RetrieveModelMixin(ListModelMixin(GenericViewSet));
const AllActions = DestroyModelMixin(UpdateModelMixin(CreateModelMixin(ReadOnlyActions)));
const BulkActions = BulkDestroyMixin(BulkUpdateMixin(BulkCreateMixin(AllActions)));

type Typed<Actions extends abstract new (...args: any[]) => object> = abstract new <M extends Model>(
  ...args: any[]
) => GenericViewSet<M> & InstanceType<Actions>;

/** `list` and `retrieve` of a model's rows. */
export abstract class ReadOnlyModelViewSet<M extends Model = Model> extends (ReadOnlyActions as Typed<typeof ReadOnlyActions>)<M> {}

/** All six actions on a model's rows. */
export abstract class ModelViewSet<M extends Model = Model> extends (AllActions as Typed<typeof AllActions>)<M> {}

/** All six actions, and lists of rows created, changed and deleted at the list's address. It must say `maxBulkSize`. */
export abstract class BulkModelViewSet<M extends Model = Model> extends (BulkActions as Typed<typeof BulkActions>)<M> {}
