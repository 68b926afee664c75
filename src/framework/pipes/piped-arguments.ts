import { PIPES_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { viewMetadataOf } from '../viewsets/view-metadata.js';
import { routeArguments, type RouteArgument } from './route-arguments.js';

const scanner = new MetadataScanner();

/** The bodies, queries and addresses that a pipe is given: those of every controller where `pipe` is null, else those that name its class. */
export function* pipedArguments(modules: ModulesContainer, pipe: unknown): Iterable<RouteArgument> {
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (!metatype) continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const handler of scanner.getAllMethodNames(prototype)) {
        const pipes = [...pipesOf(metatype), ...pipesOf(prototype[handler])];
        for (const argument of routeArguments(metatype as never, handler)) {
          if (pipe !== null && ![...pipes, ...argument.pipes].includes(pipe)) continue;
          if (argument.type === 'body' && argument.name !== undefined && viewMetadataOf(metatype as never))
            throw new ConfigurationError(
              `${metatype.name}.${handler}: @Body('${argument.name}') of a view, whose body is not read before it is asked for. Take the whole: @Body() body: …`,
            );
          yield argument;
        }
      }
    }
  }
}

const pipesOf = (decorated: unknown): readonly unknown[] => (Reflect.getMetadata(PIPES_METADATA, decorated as object) ?? []) as readonly unknown[];
