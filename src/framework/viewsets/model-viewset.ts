import type { Model } from '../models/model.js';
import { GenericViewSet } from './generic-viewset.js';
import { CreateModelMixin, DestroyModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin } from './mixins.js';

const ReadOnlyActions = RetrieveModelMixin(ListModelMixin(GenericViewSet));
const AllActions = DestroyModelMixin(UpdateModelMixin(CreateModelMixin(ReadOnlyActions)));

type Typed<Actions extends abstract new (...args: any[]) => object> = abstract new <M extends Model>(
  ...args: any[]
) => GenericViewSet<M> & InstanceType<Actions>;

/** `list` and `retrieve` of a model's rows. */
export abstract class ReadOnlyModelViewSet<M extends Model = Model> extends (ReadOnlyActions as Typed<typeof ReadOnlyActions>)<M> {}

/** All six actions on a model's rows. */
export abstract class ModelViewSet<M extends Model = Model> extends (AllActions as Typed<typeof AllActions>)<M> {}
