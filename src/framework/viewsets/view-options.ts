import type { Type } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
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

/** What a view or a viewset may say of itself. */
interface ResourceOptions<M extends Model, S extends SerializerClass> extends PolicyOptions, ThrottleOptions {
  /** The name for people. Default: the class's, without `View` or `ViewSet` (VIEW-9). */
  readonly name?: string;
  readonly description?: string;
  /** The model of its rows. */
  readonly model?: M;
  /** The serializer of every action that does not name its own. */
  readonly serializer?: S;
  /** The service that reads and writes its rows. Default: a plain one of the model. */
  readonly service?: Type<ModelService<M>>;
  /** The field that an address finds a row by. Default: the primary key. */
  readonly lookupField?: ScalarName<M>;
  /** Its name in the address. Default: the lookup field's, or `pk`. */
  readonly lookupUrlKwarg?: string;
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

/** What `@View` takes. */
export interface ViewOptions<M extends Model = Model, S extends SerializerClass = SerializerClass> extends ResourceOptions<M, S> {
  /** The name of its address in `reverse`. Default: none. */
  readonly routeName?: string;
}

/** What `@ViewSet` takes. */
export interface ViewSetOptions<M extends Model = Model, S extends SerializerClass = SerializerClass> extends ResourceOptions<M, S> {
  /** What single actions, inherited ones too, set over the view: `{ retrieve: { serializer: BookDetailSerializer } }`. */
  readonly actions?: Readonly<Record<string, ActionPolicies>>;
  /** In `{basename}-list`, `{basename}-detail`. Default: the model's name in lower case (ROUT-4). */
  readonly basename?: string;
  /** How many elements a bulk write may have. A viewset with a bulk action must say it. */
  readonly maxBulkSize?: number;
  /** Whether a bulk write is all or nothing. Default: true; with false it is answered 207, with a result for each element. */
  readonly atomicBulk?: boolean;
}

/** What only one of the two decorators takes. */
const OF_VIEWS: readonly (keyof ViewOptions)[] = ['routeName'];
const OF_VIEWSETS: readonly (keyof ViewSetOptions)[] = ['actions', 'basename', 'maxBulkSize', 'atomicBulk'];

/** @throws ConfigurationError for an option that the other decorator takes: here nothing would come of it. */
export function checkOptions(owner: string, decorator: '@View' | '@ViewSet', options: object): void {
  const [foreign, other] = decorator === '@View' ? [OF_VIEWSETS, '@ViewSet'] : [OF_VIEWS, '@View'];
  const found = foreign.find((name) => (options as ViewOptions & ViewSetOptions)[name as keyof ViewSetOptions] !== undefined);
  if (found) throw new ConfigurationError(`${owner}: ${decorator} takes no ${found}, which is ${other}'s. Leave it out, or use ${other}.`);
}
