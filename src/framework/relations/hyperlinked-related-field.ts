import type { Field, FieldDescription } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { pythonType } from '../fields/text/python.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { readKey } from '../models/key.js';
import type { KeyOf, Model } from '../models/model.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';
import { addressOf, emitAddress, type Address, type AddressOptions } from './hyperlink.js';
import { RelatedField, type Known, type Many, type RelatedFieldOf, type RelatedOptions } from './related-field.js';

export interface HyperlinkedOptions<M extends Model = Model> extends RelatedOptions<M>, AddressOptions<M> {}

/** An address is no longer than this: what comes after is looked at by nothing. */
const MAX_ADDRESS = 2_000;

/** A relation as the address of its row (REL-3). In input the host is of no account, as in DRF. */
export class HyperlinkedRelatedField extends RelatedField {
  declare readonly options: HyperlinkedOptions;
  #address?: Address;

  constructor(options: HyperlinkedOptions = {}) {
    super(options, {
      no_match: 'Invalid hyperlink - No URL match.',
      incorrect_match: 'Invalid hyperlink - Incorrect URL match.',
      does_not_exist: 'Invalid hyperlink - Object does not exist.',
      incorrect_type: 'Incorrect type. Expected URL string, received {data_type}.',
    });
  }

  override emitOne(row: ReadBuilder, environment: CompileEnvironment): string {
    this.#address = addressOf(this.options, row.model ?? (this.options.model as Model), environment, row.owner);
    const { template, fields } = this.#address;
    if (fields.size > 1 && !this.options.readOnly)
      throw new ConfigurationError(
        `${row.owner}: the address ${template.name} (${template.path}) has several parameters, by which input names no row. Set readOnly: true.`,
      );
    return emitAddress(row, this.#address);
  }

  override lookupField(model: Model): string {
    return this.options.lookupField ?? super.lookupField(model);
  }

  override read(value: unknown, model: Model): unknown {
    if (typeof value !== 'string') this.fail('incorrect_type', { data_type: pythonType(value) });
    const { template, lookupUrlKwarg } = this.#address as Address;
    const match = value.length > MAX_ADDRESS ? null : this.environment.routes.resolve(pathOf(value));
    if (!match) this.fail('no_match');
    if (match.name !== template.name) this.fail('incorrect_match');
    const key = readKey(this.lookupColumn(model), match.params[lookupUrlKwarg]);
    if (key.kind !== 'key') this.missing();
    return key.value;
  }

  override missing(): never {
    this.fail('does_not_exist');
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string', format: 'uri' } };
  }
}

function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, '');
  return path.split(/[?#]/, 1)[0] as string;
}

/**
 * @example
 * books = hyperlinkedRelated(models.book, { many: true, readOnly: true });
 */
export function hyperlinkedRelated<M extends Model, const O extends HyperlinkedOptions<M> = {}>(
  model: M,
  options?: O & Known<O, HyperlinkedOptions>,
): RelatedFieldOf<Many<string, O>, Many<KeyOf<M>, O>, O> {
  return new HyperlinkedRelatedField({ ...(options as O), model } as HyperlinkedOptions) as Field as never;
}
