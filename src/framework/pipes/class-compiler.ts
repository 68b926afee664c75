import type { ModuleRef } from '@nestjs/core';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { counts as inDirection, excludesAll, stands, transformers, type PropertyTransformers } from '../internal/class-transformer.js';
import type { Naming } from '../settings/naming.js';
import type { DeclaredConstraint } from '../validators/constraints/constraint.js';
import { madeConstraints } from '../validators/constraints/made-constraints.js';
import {
  constraintClasses,
  declaredConstraints,
  lineage,
  makeConstraints,
  type MadeConstraints,
} from '../validators/constraints/read-constraints.js';
import { CompiledClass } from './compiled-class.js';
import { counts, PropertyReader } from './property-reader.js';
import { PropertyTypes, type PlainClass, type PropertyDeclaration } from './property-types.js';
import type { ReadScalar } from './scalars.js';

/** What decorators say of a class, by property. */
interface Declared {
  readonly compiled: CompiledClass;
  readonly properties: readonly PropertyDeclaration[];
}

/** Makes plain classes ready, with those that their properties hold: once, at boot. */
export class ClassCompiler {
  /** Ready, or about to be when what waits for them is. */
  readonly #declared = new Map<PlainClass, Declared>();
  readonly #compiled = new Map<PlainClass, Promise<CompiledClass>>();
  readonly #types: PropertyTypes;

  constructor(
    private readonly moduleRef: ModuleRef,
    /** The groups of decorators of class-transformer that count. */
    private readonly groups: readonly string[],
    private readonly naming: Naming,
    scalars: ReadonlyMap<unknown, ReadScalar>,
  ) {
    this.#types = new PropertyTypes(scalars, naming, (of) => (this.#declared.get(of) as Declared).compiled);
  }

  /** @throws ConfigurationError for a class without decorators, and for one that cannot be read as it is declared. */
  compile(of: PlainClass): Promise<CompiledClass> {
    let compiled = this.#compiled.get(of);
    if (!compiled) this.#compiled.set(of, (compiled = this.#compile(of)));
    return compiled;
  }

  async #compile(of: PlainClass): Promise<CompiledClass> {
    const found = new Map<PlainClass, Declared>();
    this.#collect(of, of.name, found);
    const declared = [...found.values()].flatMap(({ properties }) => properties.map(({ constraints }) => constraints));
    const made = await madeConstraints(constraintClasses(declared), this.moduleRef);
    for (const [one, { compiled, properties }] of found) compiled.properties = this.#readers(one, properties, made);
    for (const [one, known] of found) this.#declared.set(one, known);
    return (this.#declared.get(of) as Declared).compiled;
  }

  #collect(of: PlainClass, place: string, found: Map<PlainClass, Declared>): void {
    if (found.has(of) || this.#declared.has(of)) return;
    const properties = declarations(of);
    if (properties.length === 0)
      throw new ConfigurationError(
        `${place}: ${of.name} has no decorators of class-validator or class-transformer, so that nothing of it would be read. Decorate its properties, with @Allow() where anything goes.`,
      );
    found.set(of, { compiled: new CompiledClass(of), properties });
    for (const property of properties) {
      for (const held of this.#types.classesOf(property)) this.#collect(held, `${of.name}.${property.name}`, found);
    }
  }

  #readers(of: PlainClass, properties: readonly PropertyDeclaration[], made: MadeConstraints): PropertyReader[] {
    const exposedAlone = excludesAll(lineage(of));
    const readers = properties.flatMap((property) => {
      const { name, place, said, constraints } = property;
      refuseVersions(place, said);
      if (!stands(said, 'toClassOnly', exposedAlone) || !counts(said.expose?.groups, this.groups)) return [];
      const rules = makeConstraints(of.name, name, constraints, made);
      const transforms = said.transforms.filter(({ options }) => inDirection(options, 'toClassOnly') && counts(options?.groups, this.groups));
      const wire = said.expose?.name ?? this.naming(name);
      return [new PropertyReader(place, name, wire, this.#types.typeOf(property), rules, transforms, said.expose !== undefined)];
    });
    checkNames(of, readers);
    return readers;
  }
}

function declarations(of: PlainClass): PropertyDeclaration[] {
  const constraints: ReadonlyMap<string, readonly DeclaredConstraint[]> = declaredConstraints(of);
  const said: ReadonlyMap<string, PropertyTransformers> = transformers(lineage(of));
  return [...new Set([...constraints.keys(), ...said.keys()])].map((name) => ({
    name,
    place: `${of.name}.${name}`,
    design: Reflect.getMetadata('design:type', of.prototype as object, name) as unknown,
    constraints: constraints.get(name) ?? [],
    said: said.get(name) ?? { transforms: [] },
  }));
}

function refuseVersions(place: string, { expose, transforms }: PropertyTransformers): void {
  const isVersioned = [expose, ...transforms.map(({ options }) => options)].some(
    (options) => options?.since !== undefined || options?.until !== undefined,
  );
  if (isVersioned)
    throw new ConfigurationError(`${place}: since and until of @Expose and @Transform are not looked at. Write a class for each version.`);
}

function checkNames(of: PlainClass, readers: readonly PropertyReader[]): void {
  const wires = new Map<string, string>();
  for (const { property, wire } of readers) {
    const other = wires.get(wire);
    if (other !== undefined) throw new ConfigurationError(`${of.name}: ${other} and ${property} are both ${wire} in input; rename one of them.`);
    wires.set(wire, property);
  }
}
