import type { SerializerConstructor } from './serializer.js';

type Extended<C extends SerializerConstructor, Name extends PropertyKey> = Omit<C, 'prototype'> & SerializerConstructor<Omit<InstanceType<C>, Name>>;

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
    constructor(...args: ConstructorParameters<SerializerConstructor>) {
      super(...args);
      for (const name of options.omit) delete (this as Record<PropertyKey, unknown>)[name];
    }
  } as never;
}
