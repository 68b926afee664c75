import { ConfigurationError } from '../exceptions/configuration-error.js';
import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY } from '../fields/field.js';
import type { Model } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { LookupValidator, UNKNOWN, type PlacedField, type PlacedLookup, type ValidatorPlace } from './lookup-validator.js';
import { exceptItself, placedColumn, placedModel } from './placed-column.js';
import { uniqueMessage } from './unique-messages.js';

export interface UniqueOptions<M extends Model = Model> {
  /** Whose rows are looked among. Default: the serializer's model. */
  readonly model?: M;
  /** The model's field that is compared. Default: the field's source. */
  readonly field?: string;
  /** The rows that count; every row where it is left out. */
  readonly queryset?: Where<M>;
  /** `iexact` is blind to case. Default: `exact`. */
  readonly lookup?: 'exact' | 'iexact';
  readonly message?: string;
}

/**
 * That no other row has the value of a field (VAL-1). A unique column has one without being told to; declare it for a text of your own, for a column
 * that the database does not keep unique, or for a comparison that is blind to case.
 *
 * @example
 * name = char({ maxLength: 50, validators: [new UniqueValidator({ model: models.genre, field: 'name', lookup: 'iexact' })] });
 */
export class UniqueValidator<M extends Model = Model> extends LookupValidator {
  readonly options: UniqueOptions<M>;

  constructor(options: UniqueOptions<M> = {}) {
    super();
    this.options = options;
  }

  override place(place: ValidatorPlace): PlacedLookup {
    const { lookup = 'exact', queryset } = this.options;
    const field = fieldOf(place);
    const model = placedModel(place, 'UniqueValidator', this.options.model);
    const column = placedColumn(place, 'UniqueValidator', model, this.options.field ? { ...field, source: this.options.field } : field);
    if (lookup !== 'exact' && column.type !== 'String')
      throw new ConfigurationError(
        `${place.owner}: UniqueValidator compares ${column.name} by ${lookup}, and only texts have case; leave lookup out.`,
      );
    const scope = queryset && assertWhere(model, queryset as Where);
    const error = () => new ValidationError([this.message(model, column.name)]);
    return {
      kind: lookup === 'exact' ? 'unique' : 'unique but for case',
      model,
      columns: [column.name],
      fields: [field.name],
      required: [],
      error,
      ask: (valueOf, { instance }) => {
        const value = valueOf(field.source);
        if (value === null || value === EMPTY || value === UNKNOWN) return undefined;
        return {
          lookup: {
            kind: 'exists',
            model,
            values: { [column.name]: value },
            ...(lookup !== 'exact' && { compare: { [column.name]: lookup } }),
            ...exceptItself(model, place, instance),
            ...(scope && { scope }),
          },
          settle: (found) => {
            if (found) throw error();
          },
        };
      },
    };
  }

  /** What the client is told. */
  protected message(_model: Model, _column: string): Detail {
    return errorDetail(this.options.message ?? 'This field must be unique.', 'unique');
  }
}

/** That of a unique column, in the model's words. */
export class UniqueColumnValidator extends UniqueValidator {
  protected override message(model: Model, column: string): Detail {
    return uniqueMessage(model, column);
  }
}

function fieldOf({ owner, field }: ValidatorPlace): PlacedField {
  if (!field) throw new ConfigurationError(`${owner}: UniqueValidator is of one field; name it in the field's validators.`);
  return field;
}
