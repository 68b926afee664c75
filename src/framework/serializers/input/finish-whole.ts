import { isErrorDetail, type Detail } from '../../exceptions/error-detail.js';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import type { CompiledSerializer } from '../compiled/compiled-serializer.js';

/** What comes after the fields (SER-8): the serializer's validators, then `validate`. */
export async function finishWhole(compiled: CompiledSerializer, data: Record<string, unknown>, context: FieldContext): Promise<unknown> {
  try {
    await checkWhole(compiled, data, context);
    return answered(await compiled.serializer.validate(data, context), compiled.name, 'validate');
  } catch (error) {
    throw error instanceof ValidationError ? wholeError(error, compiled) : error;
  }
}

/** Every validator is asked, and all their messages are told; a record of messages ends it at once, as in DRF. */
async function checkWhole({ validation, readOnlyDefaults }: CompiledSerializer, data: Record<string, unknown>, context: FieldContext): Promise<void> {
  if (!validation) return;
  const seen = readOnlyDefaults.length === 0 ? data : { ...defaultsOf(readOnlyDefaults, context), ...data };
  await validation(seen, context);
}

/** What read-only fields have for a value: validators see it, and it is no part of the data (SER-31). */
export function defaultsOf(fields: CompiledSerializer['readOnlyDefaults'], context: FieldContext): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ source, field: { options } }) => [
      source,
      typeof options.default === 'function' ? (options.default as (context: FieldContext) => unknown)(context) : options.default,
    ]),
  );
}

/** @throws ConfigurationError for a hook that answers nothing: what it was given would be lost. */
export function answered(value: unknown, serializer: string, hook: string): unknown {
  if (value === undefined) throw new ConfigurationError(`${serializer}.${hook} answers undefined; return the value to take.`);
  return value;
}

/** What a hook of the whole threw, by wire name: a text or a list is of the whole (SER-11). */
export function wholeError(error: ValidationError, { fields, environment: { settings } }: CompiledSerializer): ValidationError {
  const { detail } = error;
  if (Array.isArray(detail)) return new ValidationError({ [settings.nonFieldErrorsKey]: detail });
  const wireOf = (name: string) => fields.find((field) => field.name === name)?.wire ?? settings.naming(name);
  return new ValidationError(
    Object.fromEntries(
      Object.entries(detail as Record<string, Detail>).map(([name, messages]) => [
        wireOf(name),
        typeof messages === 'string' || isErrorDetail(messages) ? [messages] : messages,
      ]),
    ),
  );
}
