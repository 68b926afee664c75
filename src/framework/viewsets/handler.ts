import type { ModuleRef } from '@nestjs/core';
import type { Authentication } from '../authentication/authentication.js';
import type { FilterBackend } from '../filters/filter-backend.js';
import type { StrictQuery } from '../filters/strict-query.js';
import type { Metadata } from '../metadata/metadata.js';
import type { ContentNegotiation } from '../negotiation/content-negotiation.js';
import type { Model } from '../models/model.js';
import type { Pagination } from '../pagination/pagination.js';
import type { Parser } from '../parsers/parser.js';
import type { Permission } from '../permissions/permission.js';
import type { Renderer } from '../renderers/renderer.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import type { Throttle } from '../throttling/throttle.js';
import type { ThrottleCost } from '../throttling/throttle-cost.js';
import type { RestSettings } from '../settings/settings.js';
import type { APIView } from './api-view.js';

/** One method of one address, with every policy resolved and made at boot. A request finds it on its matched route. */
export interface Handler {
  readonly view: APIView;
  /** The injector of the view's module. */
  readonly moduleRef: ModuleRef;
  /** The action's name; `metadata` on OPTIONS, null where the address lacks the method. */
  readonly action: string | null;
  readonly detail: boolean;
  /** The model of the view's rows; undefined for a view without one. */
  readonly model: Model | undefined;
  readonly settings: RestSettings;
  readonly authentication: readonly Authentication[];
  readonly permissions: readonly Permission[];
  /** Whether any permission looks at objects. */
  readonly checksObjects: boolean;
  /** Without those that `@SkipThrottle()` takes away: all of them, those that are asked before authentication, and those after. */
  readonly throttles: readonly Throttle[];
  readonly earlyThrottles: readonly Throttle[];
  readonly lateThrottles: readonly Throttle[];
  readonly throttleScope: string | null;
  readonly throttleCost: ThrottleCost;
  /** Whether `@SkipThrottle()` takes a throttle away. */
  skips(throttle: Throttle): boolean;
  readonly renderers: readonly Renderer[];
  readonly parsers: readonly Parser[];
  readonly negotiation: ContentNegotiation;
  readonly metadata: Metadata | null;
  readonly paginator: Pagination | null;
  readonly filterBackends: readonly FilterBackend[];
  /** Refuses query parameters that nothing reads; null where the setting is off. */
  readonly strictQuery: StrictQuery | null;
  /** The action's serializer; undefined for a view without one. */
  readonly serializer: CompiledSerializer | undefined;
  /** `Allow`, and `Vary` before anything else is added to it. */
  readonly allow: string;
  readonly vary: string;
  /** The view's name and description for people (VIEW-9). */
  readonly name: string;
  readonly description: string;
  /** The address's names in `reverse`, and its path with the last slash. */
  readonly address: Address;
}

/** What answers under one path. */
export interface Address {
  /** `/library/books/:pk/` */
  readonly path: string;
  /** `book-detail`; null where the address has no name. */
  readonly routeName: string | null;
  /** `GET`, `POST` … in DRF's order, HEAD and OPTIONS included. */
  readonly methods: readonly string[];
}
