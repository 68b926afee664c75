import { ConfigurationError } from '../exceptions/configuration-error.js';
import { errorDetail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY } from '../fields/field.js';
import type { Model, ScalarField } from '../models/model.js';
import { assertWhere } from '../plan/assert-where.js';
import type { Where } from '../plan/where.js';
import { isOfColumns } from '../prisma/lookups/condition-sql.js';
import { LookupValidator, UNKNOWN, type PlacedLookup, type ValidatorPlace } from './lookup-validator.js';
import { exceptItself, isUnchanged, placedColumn, placedField, placedModel, standingValues, type Instance } from './placed-column.js';
import { uniqueMessage, uniqueSetMessage } from './unique-messages.js';

export interface UniqueTogetherOptions<M extends Model = Model> {
  /** The serializer's fields, by property name. */
  readonly fields: readonly string[];
  /** Whose rows are looked among. Default: the serializer's model. */
  readonly model?: M;
  /** The rows that count; every row where it is left out. */
  readonly queryset?: Where<M>;
  /** `{field_names}` stands for the fields. */
  readonly message?: string;
  readonly code?: string;
  /** The set is only of rows that this holds for, columns of the model alone: a partial index's condition. */
  readonly condition?: Where<M>;
  /** The serializer's fields that the condition looks at: asked for on create, as the set's own are. */
  readonly conditionFields?: readonly string[];
  /** Whether rows differ in a null. Default: true, as in PostgreSQL. */
  readonly nullsDistinct?: boolean;
}

/**
 * That no other row has the same values in a set of fields (VAL-2). The model's compound constraints have one without being told to.
 *
 * A new row must be given every field of the set, unless the model has a default for it. Nothing is asked while a value is null, or where a change
 * leaves all of them as they are.
 *
 * @example
 * new UniqueTogetherValidator({ fields: ['author', 'title'], message: 'This author has a book of this title.' });
 */
export class UniqueTogetherValidator<M extends Model = Model> extends LookupValidator {
  readonly options: UniqueTogetherOptions<M>;

  constructor(options: UniqueTogetherOptions<M>) {
    super();
    if (options.fields.length === 0) throw new ConfigurationError('UniqueTogetherValidator: fields is empty; name the fields of the set.');
    this.options = options;
  }

  override place(place: ValidatorPlace): PlacedLookup {
    const name = 'UniqueTogetherValidator';
    const { fields, conditionFields = [], nullsDistinct = true, queryset } = this.options;
    const model = placedModel(place, name, this.options.model);
    const columnsOf = (names: readonly string[]) =>
      new Map(names.map((one) => placedField(place, name, one)).map((field) => [placedColumn(place, name, model, field), field.source] as const));
    const columns = columnsOf(fields);
    const asked = new Map([...columns, ...columnsOf(conditionFields)]);
    const condition = this.options.condition && conditionOf(place, model, this.options.condition as Where, asked);
    const scope = queryset && assertWhere(model, queryset as Where);
    if (condition && scope && !isOfColumns(model, scope))
      throw new ConfigurationError(`${place.owner}: ${name} has a condition, and a queryset that looks at relations; say one of the two.`);
    const own = place.model?.name === model.name;
    const error = () => this.#error(place, model);
    return {
      kind: 'unique together',
      model,
      columns: [...columns.keys()].map((column) => column.name),
      fields,
      required: [...fields, ...conditionFields].filter((one) => isAsked(placedColumn(place, name, model, placedField(place, name, one)))),
      error,
      ask: (valueOf, context) => {
        const instance = own ? (context.instance as Instance | undefined) : undefined;
        const values = standingValues(columns, valueOf, instance);
        const others = standingValues(condition?.columns ?? new Map<ScalarField, string>(), valueOf, instance);
        const all = Object.values({ ...values, ...others });
        if (all.includes(UNKNOWN)) return undefined;
        if (all.includes(EMPTY)) return context.partial ? undefined : requireAll(place, { ...others, ...values }, asked);
        if (nullsDistinct && Object.values(values).includes(null)) return undefined;
        if (isUnchanged([...columns.keys(), ...(condition?.columns.keys() ?? [])], { ...others, ...values }, instance)) return undefined;
        return {
          lookup: {
            kind: 'exists',
            model,
            values,
            ...exceptItself(model, place, instance),
            ...(scope && { scope }),
            ...(condition && { condition: { where: condition.where, values: others } }),
          },
          settle: (found) => {
            if (found) throw error();
          },
        };
      },
    };
  }

  #error({ fields }: ValidatorPlace, model: Model): ValidationError {
    const named = this.options.fields.map((name) => fields.find((field) => field.name === name)!);
    const { message, code } = this.options;
    const [first] = named;
    // A set of one field is a rule of that field.
    if (named.length === 1 && first) {
      const text = message === undefined ? uniqueMessage(model, first.source) : uniqueSetMessage([first.wire], message, code);
      return new ValidationError({ [first.name]: [text] });
    }
    return new ValidationError([
      uniqueSetMessage(
        named.map(({ wire }) => wire),
        message,
        code,
      ),
    ]);
  }
}

/** Whether nothing but input gives a new row's column a value. */
const isAsked = (column: ScalarField) => !column.hasDefault && !column.nullable;

/** The columns and relations that a condition in normal form looks at. */
function columnsIn(where: Where): Set<string> {
  const found = new Set<string>();
  for (const [name, condition] of Object.entries(where)) {
    const inner: readonly Where[] =
      name === 'AND' || name === 'OR' ? (condition as Where[]) : name === 'NOT' ? [condition as Where] : (found.add(name), []);
    for (const one of inner) for (const column of columnsIn(one)) found.add(column);
  }
  return found;
}

/** A condition in normal form, and the columns that it looks at with the sources that give their values. */
function conditionOf({ owner }: ValidatorPlace, model: Model, condition: Where, asked: ReadonlyMap<ScalarField, string>) {
  const where = assertWhere(model, condition);
  const columns = [...columnsIn(where)].map((name) => {
    const column = model.fields[name];
    if (!column)
      throw new ConfigurationError(
        `${owner}: UniqueTogetherValidator's condition looks at ${name}; it may look at ${model.name}'s own columns alone.`,
      );
    return [column, asked.get(column) ?? column.foreignKeyOf ?? column.name] as const;
  });
  return { where, columns: new Map(columns) };
}

/** @throws ValidationError for the fields that were asked for and are not there. What no field could have given is left to the database. */
function requireAll({ fields }: ValidatorPlace, values: Readonly<Record<string, unknown>>, asked: ReadonlyMap<ScalarField, string>): undefined {
  const missing = [...asked].filter(([column]) => values[column.name] === EMPTY).map(([, source]) => source);
  const names = fields.filter(({ source }) => missing.includes(source)).map(({ name }) => name);
  if (names.length > 0)
    throw new ValidationError(Object.fromEntries(names.map((name) => [name, [errorDetail('This field is required.', 'required')]])));
}
