import { rememberSerializer } from '../../conflicts/written-by.js';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field } from '../../fields/field.js';
import { isRecord } from '../../models/json-value.js';
import type { Model, RelationField } from '../../models/model.js';
import { RelatedField } from '../../relations/related-field.js';
import type { DataOf } from '../../services/data-of.js';
import { toWrite } from '../../services/to-write.js';
import type { RelationWrite, RowWrite, Write } from '../../plan/write.js';
import type { CompiledSerializer } from '../compiled/compiled-serializer.js';
import { NestedField } from '../nested-field.js';
import { CHOSEN_KEY } from './nested-rows.js';
import type { NestedWrite } from './nested-write.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * Turns validated data into a write: nested data by the policy of its field, the rest by the model. `extra` are values of the application's that win over
 * the client's; those for a nested serializer go into every row that the client sent for it.
 * @throws ConfigurationError for a name that the model lacks.
 */
export function writeOf(compiled: CompiledSerializer, data: Data, extra: Data = {}): Write {
  const { model } = compiled;
  if (!model)
    throw new ConfigurationError(
      `${compiled.name} has no model to save to: override performCreate and performUpdate, or derive it from ModelSerializer.`,
    );
  const plain: Record<string, unknown> = { ...data };
  const own: Record<string, unknown> = { ...extra };
  const relations: Record<string, RelationWrite> = {};
  for (const [source, write] of nestedIn(compiled)) {
    const { [source]: more } = own;
    // Values for the rows of a nested serializer, and none where there are no rows: nothing is made that the client did not send.
    if (isRecord(more)) delete own[source];
    else if (more !== undefined) plain[source] = more;
    const change = source in plain ? relationWrite(write, plain[source], isRecord(more) ? more : {}) : undefined;
    if (!change) continue;
    relations[source] = change;
    delete plain[source];
    delete own[source];
  }
  for (const [source, field] of fieldsIn(compiled)) {
    const relation = field instanceof RelatedField && Object.hasOwn(model.relations, source) ? model.relations[source] : undefined;
    if (!relation?.many || relation.join || source in own || !Array.isArray(plain[source])) continue;
    relations[source] = keysOfOthers(relation, plain[source]);
    delete plain[source];
  }
  const written = toWrite(model, { ...plain, ...own } as DataOf<Model>);
  return rememberSerializer({ ...written, relations: { ...written.relations, ...relations } }, compiled);
}

/** Undefined where the rows are named by their keys, and the model says how those are written. */
function relationWrite(write: NestedWrite, value: unknown, extra: Data): RelationWrite | undefined {
  const { policy, relation } = write;
  const all: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value];
  if (policy === 'connect') return relation.from.length > 0 ? undefined : { kind: 'set', keys: all };
  if (!all.every(isRecord)) return undefined;
  return { kind: 'rows', rows: all.map((row) => rowWrite(write, row, extra)), others: policy === 'replace' ? 'remove' : 'keep' };
}

/** Data of a row of the parent tells its key. */
function rowWrite({ child, matches, model }: NestedWrite, data: Data & { readonly [CHOSEN_KEY]?: true }, extra: Data): RowWrite {
  const named = matches && !data[CHOSEN_KEY] && model.primaryKey.every((name) => data[name] !== undefined);
  if (!named) return { write: writeOf(child, data, extra) };
  const key = Object.fromEntries(model.primaryKey.map((name) => [name, data[name]]));
  const columns = Object.fromEntries(Object.entries(data).filter(([name]) => !(name in key)));
  return { key, write: writeOf(child, columns, extra) };
}

/** Rows that keep the key of this one, by their keys: they are exactly these afterwards; where each must have one, none is let go, as in Django. */
function keysOfOthers({ model, inverse }: RelationField, keys: readonly unknown[]): RelationWrite {
  return { kind: model().relations[inverse]?.nullable ? 'set' : 'link', keys };
}

/** The fields that are written, those of a part of the row too. */
function* fieldsIn({ writable }: CompiledSerializer): Generator<[source: string, field: Field]> {
  for (const { field, source } of writable) {
    if (field instanceof NestedField && source === '*') yield* fieldsIn(field.compiled);
    else yield [source, field];
  }
}

/** The nested serializers that write related rows, those of a part of the row too. */
function* nestedIn({ writable }: CompiledSerializer): Generator<[source: string, write: NestedWrite]> {
  for (const { field, source, write } of writable) {
    if (write) yield [source, write];
    else if (field instanceof NestedField && source === '*') yield* nestedIn(field.compiled);
  }
}
