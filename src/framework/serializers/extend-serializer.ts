import type { SerializerConstructor } from './serializer.js';

type Extended<C extends SerializerConstructor, Name extends PropertyKey> = Omit<C, 'prototype'> & SerializerConstructor<Omit<InstanceType<C>, Name>>;

const OMITTED = Symbol('rest.omitted');
type Extending = object & { readonly [OMITTED]?: readonly PropertyKey[] };

/** Whether what a base says of a property holds for a class: not where one between them has left the property out. */
export function inherits(of: object, base: object, property: string): boolean {
  for (let at: Extending = of; at !== base; at = Object.getPrototypeOf(at) as Extending)
    if (Object.hasOwn(at, OMITTED) && at[OMITTED]?.includes(property)) return false;
  return true;
}

/**
 * A serializer's class without some of its fields, to be extended: for a field that is declared anew with another type, or not wanted at all.
 *
 * @example
 * class BookDetailSerializer extends extendSerializer(BookSerializer, { omit: ['author'] }) {
 *   author = nested(() => AuthorSummarySerializer, { readOnly: true });
 * }
 */
export function extendSerializer<C extends SerializerConstructor, const Name extends keyof InstanceType<C>>(
  base: C,
  options: { readonly omit: readonly Name[] },
): Extended<C, Name> {
  const Base: SerializerConstructor = base;
  return class extends Base {
    static readonly [OMITTED]: readonly PropertyKey[] = options.omit;

    constructor(...args: ConstructorParameters<SerializerConstructor>) {
      super(...args);
      for (const name of options.omit) delete (this as Record<PropertyKey, unknown>)[name];
    }
  } as never;
}
