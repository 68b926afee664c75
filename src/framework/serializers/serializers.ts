import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldContext } from '../fields/field.js';
import { Routes } from '../routers/routes.js';
import { Sources } from '../sources/sources.js';
import { assertInjectable } from '../settings/injectable.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import type { CompileEnvironment } from './compile-environment.js';
import { CompiledSerializer } from './compiled-serializer.js';
import { makeValidators } from './make-validators.js';
import { MODEL, type ModelSerializerClass } from './model-serializer.js';
import { NestedField } from './nested-field.js';
import { readInput } from './read-input.js';
import type { Serializer, SerializerClass } from './serializer.js';

/** Every serializer of the application, made and compiled once. */
@Injectable()
export class Serializers {
  readonly #compiled = new Map<SerializerClass, CompiledSerializer>();
  readonly #environment: Omit<CompileEnvironment, 'validator'>;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly sources: Sources,
    settings: RestSettingsHolder,
    routes: Routes,
  ) {
    this.#environment = { settings: settings.settings, routes, compiled: (serializer) => this.compiled(serializer) };
  }

  /**
   * Makes a serializer ready, and those that it nests before it. Boot does so for every one that a view names.
   * @throws ConfigurationError for a field, source or relation that is wrong.
   */
  async compile(
    serializer: SerializerClass,
    moduleRef: ModuleRef = this.moduleRef,
    outer: readonly SerializerClass[] = [],
  ): Promise<CompiledSerializer> {
    const known = this.#compiled.get(serializer);
    if (known) return known;
    if (outer.includes(serializer))
      throw new ConfigurationError(
        `${serializer.name} nests itself: ${[...outer, serializer].map(({ name }) => name).join(' > ')}. Leave the field out on the way back.`,
      );
    assertInjectable(serializer as Type);
    const instance = await moduleRef.create<Serializer>(serializer as never);
    for (const field of Object.values(instance.getFields())) {
      if (!(field instanceof NestedField)) continue;
      checkPolicy(serializer, field);
      await this.compile(field.serializer, moduleRef, [...outer, serializer]);
    }
    const made = await makeValidators(instance, moduleRef);
    const compiled = new CompiledSerializer(instance, modelOf(serializer), { ...this.#environment, validator: made });
    this.#compiled.set(serializer, compiled);
    return compiled;
  }

  /** @throws ConfigurationError for a class that was never compiled. */
  compiled(serializer: SerializerClass): CompiledSerializer {
    const compiled = this.#compiled.get(serializer);
    if (!compiled)
      throw new ConfigurationError(
        `${serializer.name} is used by a hook alone: name it in a view's serializer or actions, or call compile(${serializer.name}) in onModuleInit.`,
      );
    return compiled;
  }

  /**
   * The validated data of input.
   * @throws ValidationError with every message, by wire name.
   */
  validate(serializer: CompiledSerializer, input: unknown, context: FieldContext): Promise<unknown> {
    return readInput(serializer, input, context, (lookups) => this.sources.answerLookups(lookups));
  }
}

const modelOf = (serializer: SerializerClass) => (serializer as unknown as Partial<ModelSerializerClass>)[MODEL] ?? null;

function checkPolicy(owner: SerializerClass, field: NestedField): void {
  if (!field.options.readOnly && !field.options.write && field.options.source !== '*' && modelOf(field.serializer)) {
    throw new ConfigurationError(
      `${owner.name}: the nested ${field.serializer.name} can be written to, and it is not said how. Set readOnly: true, or write: 'create' or 'replace'.`,
    );
  }
}
