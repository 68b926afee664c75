import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { FilterContext, FilterDeclaration, OrderingField } from '../filters/filter-context.js';
import type { Model } from '../models/model.js';
import { parseOrdering } from '../plan/ordering.js';
import { CountField } from '../relations/count-field.js';
import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import type { RestSettings } from '../settings/settings.js';
import type { ViewSetOptions } from './view-options.js';

/** What a viewset's filter backends are made with: its options, with names resolved against the model and the serializer. */
export function filterContext(
  owner: string,
  options: ViewSetOptions,
  settings: RestSettings,
  serializer: CompiledSerializer | undefined,
  asked: Pick<FilterContext, 'lookups' | 'userPermissions'>,
): FilterContext {
  const model = options.model as Model;
  return {
    owner,
    model,
    naming: settings.naming,
    settings,
    ...asked,
    ...(options.filters && { filters: options.filters as FilterDeclaration }),
    ...(options.searchFields && { searchFields: options.searchFields }),
    ...(options.orderingFields && {
      orderingFields: options.orderingFields.map((name) => orderingField(owner, model, name as string, settings, serializer)),
    }),
  };
}

/** A name is a path of the model's, or a field of the serializer that shows a column or a count. */
function orderingField(
  owner: string,
  model: Model,
  name: string,
  { naming }: RestSettings,
  serializer: CompiledSerializer | undefined,
): OrderingField {
  const wire = name.split('__').map(naming).join('__');
  const field = serializer?.fields.find((bound) => bound.name === name)?.field;
  const key =
    field instanceof CountField
      ? `${field.relation}__count`
      : field?.options.source && !model.fields[name]
        ? field.options.source.replaceAll('.', '__')
        : name;
  try {
    parseOrdering(model, [key]);
  } catch (error) {
    throw new ConfigurationError(`${owner}: orderingFields names ${name}, which nothing can be ordered by. ${(error as Error).message}`);
  }
  return { name: wire, key };
}
