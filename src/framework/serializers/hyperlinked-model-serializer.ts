import type { Field, FieldOptions } from '../fields/field.js';
import type { Model } from '../models/model.js';
import { HyperlinkedIdentityField, type IdentityOptions } from '../relations/hyperlinked-identity-field.js';
import { HyperlinkedRelatedField } from '../relations/hyperlinked-related-field.js';
import { relationOptions } from './model/model-fields.js';
import type { CheckedOptions, FieldName, ModelSerializerOptions } from './model/model-serializer-options.js';
import { BaseModelSerializer, MODEL, nestedOnce, serializerOf, type ModelSerializerClass } from './model-serializer.js';
import type { ModelFields } from './model/model-values.js';
import type { SerializerClass } from './serializer.js';

const nestedByUrl = new WeakMap<Model, Map<number, SerializerClass>>();

/** As `ModelSerializerOptions`; `url` may stand among the fields, else it stands first, and in `extra`. */
export interface HyperlinkedModelSerializerOptions<M extends Model = Model> extends Omit<ModelSerializerOptions<M>, 'fields' | 'extra'> {
  readonly fields?: 'all' | readonly (FieldName<M> | 'url')[];
  readonly extra?: ModelSerializerOptions<M>['extra'] & { readonly url?: IdentityOptions };
}

class BaseHyperlinkedModelSerializer extends BaseModelSerializer {
  protected override buildField(name: string, extra: FieldOptions): Field {
    return name === 'url' ? this.buildUrlField(extra) : super.buildField(name, extra);
  }

  /** The field of the row's own address. */
  protected buildUrlField(extra: IdentityOptions): Field {
    return new HyperlinkedIdentityField(extra);
  }

  protected override buildRelationalField(name: string, extra: FieldOptions): Field {
    return new HyperlinkedRelatedField(relationOptions(this[MODEL], name, extra));
  }

  protected override nestedSerializer(model: Model, depth: number): SerializerClass {
    return nestedOnce(nestedByUrl, model, depth, () => HyperlinkedModelSerializer(model, { fields: 'all', depth } as never));
  }
}

/**
 * A model's serializer that links: `url` is the row's own address, and relations are the addresses of their rows (SER-20).
 *
 * @example
 * class PublisherSerializer extends HyperlinkedModelSerializer(models.publisher, { fields: ['id', 'name', 'books'] }) {}
 * @throws ConfigurationError as `ModelSerializer` does, and for a model that has a field `url` itself.
 */
export function HyperlinkedModelSerializer<M extends Model, const O extends HyperlinkedModelSerializerOptions<M>>(
  model: M,
  options: O & CheckedOptions<M, O, 'url'>,
): ModelSerializerClass<M, ModelFields<M, O, 'url'>> {
  return serializerOf(BaseHyperlinkedModelSerializer, model, options as never, 'url') as never;
}
