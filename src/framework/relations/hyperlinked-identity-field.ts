import type { Field, FieldDescription, FieldOptions } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { ReadingField, type Emission } from '../fields/reading-field.js';
import type { Model } from '../models/model.js';
import type { CompileEnvironment } from '../serializers/compile-environment.js';
import { hyperlink } from './hyperlinked-related-field.js';

export interface IdentityOptions extends Pick<FieldOptions, 'label' | 'helpText'> {
  /** The name of the row's address. Default: `{model}-detail`. */
  readonly viewName?: string;
  /** The field in that address. Default: the primary key. */
  readonly lookupField?: string;
}

/** The row's own address (REL-4). Read-only. */
export class HyperlinkedIdentityField extends ReadingField<string, never, true> {
  readonly #options: IdentityOptions;

  constructor(options: IdentityOptions = {}) {
    super({ readOnly: true, label: options.label, helpText: options.helpText });
    this.#options = options;
  }

  emit(builder: ReadBuilder, _source: string, environment: CompileEnvironment): Emission {
    const model = builder.model as Model;
    const template = environment.routes.template(this.#options.viewName ?? `${model.name.toLowerCase()}-detail`, builder.owner);
    return { expression: hyperlink(builder, template, this.#options.lookupField ?? (model.primaryKey[0] as string)) };
  }

  describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string', format: 'uri' } };
  }
}

export const hyperlinkedIdentity = (options?: IdentityOptions): Field<string, never, true> => new HyperlinkedIdentityField(options);
