import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { PARAMTYPES_METADATA, PIPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { Paramtype } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { viewMetadataOf } from '../viewsets/view-metadata.js';

/** A parameter of a handler that a pipe stands before. */
export interface PipedClass {
  /** What TypeScript wrote down for it. */
  readonly of: unknown;
  readonly type: Paramtype;
}

interface RouteArgument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly unknown[];
}

const TYPES: ReadonlyMap<number, Paramtype> = new Map([
  [RouteParamtypes.BODY, 'body'],
  [RouteParamtypes.QUERY, 'query'],
  [RouteParamtypes.PARAM, 'param'],
]);
const scanner = new MetadataScanner();

/** The bodies, queries and addresses that a pipe is given: those of every controller where `pipe` is null, else those that name its class. */
export function* pipedClasses(modules: ModulesContainer, pipe: unknown): Iterable<PipedClass> {
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (!metatype) continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const types = (Reflect.getMetadata(PARAMTYPES_METADATA, prototype, name) ?? []) as readonly unknown[];
        const named = [...pipesOf(metatype), ...pipesOf(prototype[name])];
        for (const [type, { index, data, pipes = [] }] of argumentsOf(metatype, name)) {
          if (pipe !== null && ![...named, ...pipes].includes(pipe)) continue;
          if (type === 'body' && typeof data === 'string' && viewMetadataOf(metatype as never))
            throw new ConfigurationError(
              `${metatype.name}.${name}: @Body('${data}') of a view, whose body is not read before it is asked for. Take the whole: @Body() body: …`,
            );
          yield { of: types[index], type };
        }
      }
    }
  }
}

const pipesOf = (decorated: unknown): readonly unknown[] => (Reflect.getMetadata(PIPES_METADATA, decorated as object) ?? []) as readonly unknown[];

function argumentsOf(controller: object, name: string): (readonly [Paramtype, RouteArgument])[] {
  const known = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Readonly<Record<string, RouteArgument>>;
  return Object.entries(known).flatMap(([key, argument]) => {
    const type = TYPES.get(Number.parseInt(key, 10));
    return type === undefined ? [] : [[type, argument] as const];
  });
}
