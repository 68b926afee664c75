import { EMPTY, type Field, type FieldContext } from '../../../src/framework/fields/field.js';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import type { Detail, ErrorDetail } from '../../../src/framework/exceptions/error-detail.js';

const CONTEXT: FieldContext = { partial: false };

/** What a field makes of a value, as a serializer asks it: `value`, or the detail of a ValidationError. Throws whatever else the field throws. */
export function read(field: Field, submitted: unknown): { value: unknown } | { detail: Detail } {
  try {
    if (submitted === EMPTY) field.fail('required');
    if (submitted === null) return field.options.allowNull ? { value: null } : field.fail('null');
    const value: unknown = field.toInternalValue(submitted, CONTEXT);
    if (field.runValidators(value, CONTEXT)) throw new Error('An asynchronous validator.');
    return { value };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { detail: error.detail };
  }
}

/** A value as the field shows it once it has read it; the codes of the errors where it refuses it. */
export function shown(field: Field, submitted: unknown): unknown {
  const answer = read(field, submitted);
  if ('detail' in answer) return { codes: (answer.detail as readonly ErrorDetail[]).map(({ code }) => code) };
  return answer.value === null ? null : field.toRepresentation(answer.value);
}

export const refused = (...codes: string[]) => ({ codes });
