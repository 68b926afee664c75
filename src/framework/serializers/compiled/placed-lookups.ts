import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field } from '../../fields/field.js';
import type { Model } from '../../models/model.js';
import type { ValidatorLike } from '../../validators/field-validator.js';
import { LookupValidator, type PlacedField, type PlacedLookup, type ValidatorPlace } from '../../validators/lookup-validator.js';
import { columnOf } from '../../validators/placed-column.js';
import { UniqueColumnValidator } from '../../validators/unique-validator.js';
import { uniqueSetsOf } from './unique-sets.js';

const isLookup = (validator: ValidatorLike) => validator instanceof LookupValidator;

/** What is asked of the database about a field: what it declares, and of its unique column, where it declares nothing of that. */
export function fieldLookups(place: ValidatorPlace, placed: PlacedField, { options, validators }: Field): PlacedLookup[] {
  const { child } = options as { child?: Field };
  if (child?.validators.some(isLookup))
    throw new ConfigurationError(
      `${place.owner}.${placed.name}: a validator of the items asks the database, which is asked about whole fields alone.`,
    );
  const here: ValidatorPlace = { ...place, owner: `${place.owner}.${placed.name}`, field: placed };
  const declared = validators.filter(isLookup).map((validator) => validator.place(here));
  const { model } = place;
  const column = model && columnOf(model, placed.source);
  if (!column?.unique || options.unique === false || options.readOnly) return declared;
  return isSaid(declared, model as Model, [column.name]) ? declared : [...declared, new UniqueColumnValidator().place(here)];
}

/** What is asked about the whole: what the serializer declares, and of the model's sets of which it declares nothing. */
export function wholeLookups(
  place: ValidatorPlace,
  validators: readonly ValidatorLike[],
  fields: readonly (readonly [string, Field])[],
  uniqueTogether: boolean,
): PlacedLookup[] {
  const declared = validators.filter(isLookup).map((validator) => validator.place(place));
  if (!place.model || !uniqueTogether) return declared;
  const sets = uniqueSetsOf(place.model, fields).map((validator) => validator.place(place));
  return [...sets.filter(({ model, columns }) => !isSaid(declared, model, columns)), ...declared];
}

const isSaid = (declared: readonly PlacedLookup[], model: Model, columns: readonly string[]) =>
  declared.some(
    (one) => one.model.name === model.name && one.columns.length === columns.length && columns.every((name) => one.columns.includes(name)),
  );
