import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { ActionPolicies } from './view-options.js';

export type ActionMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ActionOptions extends ActionPolicies {
  /** Whether the address is that of one row: `books/:pk/borrow`; else that of the list: `books/stats`. */
  readonly detail: boolean;
  /** Default: GET. */
  readonly methods?: readonly ActionMethod[];
  /** The end of the address. Default: the function's name, on the wire. */
  readonly urlPath?: string;
  /** The end of the address's name in `reverse`. Default: the function's name with hyphens. */
  readonly urlName?: string;
}

/** An action as it was declared: a primary one with its options, or another method on the address of one. */
export type DeclaredAction =
  | { readonly kind: 'action'; readonly options: ActionOptions }
  | { readonly kind: 'mapping'; readonly of: string; readonly methods: readonly ActionMethod[] };

const ACTION = Symbol('rest.action');

/**
 * Routes a function of a viewset that is none of the standard ones (VS-5). Its policies count for the whole address.
 *
 * @example
 * @Action({ detail: true, methods: ['POST'], permissions: [IsAuthenticated] })
 * favourite(@CurrentObject() book: Book, @CurrentUser() user: User) { … }
 *
 * @Action.mapping('favourite', 'DELETE')
 * unfavourite(@CurrentObject() book: Book, @CurrentUser() user: User) { … }
 */
export function Action(options: ActionOptions): MethodDecorator {
  return declare({ kind: 'action', options });
}

/** Answers further methods at the address of another action of the same class (VS-6). */
Action.mapping = (of: string, ...methods: ActionMethod[]): MethodDecorator => declare({ kind: 'mapping', of, methods });

function declare(action: DeclaredAction): MethodDecorator {
  return (target, property, descriptor) => {
    if (typeof descriptor.value !== 'function')
      throw new ConfigurationError(`@Action on ${target.constructor.name}.${String(property)}: only a method can be an action.`);
    Reflect.defineMetadata(ACTION, action, descriptor.value);
  };
}

/** Makes a copy of an action's function a plain one: the action stays declared once. */
export const withoutDeclaration = (handler: object): boolean => Reflect.deleteMetadata(ACTION, handler);

export const declaredAction = (handler: object): DeclaredAction | undefined => Reflect.getMetadata(ACTION, handler);
