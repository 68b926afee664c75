import type { ModuleRef } from '@nestjs/core';
import type { ValidatorConstraintInterface } from 'class-validator';
import { assertInjectable } from '../../settings/injectable.js';
import type { ConstraintClass, MadeConstraints } from './read-constraints.js';

/** Makes the classes of constraints by Nest's injector: a provider of the application where the class is one, else one for this place. */
export async function madeConstraints(classes: Iterable<ConstraintClass>, moduleRef: ModuleRef): Promise<MadeConstraints> {
  const made = new Map<ConstraintClass, ValidatorConstraintInterface>();
  for (const constraint of classes) made.set(constraint, await makeOne(constraint, moduleRef));
  return (constraint) => made.get(constraint) as ValidatorConstraintInterface;
}

async function makeOne(constraint: ConstraintClass, moduleRef: ModuleRef): Promise<ValidatorConstraintInterface> {
  assertInjectable(constraint);
  try {
    return moduleRef.get(constraint, { strict: false });
  } catch {
    return moduleRef.create(constraint);
  }
}
