import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { Field } from '../fields/field.js';
import { assertInjectable } from '../settings/injectable.js';
import { isValidatorClass, type FieldValidator, type MadeValidators, type ValidatorLike } from '../validators/field-validator.js';
import type { Serializer } from './serializer.js';

/** Makes the classes among a serializer's validators: its fields', those of lists' items, and its own. */
export async function makeValidators(serializer: Serializer, moduleRef: ModuleRef): Promise<MadeValidators> {
  const made = new Map<Type<FieldValidator>, FieldValidator>();
  const named: readonly ValidatorLike[] = [...Object.values(serializer.getFields()).flatMap(validatorsOf), ...serializer.validators];
  for (const validator of new Set(named.filter(isValidatorClass))) {
    assertInjectable(validator);
    made.set(validator, await moduleRef.create(validator));
  }
  return (validator) => made.get(validator) as FieldValidator;
}

function validatorsOf({ validators, options }: Field): readonly ValidatorLike[] {
  const { child } = options as { child?: Field };
  return child ? [...validators, ...validatorsOf(child)] : validators;
}
