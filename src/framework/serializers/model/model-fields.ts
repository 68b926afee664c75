import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field, FieldOptions } from '../../fields/field.js';
import { isOptionalColumn, isOptionalRelation, isReadOnlyColumn, isReadOnlyRelation } from '../../models/field-rules.js';
import type { Annotations, Model, RelationField } from '../../models/model.js';
import type { Where } from '../../plan/where.js';
import { PrimaryKeyRelatedField } from '../../relations/primary-key-related-field.js';
import type { RelatedOptions } from '../../relations/related-field.js';
import { SlugRelatedField } from '../../relations/slug-related-field.js';
import { columnField } from './column-fields.js';

/** The field of a model's column, with the options that the model says (SER-22) and `extra` over them. */
export function standardField(model: Model, name: string, extra: FieldOptions): Field {
  const column = model.fields[name]!;
  return columnField(column, {
    ...access(`${model.name}.${name}`, column.annotations, extra, isReadOnlyColumn(column), isOptionalColumn(column)),
    ...(column.nullable && { allowNull: true }),
    ...texts(column.annotations),
    ...extra,
  });
}

/** The field of a relation: the key of its row, or what the foreign key holds where that is another field of the row (SER-21). */
export function relationalField(model: Model, name: string, extra: FieldOptions): Field {
  const relation = model.relations[name]!;
  const options = relationOptions(model, name, extra);
  const [to] = relation.to;
  const related = relation.model();
  return to === undefined || to === related.primaryKey[0] ? new PrimaryKeyRelatedField(options) : new SlugRelatedField({ ...options, slug: to });
}

/** The options that a model gives the field of a relation: a list may be empty where it is blank, a key is asked for unless it may be null. */
export function relationOptions(model: Model, name: string, extra: FieldOptions): RelatedOptions {
  const relation = model.relations[name]!;
  const { annotations, many, nullable } = relation;
  const optional = isOptionalRelation(relation, (column) => model.fields[column]);
  const options = access(`${model.name}.${name}`, annotations, extra, isReadOnlyRelation(relation), optional);
  return {
    ...options,
    ...(many && { many: true }),
    ...(!options.readOnly && writableOptions(relation)),
    ...(nullable && { allowNull: true }),
    ...texts(annotations),
    ...extra,
  };
}

function writableOptions({ many, annotations }: RelationField): RelatedOptions {
  return {
    ...(many && !annotations.blank && { allowEmpty: false }),
    ...(annotations.limitChoicesTo && { queryset: annotations.limitChoicesTo as Where }),
  };
}

const texts = ({ label, help }: Annotations) => ({ ...(label && { label }), ...(help && { helpText: help }) });

/**
 * Who sees a field, who writes it, and whether input must hold it: as `extra` says, else as the model does.
 * @throws ConfigurationError for a field that would be neither shown nor written.
 */
function access(place: string, { hidden }: Annotations, extra: FieldOptions, modelReadOnly: boolean, optional: boolean): FieldOptions {
  const readOnly = extra.readOnly ?? (modelReadOnly && !extra.writeOnly);
  const writeOnly = extra.writeOnly ?? (hidden === true && !extra.readOnly);
  if (readOnly && writeOnly)
    throw new ConfigurationError(
      `${place} would be neither shown nor written: leave it out, or set one of readOnly and writeOnly to false in extra.`,
    );
  if (readOnly) return { readOnly };
  return { ...(writeOnly && { writeOnly }), ...(extra.default === undefined && { required: !optional }) };
}
