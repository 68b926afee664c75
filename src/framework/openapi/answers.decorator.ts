import type { SerializerClass } from '../serializers/serializer.js';

/** What a handler says that it answers. */
export interface DeclaredAnswer {
  readonly serializer: SerializerClass;
  /** A list, in pages where the handler's view has a paginator. */
  readonly many?: boolean;
  /** Default: that of `@HttpCode`, else 200. */
  readonly status?: number;
}

const ANSWER = Symbol('rest.openapi.answer');

/**
 * Says in the OpenAPI document what an extra action or a view's function answers, where its declaration does not tell: another serializer's object, a
 * list, another status. It changes nothing of the answer. Swagger's own decorators (`@ApiNoContentResponse`, `@ApiOkResponse`) serve for the rest.
 *
 * @example
 * @Action({ detail: false })
 * @Answers(BookSerializer, { many: true })
 * favourites() { … }
 */
export function Answers(serializer: SerializerClass, options: Omit<DeclaredAnswer, 'serializer'> = {}): MethodDecorator {
  return (_target, _property, descriptor) => {
    Reflect.defineMetadata(ANSWER, { ...options, serializer } satisfies DeclaredAnswer, descriptor.value as object);
  };
}

export const declaredAnswer = (handler: object): DeclaredAnswer | undefined => Reflect.getMetadata(ANSWER, handler) as DeclaredAnswer | undefined;
