import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RestRequest } from '../requests/rest-request.js';
import type { InputOf } from '../serializers/serializer-values.js';
import type { SerializerClass } from '../serializers/serializer.js';
import { viewSetOf } from './generic-viewset.js';

/**
 * The body of an action's request, not yet read: the handler validates it when it has checked what comes before, so that a 404 or a conflict is answered
 * before a 400.
 */
export class DataHandle<S extends SerializerClass = SerializerClass> {
  readonly #request: RestRequest;

  constructor(request: RestRequest) {
    this.#request = request;
  }

  /** The parsed body, as it was sent. */
  raw(): Promise<unknown> {
    return this.#request.data();
  }

  /**
   * The data that the action's serializer takes from the body; with an instance, as a change of it.
   * @throws ValidationError
   */
  async validated(options: { readonly instance?: object; readonly partial?: boolean } = {}): Promise<InputOf<S>> {
    return (await viewSetOf(this.#request, '@Data').validate(this.#request, options.instance, options.partial)) as InputOf<S>;
  }
}

/** The handle of the request's body, as a parameter of an action. */
export const Data = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => new DataHandle(RestRequest.of(context.switchToHttp().getRequest<FastifyRequest>())),
);
