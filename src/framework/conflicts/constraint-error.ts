import { ValidationError } from '../exceptions/exceptions.js';
import type { Model } from '../models/model.js';
import type { RestSettings } from '../settings/settings.js';
import { violatedUnique } from '../prisma/prisma-errors.js';
import { sourceOf } from '../serializers/compiled/unique-sets.js';
import { uniqueMessage, uniqueSetMessage } from '../validators/unique-messages.js';

/** What a race over a unique value ends in: the constraint has decided it, and the 400 names the field, as the check before would have (VAL-9). */
export function constraintError(
  error: unknown,
  { models, naming, nonFieldErrorsKey }: Pick<RestSettings, 'models' | 'naming' | 'nonFieldErrorsKey'>,
): ValidationError | undefined {
  if (!(error instanceof Error)) return undefined;
  const found = violated(error, Object.values(models));
  if (!found) return undefined;
  const { model, fields } = found;
  const names = fields.map((field) => naming(sourceOf(model, field)));
  const exception =
    fields.length === 1
      ? new ValidationError({ [names[0] as string]: [uniqueMessage(model, fields[0] as string)] })
      : new ValidationError({ [nonFieldErrorsKey]: [uniqueSetMessage(names)] });
  exception.cause = error;
  return exception;
}

function violated(error: Error, models: readonly Model[]): { model: Model; fields: readonly string[] } | undefined {
  const named = (error as { meta?: { modelName?: string } }).meta?.modelName;
  // The error's own model first: drivers that name columns and no index leave others open.
  for (const model of [...models].sort((a, b) => Number(b.name === named) - Number(a.name === named))) {
    const unique = violatedUnique(model, error);
    if (unique) return { model, fields: unique.fields };
  }
  return undefined;
}
