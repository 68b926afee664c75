import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { QuerySet } from '../plan/query-set.js';
import { Database } from '../prisma/database.js';
import type { Lookup, LookupAnswer } from '../plan/lookup.js';
import type { Writer } from '../plan/write.js';
import { ModelSource } from './model-source.js';
import { SourceWriter } from './source-writer.js';

/** Where the rows of every model are: those that a `ModelSource` among the application's providers has, and the database for the others. */
@Injectable()
export class Sources {
  #known?: ReadonlyMap<Model, ModelSource>;
  readonly #writers = new WeakMap<ModelSource, Writer>();

  constructor(
    private readonly modules: ModulesContainer,
    private readonly database: Database,
  ) {}

  /** All rows of a model, in its default order. */
  objects<M extends Model>(model: M): QuerySet<M> {
    return (this.of(model)?.objects as QuerySet<M> | undefined) ?? this.database.objects(model);
  }

  /** What writes a model's rows. */
  writer(model: Model): Writer {
    const source = this.of(model);
    if (!source) return this.database.writer;
    let writer = this.#writers.get(source);
    if (!writer) this.#writers.set(source, (writer = new SourceWriter(source)));
    return writer;
  }

  /** Answers all questions of a request: those about the database in one statement, the others by the sources of their models. */
  async answerLookups(lookups: readonly Lookup[]): Promise<LookupAnswer[]> {
    const asked = new Map<ModelSource | Database, number[]>();
    for (const [at, { model }] of lookups.entries()) {
      const source = this.of(model) ?? this.database;
      asked.set(source, [...(asked.get(source) ?? []), at]);
    }
    const answers: LookupAnswer[] = [];
    await Promise.all(
      [...asked].map(async ([source, places]) => {
        const found = await source.answerLookups(places.map((at) => lookups[at] as Lookup));
        places.forEach((at, index) => (answers[at] = found[index] as LookupAnswer));
      }),
    );
    return answers;
  }

  /**
   * The source of a model; undefined where its rows are in the database.
   * @throws ConfigurationError for a model that `defineModel` made and no provider is the source of.
   */
  of(model: Model): ModelSource | undefined {
    // Until boot is through, providers are still being made.
    const found = (this.#known ?? this.#providers()).get(model);
    if (found || !model.defined) return found;
    throw new ConfigurationError(
      `${model.name} is made by defineModel, and nothing has its rows: list a provider that extends ModelSource, such as a MemorySource, in a module.`,
    );
  }

  /**
   * The source of a model, as `of` answers it.
   * @throws ConfigurationError where neither a source nor the database can have the rows; `owner` is who asks for them.
   */
  inReach(model: Model, owner: string): ModelSource | undefined {
    const source = this.of(model);
    if (source || this.database.isThere) return source;
    throw new ConfigurationError(
      `${owner}: the rows of ${model.name} are in the database, and there is none. Give RestModule.forRoot a prisma client, or list a ModelSource of ${model.name} in a module.`,
    );
  }

  /**
   * Called once at boot, when every provider is made.
   * @throws ConfigurationError where two providers are the source of one model, or one is made anew for each request.
   */
  collect(): void {
    this.#known = this.#providers((source, other) => {
      const name = source.constructor.name;
      if (source.model === undefined)
        throw new ConfigurationError(`${name} is made for each request or each consumer; a source is made once: leave its scope out.`);
      if (other)
        throw new ConfigurationError(
          `${source.model.name} has two sources, ${other.constructor.name} and ${name}; leave one of them out of the modules.`,
        );
    });
  }

  #providers(check?: (source: ModelSource, other: ModelSource | undefined) => void): ReadonlyMap<Model, ModelSource> {
    const found = new Map<Model, ModelSource>();
    for (const module of this.modules.values()) {
      for (const { instance } of module.providers.values()) {
        if (!(instance instanceof ModelSource) || found.get(instance.model) === instance) continue;
        check?.(instance, found.get(instance.model));
        found.set(instance.model, instance);
      }
    }
    return found;
  }
}
