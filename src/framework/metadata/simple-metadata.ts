import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import { Metadata } from './metadata.js';

/** The view's name and description in the client's language, and the media types that it renders and parses. */
export class SimpleMetadata extends Metadata {
  override determineMetadata(request: RestRequest): Promise<object> | object {
    const { handler } = request;
    if (!handler)
      throw new ConfigurationError(
        `${this.constructor.name} describes a handler of the framework, and ${request.path} has none: answer OPTIONS of a hand-written controller there.`,
      );
    return {
      name: request.translate(handler.name),
      description: request.translate(handler.description),
      renders: handler.renderers.map((renderer) => renderer.mediaType),
      parses: handler.parsers.map((parser) => parser.mediaType),
    };
  }
}
