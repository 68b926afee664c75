import { type Field, type FieldDescription, type FieldOf } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { readKey } from '../models/key.js';
import type { Model, RowOf, ScalarName } from '../models/model.js';
import type { LookupMatch } from '../prisma/lookup.js';
import { pythonString } from '../fields/text/python.js';
import { RawNumber } from '../parsers/raw-number.js';
import { RelatedField, type RelatedOptions } from './related-field.js';

export interface SlugRelatedOptions<M extends Model = Model, Slug extends string = string> extends RelatedOptions<M> {
  /** The field of the related model that stands for a row, such as `slug`. */
  readonly slug: Slug;
}

/** A relation as one field of its row (REL-5). A value that two rows have is a 400. */
export class SlugRelatedField extends RelatedField {
  declare readonly options: SlugRelatedOptions;

  constructor(options: SlugRelatedOptions) {
    super(options, { does_not_exist: 'Object with {slug_name}={value} does not exist.', invalid: 'Invalid value.' });
  }

  emitOne(row: ReadBuilder): string {
    return row.column(this.options.slug);
  }

  lookupField(): string {
    return this.options.slug;
  }

  read(value: unknown, model: Model): unknown {
    if (value === null) this.missing(value);
    if ((typeof value === 'object' && !(value instanceof RawNumber)) || value === undefined) this.fail('invalid');
    const key = readKey(model.fields[this.options.slug]!, typeof value === 'boolean' ? pythonString(value) : value);
    if (key.kind === 'malformed' || key.kind === 'wrong type') this.fail('invalid');
    if (key.kind === 'none') this.missing(value);
    return key.value;
  }

  missing(value: unknown): never {
    this.fail('does_not_exist', { slug_name: this.options.slug, value: pythonString(value) });
  }

  override settle(match: LookupMatch, value: unknown): unknown {
    if (match.rows > 1) this.fail('invalid', { value });
    return match.key;
  }

  describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string' } };
  }
}

type Shape<M extends Model, Slug, O> = O extends { many: true } ? RowOf<M>[Slug & keyof RowOf<M>][] : RowOf<M>[Slug & keyof RowOf<M>];

/**
 * @example
 * genres = slugRelated(models.genre, { slug: 'slug', many: true, required: false });
 */
export function slugRelated<M extends Model, const Slug extends ScalarName<M>, const O extends SlugRelatedOptions<M, Slug>>(
  model: M,
  options: O & { slug: Slug },
): FieldOf<Shape<M, Slug, O>, Shape<M, Slug, O>, O> {
  return new SlugRelatedField({ ...options, model }) as Field as FieldOf<Shape<M, Slug, O>, Shape<M, Slug, O>, O>;
}
