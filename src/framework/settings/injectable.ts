import type { Type } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/**
 * A class whose constructor asks for providers must be decorated: without a decorator TypeScript writes down no types, and Nest would call it with nothing.
 * @throws ConfigurationError
 */
export function assertInjectable(made: Type): void {
  if (made.length > 0 && !Reflect.hasMetadata('design:paramtypes', made)) {
    throw new ConfigurationError(
      `${made.name}: its constructor asks for providers, and Nest cannot know which. Decorate the class with @Injectable().`,
    );
  }
}
