import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';
import type { Type } from '@nestjs/common';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { Constraint, type DeclaredConstraint } from './constraint.js';
import { PropertyConstraints } from './property-constraints.js';

export type ConstraintClass = Type<ValidatorConstraintInterface>;
/** Answers the instance of a constraint's class. */
export type MadeConstraints = (constraint: ConstraintClass) => ValidatorConstraintInterface;

type AnyClass = abstract new (...args: never[]) => object;

/** A class and those that it extends, the nearest first. */
export function lineage(of: AnyClass): AnyClass[] {
  const classes: AnyClass[] = [];
  for (let at: unknown = of; typeof at === 'function' && at !== Function.prototype; at = Object.getPrototypeOf(at)) classes.push(at as AnyClass);
  return classes;
}

/** The decorators of class-validator on a class, by property: its own, and those of the classes that it extends, which it may say anew. */
export function declaredConstraints(
  of: AnyClass,
  isSaid: (target: AnyClass, property: string) => boolean = () => true,
): ReadonlyMap<string, readonly DeclaredConstraint[]> {
  const found = new Map<string, DeclaredConstraint[]>();
  for (const target of lineage(of)) {
    // Of its own alone: class-validator itself drops what a base says wherever the class says anything.
    const own = getMetadataStorage()
      .getTargetValidationMetadatas(target, '', false, false)
      .filter((one) => one.target === target && isSaid(target, one.propertyName))
      // Decorators are run from the last one to the first.
      .reverse();
    const known = new Set([...found.values()].flat().map(keyOf));
    for (const one of own) {
      if (known.has(keyOf(one))) continue;
      const of = found.get(one.propertyName);
      if (of) of.push(one);
      else found.set(one.propertyName, [one]);
    }
  }
  return found;
}

/** What says a decorator anew: one of the same name on the same property, and of conditions any. */
const keyOf = (one: DeclaredConstraint) =>
  `${one.propertyName} ${one.type === ValidationTypes.CONDITIONAL_VALIDATION ? 'condition' : (one.name ?? nameOf(one) ?? one.type)}`;

/** The classes that have to be made before the constraints can be asked. */
export const constraintClasses = (declared: Iterable<readonly DeclaredConstraint[]>): Set<ConstraintClass> =>
  new Set([...declared].flat().flatMap(({ constraintCls }) => (constraintCls ? [constraintCls as ConstraintClass] : [])));

/** @throws ConfigurationError for a decorator that would never check anything. */
export function makeConstraints(
  owner: string,
  property: string,
  declared: readonly DeclaredConstraint[],
  made: MadeConstraints,
): PropertyConstraints {
  const constraints: Constraint[] = [];
  const conditions: DeclaredConstraint[] = [];
  let isNested = false;
  for (const one of declared) {
    if (one.type === ValidationTypes.CONDITIONAL_VALIDATION) conditions.push(one);
    else if (one.type === ValidationTypes.NESTED_VALIDATION) isNested = true;
    else if (one.type === ValidationTypes.PROMISE_VALIDATION)
      throw new ConfigurationError(`${owner}.${property}: @ValidatePromise, and no input is a promise. Remove it.`);
    else if (one.type !== ValidationTypes.WHITELIST) constraints.push(makeConstraint(owner, one, made));
  }
  return new PropertyConstraints(property, constraints, conditions, isNested);
}

function makeConstraint(owner: string, declared: DeclaredConstraint, made: MadeConstraints): Constraint {
  const name = nameOf(declared);
  if (name === undefined)
    throw new ConfigurationError(
      `${owner}.${declared.propertyName}: ${declared.constraintCls?.name} is no constraint, so that nothing would be checked. Decorate the class with @ValidatorConstraint().`,
    );
  return new Constraint(name, declared, made(declared.constraintCls as ConstraintClass));
}

const nameOf = ({ constraintCls }: DeclaredConstraint) => getMetadataStorage().getTargetValidatorConstraints(constraintCls)[0]?.name;
