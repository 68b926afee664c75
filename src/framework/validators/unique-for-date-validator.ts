import { ConfigurationError } from '../exceptions/configuration-error.js';
import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY } from '../fields/field.js';
import type { Model } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { isOfColumns } from '../prisma/lookups/condition-sql.js';
import { LookupValidator, UNKNOWN, type PlacedLookup, type ValidatorPlace } from './lookup-validator.js';
import { exceptItself, isUnchanged, placedColumn, placedField, placedModel, standingValues, type Instance } from './placed-column.js';

export interface UniqueForOptions<M extends Model = Model> {
  /** The serializer's field that is compared, and its field of the date or moment: by property name. */
  readonly field: string;
  readonly dateField: string;
  /** Whose rows are looked among. Default: the serializer's model. */
  readonly model?: M;
  /** The rows that count; every row where it is left out. */
  readonly queryset?: Where<M>;
  /** `{date_field}` stands for the date's field. */
  readonly message?: string;
}

/** What the three have in common: a new row needs both fields, a change is compared with what the row keeps. Nothing is asked about a null. */
abstract class UniqueForValidator<M extends Model = Model> extends LookupValidator {
  readonly options: UniqueForOptions<M>;
  protected abstract readonly part: 'date' | 'month' | 'year';

  constructor(options: UniqueForOptions<M>) {
    super();
    this.options = options;
  }

  override place(place: ValidatorPlace): PlacedLookup {
    const { name } = this.constructor;
    const [field, dateField] = [placedField(place, name, this.options.field), placedField(place, name, this.options.dateField)];
    const model = placedModel(place, name, this.options.model);
    const [column, date] = [placedColumn(place, name, model, field), placedColumn(place, name, model, dateField)];
    if (date.type !== 'DateTime' || date.nativeType?.[0]?.startsWith('Timet') || date.nativeType?.[0] === 'Time')
      throw new ConfigurationError(`${place.owner}: ${name}'s dateField is ${dateField.name}, which is neither a date nor a moment.`);
    const columns = new Map([
      [column, field.source],
      [date, dateField.source],
    ]);
    const scope = this.options.queryset && assertWhere(model, this.options.queryset as Where);
    if (this.part === 'month' && scope && !isOfColumns(model, scope))
      throw new ConfigurationError(
        `${place.owner}: ${name}'s queryset looks at relations, under which no month can be asked for; name columns alone.`,
      );
    const template = this.options.message ?? `This field must be unique for the "{date_field}" ${this.part}.`;
    const error = () => new ValidationError({ [field.name]: [errorDetail(template, 'unique', { date_field: dateField.wire })] });
    const own = place.model?.name === model.name;
    return {
      kind: `unique for ${this.part}`,
      model,
      columns: [],
      fields: [field.name, dateField.name],
      required: [],
      error,
      ask: (valueOf, context) => {
        const instance = own ? (context.instance as Instance | undefined) : undefined;
        const values = standingValues(columns, valueOf, instance);
        const missing = [field, dateField].filter((_field, at) => Object.values(values)[at] === EMPTY);
        if (missing.length > 0 && context.partial) return undefined;
        if (missing.length > 0)
          throw new ValidationError(Object.fromEntries(missing.map((one) => [one.name, [errorDetail('This field is required.', 'required')]])));
        if (Object.values(values).some((value) => value === null || value === UNKNOWN) || isUnchanged(columns.keys(), values, instance))
          return undefined;
        return {
          lookup: {
            kind: 'exists',
            model,
            values,
            compare: { [date.name]: this.part },
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
}

/**
 * That no other row of the same date has the value of a field (VAL-3). A moment's date is that in UTC.
 *
 * @example
 * new UniqueForDateValidator({ field: 'slug', dateField: 'published' });
 */
export class UniqueForDateValidator<M extends Model = Model> extends UniqueForValidator<M> {
  protected override readonly part = 'date';
}

/** That no other row of the same month, of whatever year, has the value of a field (VAL-4). */
export class UniqueForMonthValidator<M extends Model = Model> extends UniqueForValidator<M> {
  protected override readonly part = 'month';
}

/** That no other row of the same year has the value of a field (VAL-4). */
export class UniqueForYearValidator<M extends Model = Model> extends UniqueForValidator<M> {
  protected override readonly part = 'year';
}
