import type { Model } from '../../models/model.js';
import type { InputBatch } from '../input/input-batch.js';
import type { NestedWrite, ParentSet } from './nested-write.js';
import type { ParsedObject } from '../input/parsed-object.js';
import { uniqueMessage, uniqueSetMessage } from '../../validators/unique-messages.js';

type Row = Readonly<Record<string, unknown>>;

/** Asks whether another row of the parent has the same values in a constraint that the parent's key is part of: no field of the nested serializer knows it. */
export function askParentSets({ parentSets, model }: NestedWrite, object: ParsedObject, parent: Row, batch: InputBatch): void {
  for (const set of parentSets) {
    const values = valuesOf(set, model, object, parent);
    if (!values) continue;
    const instance = object.context.instance as Row | undefined;
    const except = instance && { except: Object.fromEntries(model.primaryKey.map((name) => [name, instance[name]])) };
    batch.ask({
      lookup: { kind: 'exists', model, values, ...except },
      owner: object,
      settle: (found) => {
        if (found)
          object.refuse(set.wires.length === 1 && set.columns.length === 1 ? uniqueMessage(model, set.columns[0]!) : uniqueSetMessage(set.wires));
      },
    });
  }
}

/** Undefined while a value is missing, wrong or null: rows that differ in nothing but a null are no rivals. */
function valuesOf({ columns, sources }: ParentSet, model: Model, object: ParsedObject, parent: Row): Row | undefined {
  const instance = object.context.instance as Row | undefined;
  const values: Record<string, unknown> = {};
  for (const [at, column] of columns.entries()) {
    const source = sources[at];
    const sent = source === undefined ? parent[column] : object.valueOf(source);
    const value = sent !== undefined ? sent : instance ? instance[column] : model.fields[column]!.default;
    if (value === undefined || value === null) return undefined;
    values[column] = value;
  }
  return values;
}
