import type { Field, FieldDescription, FieldOptions } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { ReadingField, type Emission } from '../fields/reading-field.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';
import { addressOf, emitAddress, type AddressOptions } from './hyperlink.js';

export interface IdentityOptions<M extends Model = Model> extends AddressOptions<M>, Pick<FieldOptions, 'label' | 'helpText'> {}

/** The row's own address (REL-4). Read-only; null for a row that has no key yet. */
export class HyperlinkedIdentityField extends ReadingField<string, never, true> {
  readonly #options: IdentityOptions;

  constructor(options: IdentityOptions = {}) {
    super({ readOnly: true, label: options.label, helpText: options.helpText });
    this.#options = options;
  }

  emit(builder: ReadBuilder, _source: string, environment: CompileEnvironment): Emission {
    if (!builder.model)
      throw new ConfigurationError(`${builder.owner}: the serializer has no model whose rows have an address; derive it from ModelSerializer.`);
    return { expression: emitAddress(builder, addressOf(this.#options, builder.model, environment, builder.owner)) };
  }

  describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string', format: 'uri' } };
  }
}

/**
 * The model in angle brackets lets the compiler check the field's name.
 *
 * @example
 * url = hyperlinkedIdentity<GenreModel>({ viewName: 'genre-detail', lookupField: 'slug' });
 */
export const hyperlinkedIdentity = <M extends Model = Model>(options?: IdentityOptions<M>): Field<string, never, true> =>
  new HyperlinkedIdentityField(options as IdentityOptions);
