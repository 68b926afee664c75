import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldContext } from '../fields/field.js';
import { holds } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { RelatedField } from '../relations/related-field.js';
import { ChoiceReader, type RelationChoices } from '../relations/relation-choices.js';
import type { RestRequest } from '../requests/rest-request.js';
import { FormValues } from '../requests/form-values.js';
import { Routes } from '../routers/routes.js';
import { Sources } from '../sources/sources.js';
import { assertInjectable } from '../settings/injectable.js';
import { Clock } from '../settings/clock.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import type { CompileEnvironment } from './compiled/compile-environment.js';
import { CompiledSerializer } from './compiled/compiled-serializer.js';
import { DecoratedFields } from './compiled/decorated-fields.js';
import { makeValidators } from './compiled/make-validators.js';
import { currentOf, rememberCurrent } from './input/current-rows.js';
import { MODEL, type ModelSerializerClass } from './model-serializer.js';
import { NestedField } from './nested-field.js';
import { readEach, readInput, readInputs, type ListedInput } from './input/read-input.js';
import type { SoundSources } from './model/sound-sources.js';
import { SerializerHandle } from './serializer-handle.js';
import type { Serializer, SerializerClass } from './serializer.js';

/** Every serializer of the application, made and compiled once. */
@Injectable()
export class Serializers {
  readonly #compiled = new Map<SerializerClass, CompiledSerializer>();
  readonly #choices = new WeakMap<RelatedField, ChoiceReader>();
  readonly #environment: Omit<CompileEnvironment, 'validator' | 'constraint'>;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly sources: Sources,
    settings: RestSettingsHolder,
    routes: Routes,
    clock: Clock,
  ) {
    this.#environment = { settings: settings.settings, routes, clock, compiled: (serializer) => this.compiled(serializer) };
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
    for (const field of Object.values(DecoratedFields.of(instance).fields)) {
      if (!(field instanceof NestedField)) continue;
      await this.compile(field.serializer, moduleRef, [...outer, serializer]);
    }
    const made = await makeValidators(instance, moduleRef);
    const compiled = new CompiledSerializer(instance, modelOf(serializer), { ...this.#environment, ...made });
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

  /** A serializer to be used outside of a request: compiled when it is first used, where boot has not. */
  of<S extends SerializerClass>(serializer: S & SoundSources<S>): SerializerHandle<S> {
    return new SerializerHandle(
      () => this.compile(serializer),
      this.sources,
      (compiled, data, context) => this.validate(compiled, data, context),
    );
  }

  /**
   * The validated data of input.
   * @throws ValidationError with every message, by wire name.
   */
  async validate(serializer: CompiledSerializer | SerializerClass, input: unknown, context: FieldContext): Promise<unknown> {
    const compiled = serializer instanceof CompiledSerializer ? serializer : await this.compile(serializer);
    const { instance } = context;
    if (instance && namesRows(compiled, input)) await this.#readCurrent(compiled, instance);
    return readInput(compiled, input, context, (lookups) => this.sources.answerLookups(lookups));
  }

  /**
   * The validated data of a list of objects, each as a new row, or as a change of its own instance.
   * @throws ValidationError with the messages of each, by index.
   */
  async validateMany(compiled: CompiledSerializer, list: readonly ListedInput[], context: FieldContext): Promise<unknown[]> {
    for (const { input, instance } of list) if (instance && namesRows(compiled, input)) await this.#readCurrent(compiled, instance);
    return readInputs(compiled, list, context, (lookups) => this.sources.answerLookups(lookups));
  }

  /** As `validateMany`: of each object, its data or why it is refused, in their order. */
  async validateEach(compiled: CompiledSerializer, list: readonly ListedInput[], context: FieldContext): Promise<unknown[]> {
    for (const { input, instance } of list) if (instance && namesRows(compiled, input)) await this.#readCurrent(compiled, instance);
    return readEach(compiled, list, context, (lookups) => this.sources.answerLookups(lookups));
  }

  /** Reads what input may name of the rows beneath an instance, where it was not read with it. */
  async #readCurrent({ currentTree: tree }: CompiledSerializer, instance: object): Promise<void> {
    const known = currentOf(instance);
    if (!tree || (known && holds(known.tree, tree))) return;
    const key = Object.fromEntries(tree.model.primaryKey.map((name) => [name, (instance as Record<string, unknown>)[name]]));
    const row = await this.sources
      .objects(tree.model)
      .filter(key as Where)
      .getOne(tree);
    if (row) rememberCurrent(instance, { row, tree });
  }

  /**
   * The rows that a client may choose for a relation, for a form or a document of your own, by the name of the serializer's field.
   * @throws ConfigurationError for a field that is no relation.
   */
  choices(serializer: CompiledSerializer, name: string, request: RestRequest): Promise<RelationChoices> {
    const bound = serializer.fields.find((one) => one.name === name);
    if (!(bound?.field instanceof RelatedField))
      throw new ConfigurationError(`${serializer.name}.${name} is ${bound ? 'no relation' : 'no field of it'}, so there are no rows to choose.`);
    let reader = this.#choices.get(bound.field);
    if (!reader) {
      const model = bound.field.modelAt(serializer.model, bound.source, serializer.name);
      this.#choices.set(bound.field, (reader = new ChoiceReader(bound.field, model, serializer.environment)));
    }
    return reader.read(this.sources, request);
  }
}

/** Whether input has objects for rows that are found by their keys. */
function namesRows({ currentTree, writable }: CompiledSerializer, input: unknown): boolean {
  if (!currentTree || typeof input !== 'object' || input === null) return false;
  return input instanceof FormValues || writable.some(({ source, wire, write }) => source === '*' || (write?.matches && Object.hasOwn(input, wire)));
}

const modelOf = (serializer: SerializerClass) => (serializer as unknown as Partial<ModelSerializerClass>)[MODEL] ?? null;
