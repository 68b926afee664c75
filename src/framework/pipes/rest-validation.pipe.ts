import { Inject, Injectable, type ArgumentMetadata, type OnModuleInit, type PipeTransform } from '@nestjs/common';
import { ApplicationConfig, ModuleRef, ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { FormValues } from '../requests/form-values.js';
import { LazyBody } from '../requests/lazy-body.js';
import { camelCase, type Naming } from '../settings/naming.js';
import { RestSettingsHolder } from '../settings/rest-settings-holder.js';
import { ClassCompiler } from './class-compiler.js';
import type { CompiledClass } from './compiled-class.js';
import { pipedArguments } from './piped-arguments.js';
import type { PlainClass } from './property-types.js';
import { argumentOf, readList, readNamed, readWhole } from './read-argument.js';
import type { Reading } from './reading.js';
import { scalarTypes } from './scalars.js';

/** What may be said of a pipe: its readonly properties. */
export type PipeKnobs = Partial<Pick<RestValidationPipe, 'groups' | 'unknown' | 'naming' | 'itemsOf'>>;

/** Classes that say nothing of their properties, and that no input is made into. */
const NOT_READ: ReadonlySet<unknown> = new Set([
  Object,
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Array,
  Function,
  Date,
  Promise,
  Map,
  Set,
  Buffer,
  FormValues,
]);

/**
 * Makes plain classes with decorators of class-validator and class-transformer of `@Body()`, `@Query()` and `@Param()`, and refuses with DRF's bodies what
 * does not validate. On hand-written controllers and on the framework's views: for the whole application, a controller, a handler or a parameter.
 *
 * Nothing reaches an object but the properties that decorators tell of.
 *
 * @example
 * @Module({ providers: [{ provide: APP_PIPE, useClass: RestValidationPipe }] })
 * export class BooksModule {}
 */
@Injectable()
export class RestValidationPipe implements PipeTransform, OnModuleInit {
  /** The groups of decorators that are asked. Default: none, which are all of class-validator's, and those of class-transformer without groups. */
  readonly groups: readonly string[] = [];
  /** What becomes of a name in input that no property has. Default: `ignore`, it is not read; `refuse` answers 400. */
  readonly unknown: 'ignore' | 'refuse' = 'ignore';
  /** How properties are named in a body and a query. Default: the setting `naming`. Parameters of an address are named as they stand in it. */
  readonly naming: Naming | undefined = undefined;
  /** The class of each object of a list: for one parameter, of which TypeScript tells nothing but that it is a list. */
  readonly itemsOf: PlainClass | undefined = undefined;
  readonly #compilers = new Map<Naming, ClassCompiler>();
  #reading?: Reading;

  constructor(
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(RestSettingsHolder) private readonly holder: RestSettingsHolder,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
  ) {}

  /**
   * A subclass with some of its properties set: `@UsePipes(RestValidationPipe.with({ groups: ['create'] }))`.
   * @throws ConfigurationError for a property that there is none of.
   */
  static with(knobs: PipeKnobs): typeof RestValidationPipe {
    const known = ['groups', 'unknown', 'naming', 'itemsOf'];
    for (const [name, value] of Object.entries(knobs)) {
      if (!known.includes(name)) throw new ConfigurationError(`${this.name}.with: there is no ${name} to set; known are ${known.join(', ')}.`);
      if (value === undefined) throw new ConfigurationError(`${this.name}.with: ${name} is undefined; leave it out for the default.`);
    }
    if (knobs.unknown !== undefined && !['ignore', 'refuse'].includes(knobs.unknown))
      throw new ConfigurationError(`${this.name}.with: unknown is ${String(knobs.unknown)}; use 'ignore' or 'refuse'.`);
    return class extends this {
      constructor(...args: ConstructorParameters<typeof RestValidationPipe>) {
        super(...args);
        Object.assign(this, knobs);
      }
    };
  }

  /** Makes the classes of every handler that it stands before ready: what is wrong with one stops the application here. */
  async onModuleInit(): Promise<void> {
    const isGlobal = this.config.getGlobalPipes().includes(this);
    for (const { of, type } of pipedArguments(this.modules, isGlobal ? null : this.constructor)) {
      const read = this.itemsOf ?? of;
      if (isRead(read)) await this.#compile(read, type);
    }
  }

  /** @throws ValidationError by name on the wire. */
  async transform(given: unknown, { type, metatype, data }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return given;
    const isRaw = given instanceof LazyBody;
    const value = isRaw && given.read ? await given.read() : given;
    const of = this.itemsOf ?? (metatype as PlainClass | undefined);
    if (of === undefined || !isRead(of)) return value;
    const compiled = await this.#compile(of, type);
    const reading = this.#knownReading();
    const input = isRaw ? value : argumentOf(value, type, this.holder.settings.limits);
    if (data !== undefined) return readNamed(compiled, input, data, reading);
    return this.itemsOf ? readList(compiled, input, reading) : readWhole(compiled, input, reading);
  }

  #compile(of: PlainClass, type: ArgumentMetadata['type']): Promise<CompiledClass> {
    const { settings } = this.holder;
    // What stands in an address is what its route calls it.
    const naming = type === 'param' ? camelCase : (this.naming ?? settings.naming);
    let compiler = this.#compilers.get(naming);
    if (!compiler) this.#compilers.set(naming, (compiler = new ClassCompiler(this.moduleRef, this.groups, naming, scalarTypes(settings))));
    return compiler.compile(of);
  }

  #knownReading(): Reading {
    const { limits, nonFieldErrorsKey } = this.holder.settings;
    return (this.#reading ??= { groups: this.groups, unknown: this.unknown, depth: limits.depth, nonFieldErrorsKey });
  }
}

/** Whether input is made into objects of a class. */
const isRead = (of: unknown): of is PlainClass => typeof of === 'function' && !NOT_READ.has(of);
