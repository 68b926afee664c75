import { ConfigurationError } from '../exceptions/configuration-error.js';
import { EMPTY } from '../fields/field.js';
import type { Model, ScalarField } from '../models/model.js';
import { columnValue } from '../plan/column-value.js';
import { toText } from '../prisma/driver-value.js';
import { UNKNOWN, type PlacedField, type ValidatorPlace, type ValueOf } from './lookup-validator.js';

/** A row that is being changed, by its columns. */
export type Instance = Readonly<Record<string, unknown>>;

/** The column that holds a field's value: its own, or the foreign key of a to-one relation to a primary key. Undefined where there is none. */
export function columnOf(model: Model, source: string): ScalarField | undefined {
  if (Object.hasOwn(model.fields, source)) return model.fields[source];
  const relation = Object.hasOwn(model.relations, source) ? model.relations[source] : undefined;
  if (relation?.from.length !== 1 || relation.to[0] !== relation.model().primaryKey[0]) return undefined;
  return model.fields[relation.from[0] as string];
}

/** The field of a name that a validator's options say. @throws ConfigurationError where the serializer has none. */
export function placedField({ owner, fields }: ValidatorPlace, validator: string, name: string): PlacedField {
  const field = fields.find((one) => one.name === name);
  if (!field)
    throw new ConfigurationError(
      `${owner}: ${validator} names ${name}, which no field is that is written. There are ${fields.map((one) => one.name).join(', ')}.`,
    );
  return field;
}

/** @throws ConfigurationError where a field is of no column that could be compared. */
export function placedColumn(place: ValidatorPlace, validator: string, model: Model, field: PlacedField): ScalarField {
  const column = columnOf(model, field.source);
  if (!column || column.list || column.type === 'Json' || column.type === 'Bytes')
    throw new ConfigurationError(`${place.owner}: ${validator} names ${field.name}, whose source ${field.source} is no column of ${model.name}.`);
  return column;
}

/** @throws ConfigurationError where neither the options nor the serializer say one. */
export function placedModel({ owner, model }: ValidatorPlace, validator: string, own: Model | undefined): Model {
  const found = own ?? model;
  if (!found) throw new ConfigurationError(`${owner}: ${validator} has no model to look in; name one: new ${validator}({ model: models.book, … }).`);
  return found;
}

/** The value that a column will have: what was sent, else what the row has, else what the model says. `EMPTY` where nothing says one. */
export function standing(column: ScalarField, sent: unknown, instance: Instance | undefined): unknown {
  if (sent !== EMPTY) return sent;
  if (instance) return column.name in instance ? instance[column.name] : UNKNOWN;
  if (column.default !== undefined) return column.default;
  // Made by the database when the row is.
  if (column.hasDefault) return UNKNOWN;
  return column.nullable ? null : EMPTY;
}

/** The values that columns will have, by name, a relation's under its column: `EMPTY` and `UNKNOWN` among them. */
export function standingValues(columns: ReadonlyMap<ScalarField, string>, valueOf: ValueOf, instance: Instance | undefined): Record<string, unknown> {
  return Object.fromEntries([...columns].map(([column, source]) => [column.name, standing(column, valueOf(source), instance)]));
}

/** Whether a row has these values already. */
export function isUnchanged(columns: Iterable<ScalarField>, values: Readonly<Record<string, unknown>>, instance: Instance | undefined): boolean {
  if (!instance) return false;
  for (const column of columns) if (!isSame(column, values[column.name], instance[column.name])) return false;
  return true;
}

function isSame(column: ScalarField, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || a === undefined || b === undefined) return false;
  const [one, other] = [columnValue(column, a), columnValue(column, b)];
  return one.kind === 'value' && other.kind === 'value' && toText(column, one.value) === toText(column, other.value);
}

/** Leaves the changed row itself out of a look-up in its own table. */
export function exceptItself(model: Model, place: ValidatorPlace, instance: object | undefined) {
  if (!instance || place.model?.name !== model.name) return {};
  return { except: Object.fromEntries(model.primaryKey.map((name) => [name, (instance as Instance)[name]])) };
}
