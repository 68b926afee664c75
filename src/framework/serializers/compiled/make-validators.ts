import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { Field } from '../../fields/field.js';
import { assertInjectable } from '../../settings/injectable.js';
import { madeConstraints } from '../../validators/constraints/made-constraints.js';
import type { MadeConstraints } from '../../validators/constraints/read-constraints.js';
import { isValidatorClass, type FieldValidator, type MadeValidators, type ValidatorLike } from '../../validators/field-validator.js';
import { DecoratedFields } from './decorated-fields.js';
import type { Serializer } from '../serializer.js';

/** Makes the classes among a serializer's validators, and those of its decorators: its fields', those of lists' items, and its own. */
export async function makeValidators(
  serializer: Serializer,
  moduleRef: ModuleRef,
): Promise<{ readonly validator: MadeValidators; readonly constraint: MadeConstraints }> {
  const decorated = DecoratedFields.of(serializer);
  const named: readonly ValidatorLike[] = [...Object.values(decorated.fields).flatMap(validatorsOf), ...serializer.validators];
  const validators = new Map<Type<FieldValidator>, FieldValidator>();
  for (const validator of new Set(named.filter(isValidatorClass))) {
    assertInjectable(validator);
    validators.set(validator, await moduleRef.create(validator));
  }
  const constraint = await madeConstraints(decorated.constraintClasses(), moduleRef);
  return { validator: (validator) => validators.get(validator) as FieldValidator, constraint };
}

function validatorsOf({ validators, options }: Field): readonly ValidatorLike[] {
  const { child } = options as { child?: Field };
  return child ? [...validators, ...validatorsOf(child)] : validators;
}
