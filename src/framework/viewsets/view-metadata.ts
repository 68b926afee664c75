import type { ActionPolicies, ViewOptions, ViewSetOptions } from './view-options.js';

/** What the decorators have written on a view's class: resolved at boot, through Nest's injector. */
export interface ViewMetadata {
  readonly kind: 'view' | 'viewset';
  readonly prefix: string;
  readonly options: ViewOptions & ViewSetOptions;
  readonly routes: readonly ViewRoute[];
}

/** One method of one of a view's addresses. */
export interface ViewRoute {
  /** The property of the function that answers. */
  readonly property: string;
  /** The action's name; `metadata` for OPTIONS, null for a method that the address lacks. */
  readonly action: string | null;
  readonly method: string;
  /** The address below the view's prefix: `''`, `:pk`, `:pk/borrow`. */
  readonly path: string;
  readonly detail: boolean;
  /** What the action says over the view. */
  readonly policies: ActionPolicies;
  /** The end of the address's name in `reverse`, such as `list`; null for a view's own. */
  readonly nameSuffix: string | null;
  /** An extra action's name for people; undefined for a standard one. */
  readonly extra?: string;
}

/** Where a handler's route says which of a view's routes it is. */
export interface RouteReference {
  readonly metadata: ViewMetadata;
  readonly route: ViewRoute;
}

const VIEW = Symbol('rest.view');

export function defineView(target: object, metadata: ViewMetadata): void {
  Object.defineProperty(target, VIEW, { value: metadata });
}

/** What is written on this class itself, not on one that it extends. */
export function viewMetadataOf(target: object): ViewMetadata | undefined {
  return Object.hasOwn(target, VIEW) ? (target as { [VIEW]?: ViewMetadata })[VIEW] : undefined;
}

/**
 * The options of a class over those of the nearest decorated class that it extends, as class attributes are inherited in Python. Names in `reverse` are each
 * class's own.
 */
export function inheritOptions<O extends ViewOptions & ViewSetOptions>(target: object, kind: ViewMetadata['kind'], options: O): O {
  const base = (Object.getPrototypeOf(target) as { [VIEW]?: ViewMetadata })[VIEW];
  if (base?.kind !== kind) return options;
  const { routeName: _routeName, basename: _basename, ...inherited } = base.options;
  return { ...inherited, ...options };
}
