import type { RestRequest } from '../../requests/rest-request.js';
import type { Routes } from '../../routers/routes.js';
import type { Clock } from '../../settings/clock.js';
import type { RestSettings } from '../../settings/settings.js';
import type { MadeConstraints } from '../../validators/constraints/read-constraints.js';
import type { MadeValidators } from '../../validators/field-validator.js';
import type { CompiledSerializer } from './compiled-serializer.js';
import type { SerializerClass } from '../serializer.js';

/** What a serializer's fields may ask for while they are compiled. */
export interface CompileEnvironment {
  readonly settings: RestSettings;
  readonly routes: Routes;
  readonly clock: Clock;
  /** A serializer that another one nests: compiled before. */
  compiled(serializer: SerializerClass): CompiledSerializer;
  /** The instance of a validator's class: made before. */
  readonly validator: MadeValidators;
  /** The instance of a constraint's class: made before. */
  readonly constraint: MadeConstraints;
}

/** What rendering may look at besides the row. */
export interface RenderContext {
  /** Scheme and host of links. */
  readonly baseUrl: string;
  /** The request that is answered; undefined outside of one. */
  readonly request?: RestRequest;
  /** What a view's `getSerializerContext` adds. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
