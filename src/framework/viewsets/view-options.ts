import type { Type } from '@nestjs/common';
import type { FilterSetClass, FilterFields } from '../filters/filter-set.js';
import type { Model, RelationName, ScalarName } from '../models/model.js';
import type { SerializerClass } from '../serializers/serializer.js';
import type { ModelService } from '../services/model-service.js';
import type { ThrottleCost } from '../throttling/throttle-cost.js';
import type { PolicyOptions } from '../settings/rest-options.js';

/** What throttles are told of a view or an action. */
interface ThrottleOptions {
  /** The name in `throttleRates` that `ScopedRateThrottle` counts by. */
  readonly throttleScope?: string;
  /** What a request counts as, or a function that says it. Default: 1. */
  readonly throttleCost?: ThrottleCost;
}

/** What a view may say of itself. */
export interface ViewOptions extends PolicyOptions, ThrottleOptions {
  /** The name for people. Default: the class's, without `View` or `ViewSet` (VIEW-9). */
  readonly name?: string;
  readonly description?: string;
  /** The name of its address in `reverse`. Default: none. */
  readonly routeName?: string;
}

/** What one action may say over its view. */
export interface ActionPolicies extends PolicyOptions, ThrottleOptions {
  readonly serializer?: SerializerClass;
  readonly name?: string;
  readonly description?: string;
}

/** A column, a path of relations to one, or a field of the serializer that shows a column or a count. */
export type OrderName<M extends Model, S extends SerializerClass> =
  ScalarName<M> | `${RelationName<M>}__${string}` | (keyof InstanceType<S> & string);
type Directed<Name extends string> = Name | `-${Name}`;
/** A column or a path to one, with `^` for the start and `=` for the whole text. */
export type SearchName<M extends Model> = `${'' | '^' | '='}${ScalarName<M> | `${RelationName<M>}__${string}`}`;

export interface ViewSetOptions<M extends Model = Model, S extends SerializerClass = SerializerClass> extends ViewOptions {
  /** The model of its rows. */
  readonly model?: M;
  /** The serializer of every action that does not name its own. */
  readonly serializer?: S;
  /** What single actions, inherited ones too, set over the view: `{ retrieve: { serializer: BookDetailSerializer } }`. */
  readonly actions?: Readonly<Record<string, ActionPolicies>>;
  /** The service that reads and writes its rows. Default: a plain one of the model. */
  readonly service?: Type<ModelService<M>>;
  /** In `{basename}-list`, `{basename}-detail`. Default: the model's name in lower case (ROUT-4). */
  readonly basename?: string;
  /** The field that an address finds a row by. Default: the primary key. */
  readonly lookupField?: ScalarName<M>;
  /** Its name in the address. Default: the lookup field's, or `pk`. */
  readonly lookupUrlKwarg?: string;
  /** How many elements a bulk write may have. A viewset with a bulk action must say it. */
  readonly maxBulkSize?: number;
  /** The rows that an address of this viewset is under, by the parameter's name: it is the name of the relation to them, too. */
  readonly parents?: Readonly<Partial<Record<RelationName<M>, Model>>>;
  /** The default order. Without it: the model's, else by primary key. */
  readonly ordering?: readonly Directed<OrderName<M, S>>[];
  /** What a client may order by: nothing, unless it is said. */
  readonly orderingFields?: readonly OrderName<M, S>[];
  readonly searchFields?: readonly SearchName<M>[];
  /** A filter set, or the fields of a plain one. */
  readonly filters?: FilterSetClass<M> | FilterFields<M>;
}
