import type { Field, FieldOptions } from '../fields/field.js';
import type { Model, RelationName, RelationsOf, RowOf, ScalarName } from '../models/model.js';
import { HyperlinkedIdentityField } from '../relations/hyperlinked-identity-field.js';
import { HyperlinkedRelatedField } from '../relations/hyperlinked-related-field.js';
import { relationOptions } from './model-fields.js';
import type { SerializerConstructor } from './serializer.js';
import { ModelSerializer, type ModelSerializerClass, type ModelSerializerOptions } from './model-serializer.js';

type HyperlinkedFields<M extends Model, Name extends string, ReadOnly extends string> = { url: Field<string, never, true> } & {
  [K in Name]: K extends keyof RowOf<M>
    ? Field<RowOf<M>[K], K extends ReadOnly ? never : RowOf<M>[K]>
    : K extends keyof RelationsOf<M>
      ? Field<RelationsOf<M>[K] extends readonly unknown[] ? string[] : string, K extends ReadOnly ? never : unknown>
      : never;
};

/**
 * A model's serializer that links: `url` is the row's own address, and relations are the addresses of their rows (SER-20).
 *
 * @example
 * class PublisherSerializer extends HyperlinkedModelSerializer(models.publisher, { fields: ['id', 'name', 'books'], readOnly: ['books'] }) {}
 */
export function HyperlinkedModelSerializer<M extends Model, const Name extends ScalarName<M> | RelationName<M>, const ReadOnly extends Name = never>(
  model: M,
  options: Omit<ModelSerializerOptions<Name>, 'readOnly'> & { readonly readOnly?: readonly ReadOnly[] },
): ModelSerializerClass<M, HyperlinkedFields<M, Name, ReadOnly>> {
  const Base = ModelSerializer(model, options as never) as unknown as SerializerConstructor<{ buildField(name: string, extra: FieldOptions): Field }>;
  class HyperlinkedModelSerializerBase extends Base {
    override buildField(name: string, extra: FieldOptions): Field {
      return model.relations[name] ? new HyperlinkedRelatedField(relationOptions(model, name, extra)) : super.buildField(name, extra);
    }
  }
  // The address stands first, as in DRF: before the fields that the base's constructor makes.
  return class extends HyperlinkedModelSerializerBase {
    constructor(...args: ConstructorParameters<SerializerConstructor>) {
      super(...args);
      const fields = { ...this };
      for (const name of Object.keys(fields)) delete (this as Record<string, unknown>)[name];
      Object.assign(this, { url: new HyperlinkedIdentityField() }, fields);
    }
  } as never;
}
