import type { KeyOf, Model, RelatedModel, RelationsOf, RowOf, UploadOf } from '../models/model.js';
import type { RelationWrite, Write } from '../plan/write.js';

/**
 * A row as it is written by hand: columns by name, to-one relations by key (null for none), to-many ones by keys, or by the rows to make of them.
 * On create what the database has a default for may be left out, on update everything may.
 *
 * @example
 * const data: DataOf<BookModel> = { title: 'Kindred', author: 3, genres: [1, 2], published: Temporal.PlainDate.from('1979-06-01') };
 */
export type DataOf<M extends Model> = {
  readonly [K in keyof RowOf<M>]?: RowOf<M>[K] | UploadOf<M, K>;
} & {
  readonly [K in keyof RelationsOf<M>]?: RelationsOf<M>[K] extends readonly unknown[]
    ? readonly KeyOf<RelatedModel<RelationsOf<M>[K]>>[] | readonly DataOf<RelatedModel<RelationsOf<M>[K]>>[] | RelationWrite
    : KeyOf<RelatedModel<RelationsOf<M>[K]>> | Extract<RelationsOf<M>[K], null>;
};

/** Whether it is a write already, rather than data to make one of. */
export function isWrite(value: object): value is Write {
  return 'model' in value && 'columns' in value && 'relations' in value && typeof (value as Write).model?.delegate === 'string';
}
