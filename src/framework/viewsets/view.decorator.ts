import { Controller } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { SoundSources } from '../serializers/model/sound-sources.js';
import { METHODS } from './handler-functions.js';
import { inheritOptions, type ViewRoute } from './view-metadata.js';
import { checkOptions, type ViewOptions } from './view-options.js';
import type { Model } from '../models/model.js';
import type { SerializerClass } from '../serializers/serializer.js';
import { defineRoutes } from './viewset.decorator.js';

/**
 * Makes a controller of a class whose functions are called like HTTP methods: `get`, `post`, `put`, `patch`, `delete`. DRF's APIView (VIEW-1).
 *
 * @example
 * @View('me', { permissions: [IsAuthenticated] })
 * export class MeView extends APIView {
 *   get(@CurrentUser() user: User) { return { id: user.id }; }
 * }
 */
export function View<M extends Model = Model, S extends SerializerClass = SerializerClass>(
  path: string,
  options: ViewOptions<M, S> & { readonly serializer?: SoundSources<S, M> } = {},
): ClassDecorator {
  return (target) => {
    checkOptions(target.name, '@View', options);
    const prototype = target.prototype as Record<string, unknown>;
    const routes = METHODS.filter((method) => typeof prototype[method.toLowerCase()] === 'function').map((method): ViewRoute => ({
      property: method.toLowerCase(),
      action: method.toLowerCase(),
      method,
      path: '',
      detail: false,
      policies: {},
      nameSuffix: null,
    }));
    if (routes.length === 0) throw new ConfigurationError(`${target.name}: @View found no function called get, post, put, patch or delete.`);
    defineRoutes(target, { kind: 'view', prefix: path, options: inheritOptions(target, 'view', options as ViewOptions), routes });
    Controller(path)(target);
  };
}
