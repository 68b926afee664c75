import type { Type } from '@nestjs/common';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FieldContext } from '../fields/field.js';
import type { Validator } from './validator.js';
import { LookupValidator } from './lookup-validator.js';

/**
 * A validator with parameters or providers of its own: of a field's value, or of a serializer's validated data (VAL-6).
 *
 * @example
 * @Injectable()
 * class NotOnLoan implements FieldValidator<number> {
 *   constructor(private readonly loans: LoansService) {}
 *
 *   async validate(book: number) {
 *     if (await this.loans.objects.filter({ bookId: book, returnedAt: null }).exists()) throw new ValidationError('This book is on loan.');
 *   }
 * }
 */
export interface FieldValidator<T = any> {
  /** @throws ValidationError: what it says stands under the field, or in `non_field_errors` for a serializer. */
  validate(value: T, context: FieldContext): void | Promise<void>;
}

/** What `validators` may name. A class is made by Nest's injector, once for each serializer, at boot. */
export type ValidatorLike<T = any> = Validator<T> | FieldValidator<T> | Type<FieldValidator<T>> | LookupValidator;

/** Answers the instance of a validator's class. */
export type MadeValidators = (validator: Type<FieldValidator>) => FieldValidator;

/** Whether a validator is a class, to be made. */
export const isValidatorClass = (validator: unknown): validator is Type<FieldValidator> =>
  typeof validator === 'function' && typeof (validator as { prototype?: Partial<FieldValidator> }).prototype?.validate === 'function';

/** The functions that validators are called by, in their order. Look-ups are not among them: they ask the database. */
export function validatorFunctions(validators: readonly ValidatorLike[], made: MadeValidators): Validator[] {
  return validators.flatMap((validator): Validator[] => {
    if (validator instanceof LookupValidator) return [];
    if (typeof validator === 'function' && !isValidatorClass(validator)) return [validator as Validator];
    let instance = typeof validator === 'function' ? undefined : (validator as FieldValidator);
    return [(value, context) => (instance ??= made(validator as Type<FieldValidator>)).validate(value, context)];
  });
}

/** How classes are made outside of an application: not at all. */
export const notMade: MadeValidators = ({ name }) => {
  throw new ConfigurationError(`${name} is a class that Nest makes at boot, and the field that names it stands in no serializer.`);
};
