import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Field, FieldDescription } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import type { KeyOf, Model, RelatedModel, RelationName, RelationsOf, RowOf, ScalarName } from '../models/model.js';
import { RelatedField, type Known, type Many, type RelatedFieldOf, type RelatedOptions } from './related-field.js';

export interface SlugRelatedOptions<M extends Model = Model, Slug extends string = string> extends RelatedOptions<M> {
  /** The field of the related model that stands for a row, such as `slug`; or that of a row that it leads to: `author__name`. */
  readonly slug: Slug;
}

/** A relation as one field of its row (REL-5). A value that two rows have is a 400. */
export class SlugRelatedField extends RelatedField {
  declare readonly options: SlugRelatedOptions;

  /** @throws ConfigurationError without a slug. */
  constructor(options: SlugRelatedOptions) {
    if (!options?.slug) throw new ConfigurationError("SlugRelatedField: slug is missing; name the field that stands for a row: { slug: 'slug' }.");
    super(options);
  }

  override emitOne(row: ReadBuilder): string {
    const path = this.options.slug.split('__');
    const last = path.pop() as string;
    const missing: string[] = [];
    for (const name of path) {
      row = row.one(name);
      missing.push(`${row.row} == null`);
    }
    return missing.length > 0 ? `(${missing.join(' || ')} ? null : ${row.column(last)})` : row.column(last);
  }

  override lookupField(): string {
    return this.options.slug;
  }

  override describe(): FieldDescription {
    return { type: 'field', schema: { type: 'string' } };
  }
}

/** The fields of a model, and those of the rows that its to-one relations lead to, two relations deep. */
export type SlugPath<M extends Model, H extends readonly 0[] = readonly [0, 0]> = H extends readonly [0, ...infer Rest extends readonly 0[]]
  ? ScalarName<M> | { [R in ToOne<M>]: `${R}__${SlugPath<RelatedModel<RelationsOf<M>[R]>, Rest>}` }[ToOne<M>]
  : ScalarName<M>;
type ToOne<M extends Model> = { [R in RelationName<M>]: RelationsOf<M>[R] extends readonly unknown[] ? never : R }[RelationName<M>];
type SlugValue<M extends Model, Slug> =
  Slug extends ScalarName<M>
    ? RowOf<M>[Slug]
    : Slug extends `${infer R}__${infer Rest}`
      ? R extends RelationName<M>
        ? SlugValue<RelatedModel<RelationsOf<M>[R]>, Rest> | Extract<RelationsOf<M>[R], null>
        : never
      : never;

/**
 * @example
 * genres = slugRelated(models.genre, { slug: 'slug', many: true, required: false });
 */
export function slugRelated<M extends Model, const O extends SlugRelatedOptions<M, SlugPath<M>>>(
  model: M,
  options: O & Known<O, SlugRelatedOptions>,
): RelatedFieldOf<Many<SlugValue<M, O['slug']>, O>, Many<KeyOf<M>, O>, O> {
  return new SlugRelatedField({ ...(options as O), model }) as Field as never;
}
