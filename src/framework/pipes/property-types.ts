import { errorDetail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { PropertyTransformers } from '../internal/class-transformer.js';
import { isRecord } from '../models/json-value.js';
import { FormValues } from '../requests/form-values.js';
import type { Naming } from '../settings/naming.js';
import type { DeclaredConstraint } from '../validators/constraints/constraint.js';
import type { CompiledClass } from './compiled-class.js';
import { isDecorated } from './decorated.js';
import { PropertyType, type ReadObject } from './property-type.js';
import type { ReadScalar } from './scalars.js';

export type PlainClass = new () => object;

/** All that is said of one property of a plain class. */
export interface PropertyDeclaration {
  readonly name: string;
  /** `CreateBook.title`, for what a developer is told. */
  readonly place: string;
  /** What TypeScript wrote down: `Array` for any list, `Object` for what it has no class of. */
  readonly design: unknown;
  readonly constraints: readonly DeclaredConstraint[];
  readonly said: PropertyTransformers;
}

/** What properties' values are, by `@Type`, `@ValidateNested`, TypeScript's types and the names of constraints. */
export class PropertyTypes {
  constructor(
    private readonly scalars: ReadonlyMap<unknown, ReadScalar>,
    private readonly naming: Naming,
    private readonly compiled: (of: PlainClass) => CompiledClass,
  ) {}

  /** The classes whose objects a property may hold. @throws ConfigurationError where nobody says which */
  classesOf(property: PropertyDeclaration): readonly PlainClass[] {
    const named = this.#named(property);
    if (named === undefined || this.scalars.has(named)) return [];
    const subTypes = property.said.type?.options?.discriminator?.subTypes ?? [];
    return [named as PlainClass, ...subTypes.map(({ value }) => value as PlainClass)].filter(
      (one) => subTypes.length === 0 || one !== named || isDecorated(one),
    );
  }

  typeOf(property: PropertyDeclaration): PropertyType {
    const { design, constraints, said, place } = property;
    if (said.type && (design === Map || design === Set))
      throw new ConfigurationError(
        `${place} is a ${design === Map ? 'Map' : 'Set'}, which input has none of. Declare a list, or an object with properties of its own.`,
      );
    const isMany = design === Array || constraints.some(({ each, name }) => each || /^(isArray|array[A-Z])/.test(name ?? ''));
    const isList = isMany || (typeof design === 'function' && design !== Object ? false : undefined);
    const named = this.#named(property);
    if (named === undefined) return new PropertyType(isList, undefined, undefined, this.#textual(property));
    const scalar = this.scalars.get(named);
    return new PropertyType(isList, scalar ? undefined : this.#readObject(property, named as PlainClass), scalar, undefined);
  }

  /** The type that somebody names: a class, or one of the scalars. */
  #named({ place, said, design, constraints }: PropertyDeclaration): unknown {
    const isNested = constraints.some(({ type }) => type === 'nestedValidation');
    const named: unknown = said.type ? namedType(place, said.type.typeFunction) : design;
    if (typeof named === 'function' && named !== Object && (said.type ? true : isDecorated(named as PlainClass) || named === BigInt)) return named;
    if (isNested)
      throw new ConfigurationError(`${place}: @ValidateNested does not say of which class the object is. Say it: @Type(() => …), for a list too.`);
    return undefined;
  }

  /** What makes a value of a text, where a form or an address can send nothing else. */
  #textual({ design, constraints }: PropertyDeclaration): ReadScalar | undefined {
    const names = constraints.map(({ name }) => name);
    if (names.some((name) => name === 'isInt' || name === 'isNumber')) return this.scalars.get(Number);
    if (names.includes('isBoolean')) return this.scalars.get(Boolean);
    return design === String ? undefined : this.scalars.get(design);
  }

  #readObject({ said }: PropertyDeclaration, named: PlainClass): ReadObject {
    const { discriminator, keepDiscriminatorProperty } = said.type?.options ?? {};
    if (!discriminator) return (value, reading, depth) => this.compiled(named).read(value, reading, depth);
    const { subTypes, property } = discriminator;
    const wire = this.naming(property);
    const byName = new Map(subTypes.map(({ name, value }) => [name, value as PlainClass]));
    return async (value, reading, depth) => {
      const name = nameIn(value, wire);
      const of = byName.get(name as string);
      if (!of && isInput(value)) throw new ValidationError({ [wire]: [noType(name)] });
      const read = await this.compiled(of ?? (subTypes[0]?.value as PlainClass)).read(value, reading, depth, [wire]);
      return keepDiscriminatorProperty ? Object.assign(read, { [property]: name }) : read;
    };
  }
}

function namedType(place: string, typeFunction: () => unknown): unknown {
  let named: unknown;
  try {
    named = typeFunction();
  } catch (error) {
    throw new ConfigurationError(
      `${place}: the function of @Type asks for the object (${(error as Error).message}). Name one class, or several by a discriminator.`,
    );
  }
  if (typeof named === 'function') return named;
  throw new ConfigurationError(`${place}: @Type answers ${String(named)}. Answer a class; where two files import each other, it is not there yet.`);
}

const isInput = (value: unknown) => value instanceof FormValues || isRecord(value);

function nameIn(value: unknown, wire: string): unknown {
  if (value instanceof FormValues) return value.get(wire);
  return isRecord(value) && Object.hasOwn(value, wire) ? value[wire] : undefined;
}

const noType = (name: unknown) =>
  name === undefined
    ? errorDetail('This field is required.', 'required')
    : errorDetail('"{input}" is not a valid choice.', 'invalid_choice', { input: String(name) });
