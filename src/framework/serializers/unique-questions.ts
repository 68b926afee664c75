import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import type { FieldContext } from '../fields/field.js';
import { Message } from '../messages/message.js';
import type { Model, ScalarField } from '../models/model.js';
import type { BoundField, CompiledSerializer } from './compiled-serializer.js';
import type { Question } from './parsed.js';

/** Whether another row has the value of a unique field, or the same row in a one-to-one relation (VAL-1). */
export function askUnique(model: Model, { source }: BoundField, value: unknown, { instance }: FieldContext): Question | undefined {
  const column = model.fields[source] ?? foreignKey(model, source);
  if (!column?.unique || value === null) return undefined;
  return {
    lookup: { kind: 'exists', model, values: { [column.name]: value }, ...except(model, instance) },
    settle: (found) => {
      if (found) throw new ValidationError([uniqueMessage(model, column.name)]);
    },
  };
}

/**
 * Whether another row has the same values in a unique set (VAL-2). Nothing is asked while a value is missing, wrong or null.
 * `valueOf` answers a field's value, or the key that a relation was given and that is still being looked up; undefined where none was sent.
 */
export function* askSets(
  compiled: CompiledSerializer,
  valueOf: (bound: BoundField) => unknown,
  { instance }: FieldContext,
  fail: (error: Detail) => void,
): Iterable<Question> {
  const model = compiled.model as Model;
  for (const { columns, sources } of compiled.uniqueSets) {
    const bound = sources.map((source) => compiled.writable.find((one) => one.source === source) as BoundField);
    // What is not sent stays as it is, or becomes what the model says.
    const unsent = (column: string) => (instance ? (instance as Record<string, unknown>)[column] : model.fields[column]?.default);
    const values = Object.fromEntries(
      columns.map((column, at) => {
        const value = valueOf(bound[at] as BoundField);
        return [column, value === undefined ? unsent(column) : value];
      }),
    );
    if (Object.values(values).some((value) => value === undefined || value === null)) continue;
    yield {
      lookup: { kind: 'exists', model, values, ...except(model, instance) },
      settle: (found) => {
        if (found) fail(uniqueSetMessage(bound.map(({ wire }) => wire)));
      },
    };
  }
}

/** The message of a unique column, in which a foreign key is called by its relation. */
export function uniqueMessage(model: Model, name: string): Detail {
  const column = model.fields[name];
  const said = column?.foreignKeyOf ? model.relations[column.foreignKeyOf] : column;
  const label = said?.annotations.label ?? (said?.name ?? name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const params = { model_name: new Message(model.verboseName), field_label: new Message(label) };
  return errorDetail('{model_name} with this {field_label} already exists.', 'unique', params);
}

/** The message of a unique set, by the names of its fields on the wire. */
export const uniqueSetMessage = (names: readonly string[]): Detail =>
  errorDetail('The fields {field_names} must make a unique set.', 'unique', { field_names: names.join(', ') });

/** The column of a to-one relation that is the related row's primary key. */
function foreignKey(model: Model, source: string): ScalarField | undefined {
  const relation = model.relations[source];
  if (relation?.from.length !== 1 || relation.to[0] !== relation.model().primaryKey[0]) return undefined;
  return model.fields[relation.from[0] as string];
}

function except(model: Model, instance: object | undefined) {
  if (!instance) return {};
  return { except: Object.fromEntries(model.primaryKey.map((name) => [name, (instance as Record<string, unknown>)[name]])) };
}
