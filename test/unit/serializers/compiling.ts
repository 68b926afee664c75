import type { Type } from '@nestjs/common';
import type { ConstraintClass } from '../../../src/framework/validators/constraints/read-constraints.js';
import type { FieldValidator } from '../../../src/framework/validators/field-validator.js';
import type { FieldContext } from '../../../src/framework/fields/field.js';
import type { LookupMatch } from '../../../src/framework/plan/lookup.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { CompiledSerializer } from '../../../src/framework/serializers/compiled/compiled-serializer.js';
import { DecoratedFields } from '../../../src/framework/serializers/compiled/decorated-fields.js';
import { MODEL, type ModelSerializerClass } from '../../../src/framework/serializers/model-serializer.js';
import { NestedField } from '../../../src/framework/serializers/nested-field.js';
import type { Lookups } from '../../../src/framework/serializers/input/answer-questions.js';
import { readInput } from '../../../src/framework/serializers/input/read-input.js';
import type { SerializerClass, SerializerConstructor } from '../../../src/framework/serializers/serializer.js';
import { Clock } from '../../../src/framework/settings/clock.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';
import type { RestOptions } from '../../../src/framework/settings/rest-options.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';

/** Compiles a serializer, and what it nests, as boot does, without Nest. */
export function compile(serializer: SerializerClass, options: Partial<RestOptions> = {}, routes = new Routes()): CompiledSerializer {
  const made = new Map<SerializerClass, CompiledSerializer>();
  const settings = resolveSettings({ authentication: [], permissions: [], ...options });
  const environment = {
    settings,
    routes,
    clock: new Clock(),
    compiled: (one: SerializerClass) => make(one),
    validator: (validator: Type<FieldValidator>) => new validator(),
    constraint: (constraint: ConstraintClass) => new constraint(),
  };
  function make(one: SerializerClass): CompiledSerializer {
    const known = made.get(one);
    if (known) return known;
    const instance = new (one as SerializerConstructor)();
    for (const field of Object.values(DecoratedFields.of(instance).fields)) if (field instanceof NestedField) make(field.serializer);
    const compiled = new CompiledSerializer(instance, (one as unknown as Partial<ModelSerializerClass>)[MODEL] ?? null, environment);
    made.set(one, compiled);
    return compiled;
  }
  return make(serializer);
}

/** Every value that is asked for is there, its key the number or text itself; no row has the values of a unique set. */
export const everything: Lookups = (lookups) =>
  Promise.resolve(
    lookups.map((lookup) =>
      lookup.kind === 'exists'
        ? false
        : lookup.kind === 'taken'
          ? new Set<number>()
          : new Map(lookup.values.map((value) => [String(value), { key: value, rows: 1 } satisfies LookupMatch])),
    ),
  );

export const nothing: Lookups = (lookups) =>
  Promise.resolve(lookups.map((lookup) => (lookup.kind === 'exists' ? true : lookup.kind === 'taken' ? new Set(lookup.values.keys()) : new Map())));

interface Reading extends Partial<FieldContext> {
  readonly lookups?: Lookups;
}

export function read(compiled: CompiledSerializer, input: unknown, { lookups = everything, ...context }: Reading = {}): Promise<unknown> {
  return readInput(compiled, input, { partial: false, ...context }, lookups);
}

/** The body of the 400 that input ends in. */
export async function refusal(compiled: CompiledSerializer, input: unknown, reading: Reading = {}): Promise<unknown> {
  try {
    await read(compiled, input, reading);
  } catch (error) {
    if (error instanceof ValidationError) return error.body();
    throw error;
  }
  throw new Error('The input was accepted.');
}
