import type { Model, RelationName } from '../models/model.js';
import type { Field, FieldDescription } from '../fields/field.js';
import type { ReadBuilder } from '../fields/read-builder.js';
import { ReadingField, type Emission } from '../fields/reading-field.js';

/** The number of a relation's rows, read in the row's own statement. Can be ordered by. */
export class CountField extends ReadingField<number, never, true> {
  constructor(readonly relation: string) {
    super({ readOnly: true });
  }

  emit(builder: ReadBuilder): Emission {
    return { expression: builder.count(this.relation) };
  }

  describe(): FieldDescription {
    return { type: 'integer', schema: { type: 'integer', minimum: 0 } };
  }
}

/**
 * @example
 * bookCount = count(models.author, 'books');
 */
export const count = <M extends Model>(_model: M, relation: RelationName<M>): Field<number, never, true> => new CountField(relation);
