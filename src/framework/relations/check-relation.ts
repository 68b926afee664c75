import { ConfigurationError } from '../exceptions/configuration-error.js';
import { instead } from '../internal/nearest-name.js';
import type { Model, RelationField } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { RelatedField } from './related-field.js';

/**
 * The model of the rows that a source such as `author` or `items.book` leads to.
 * @throws ConfigurationError where a model on the way has no such relation, or it leads to another model than the field names.
 */
export function relatedModel({ options: { model: named }, constructor }: RelatedField, model: Model | null, source: string, owner: string): Model {
  if (!model) {
    if (named) return named;
    throw new ConfigurationError(
      `${owner}: the serializer has no model that ${source} is a relation of; name the related one: new ${constructor.name}({ model }).`,
    );
  }
  let related = model;
  for (const name of source.split('.')) related = relationOf(related, name, owner).model();
  if (named && named.name !== related.name)
    throw new ConfigurationError(
      `${owner}: ${model.name}.${source} leads to ${related.name}, and the field names ${named.name}. Name models.${related.delegate}.`,
    );
  return related;
}

function relationOf(model: Model, name: string, owner: string): RelationField {
  const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
  if (!relation) throw new ConfigurationError(`${owner}: ${model.name} has no relation ${name}.${instead(name, Object.keys(model.relations))}`);
  return relation;
}

/** Types whose values a client can send as one text or number that names a row. */
const LOOKUP_TYPES = ['String', 'Int', 'BigInt', 'Decimal', 'Enum'];

/** @throws ConfigurationError for a relation that input cannot name a row of, or that a write cannot reach. */
export function checkWritable(field: RelatedField, model: Model | null, source: string, related: Model, owner: string): void {
  const place = `${owner}: ${model ? `${model.name}.${source}` : source}`;
  const relation = model?.relations[source];
  if (relation && !relation.many && relation.from.length === 0)
    throw new ConfigurationError(`${place} is kept by ${related.name}, whose ${relation.inverse} is written there. Set readOnly: true.`);
  if (related.primaryKey.length > 1 || (relation && relation.from.length > 1))
    throw new ConfigurationError(
      `${place} leads by a key of several columns, which no single value can name. Set readOnly: true, or nest a serializer.`,
    );
  const column = within(place, () => field.lookupColumn(related));
  if (!LOOKUP_TYPES.includes(column.type))
    throw new ConfigurationError(
      `${place} cannot be looked up by ${field.lookupField(related)}, which is a ${column.type}. Set readOnly: true, or name a text or a whole number.`,
    );
  const { queryset, htmlCutoff, minLength, maxLength } = field.options;
  if (queryset !== undefined && typeof queryset !== 'function') within(`${place}: queryset`, () => assertWhere(related, queryset));
  for (const [name, value] of Object.entries({ htmlCutoff, minLength, maxLength }))
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0))
      throw new ConfigurationError(`${place}: ${name} is ${value}; give a whole number from 0.`);
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    throw new ConfigurationError(`${place}: minLength (${minLength}) is greater than maxLength (${maxLength}); exchange them.`);
}

/** Says in whose place a mistake was found. */
function within<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof ConfigurationError ? new ConfigurationError(`${place}: ${error.message}`) : error;
  }
}
