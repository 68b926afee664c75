import type { ModuleRef } from '@nestjs/core';
import type { Type } from '@nestjs/common';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { ClassCompiler } from '../../../src/framework/pipes/class-compiler.js';
import type { PlainClass } from '../../../src/framework/pipes/property-types.js';
import { argumentOf, readWhole } from '../../../src/framework/pipes/read-argument.js';
import { scalarTypes } from '../../../src/framework/pipes/scalars.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';
import { snakeCase, type Naming } from '../../../src/framework/settings/naming.js';

export interface Piping {
  readonly type?: 'body' | 'query' | 'param';
  readonly groups?: readonly string[];
  readonly unknown?: 'ignore' | 'refuse';
  readonly naming?: Naming;
}

const injector = {
  get: () => {
    throw new Error('no provider');
  },
  create: (made: Type) => Promise.resolve(new made() as object),
} as unknown as ModuleRef;

const settings = resolveSettings({ authentication: [], permissions: [] });

/** What the pipe makes of input, without Nest. */
export async function pipe<T extends object>(of: new () => T, input: unknown, piping: Piping = {}): Promise<T> {
  const { type = 'body', groups = [], unknown = 'ignore', naming = snakeCase } = piping;
  const compiled = await compileClass(of, groups, naming);
  return (await readWhole(compiled, argumentOf(input, type, settings.limits), {
    groups,
    unknown,
    depth: 32,
    nonFieldErrorsKey: 'non_field_errors',
  })) as T;
}

export const compileClass = (of: PlainClass, groups: readonly string[] = [], naming: Naming = snakeCase) =>
  new ClassCompiler(injector, groups, naming, scalarTypes(settings)).compile(of);

/** The body of the 400 that input ends in. */
export async function refusal(of: PlainClass, input: unknown, piping: Piping = {}): Promise<unknown> {
  const error = await errorOf(of, input, piping);
  if (error instanceof ValidationError) return error.body();
  throw error;
}

export async function errorOf(of: PlainClass, input: unknown, piping: Piping = {}): Promise<unknown> {
  try {
    await pipe(of, input, piping);
  } catch (error) {
    return error;
  }
  throw new Error('The input was accepted.');
}
