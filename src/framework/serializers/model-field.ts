import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field, FieldOptions } from '../fields/field.js';
import { instead } from '../internal/nearest-name.js';
import type { Model } from '../models/model.js';
import { relationalField, standardField } from './model/model-fields.js';
import type { ExtraOptions, FieldName } from './model/model-serializer-options.js';
import type { ModelFields } from './model/model-values.js';

type FieldOf<M extends Model, Name extends string, X> = ModelFields<
  M,
  { readonly fields: readonly [Name]; readonly extra: Record<Name, X> },
  'key'
>[Name & keyof ModelFields<M, { readonly fields: readonly [Name] }, 'key'>];

/**
 * The field that a model's column or relation has, for a serializer of another model or of none: with its lengths, choices and texts, and options over them
 * (FLD-29). Uniqueness is not asked for: that is of a row of the model, which this is none of.
 *
 * @throws ConfigurationError for a name that the model lacks.
 *
 * @example
 * class StocktakingSerializer extends Serializer {
 *   isbn = modelField(models.book, 'isbn');
 *   shelf = char({ maxLength: 10 });
 * }
 */
export function modelField<M extends Model, const Name extends FieldName<M>, const X extends FieldOptions = {}>(
  model: M,
  name: Name,
  options?: X & ExtraOptions<M, Name>,
): FieldOf<M, Name, X> {
  const extra = (options ?? {}) as FieldOptions;
  const made: Field | undefined = Object.hasOwn(model.fields, name)
    ? standardField(model, name, extra)
    : Object.hasOwn(model.relations, name)
      ? relationalField(model, name, { model: model.relations[name]!.model(), ...extra } as FieldOptions)
      : undefined;
  if (made) return made as FieldOf<M, Name, X>;
  throw new ConfigurationError(
    `modelField(${model.name}, ${JSON.stringify(name)}): there is no such field.${instead(name, [...Object.keys(model.fields), ...Object.keys(model.relations)])}`,
  );
}
