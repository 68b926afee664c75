import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { Model } from '../models/model.js';
import type { DataOf } from '../services/data-of.js';
import { toWrite } from '../services/to-write.js';
import type { RelationWrite, Write } from '../services/write.js';
import type { CompiledSerializer } from './compiled-serializer.js';
import { NestedField } from './nested-field.js';

/**
 * Turns validated data, with what a hook has added to it, into a write: nested data by the policy of its field, the rest by the model.
 * @throws ConfigurationError for a name that the model lacks.
 */
export function writeOf(compiled: CompiledSerializer, data: Readonly<Record<string, unknown>>): Write {
  const { model } = compiled;
  if (!model)
    throw new ConfigurationError(
      `${compiled.name} has no model to save to: override performCreate and performUpdate, or derive it from ModelSerializer.`,
    );
  const plain: Record<string, unknown> = { ...data };
  const relations: Record<string, RelationWrite> = {};
  for (const [source, field] of nestedIn(compiled)) {
    if (!(source in plain)) continue;
    const rows = plain[source];
    delete plain[source];
    relations[source] = {
      kind: 'rows',
      rows: (Array.isArray(rows) ? rows : [rows]).map((row) => ({ write: writeOf(field.compiled, row) })),
      others: field.options.write === 'replace' ? 'remove' : 'keep',
    };
  }
  const write = toWrite(model, plain as DataOf<Model>);
  return { ...write, relations: { ...write.relations, ...relations } };
}

/** The nested serializers that read related rows, those of a part of the row too. */
function* nestedIn({ writable }: CompiledSerializer): Generator<[source: string, field: NestedField]> {
  for (const { field, source } of writable) {
    if (!(field instanceof NestedField)) continue;
    if (source === '*') yield* nestedIn(field.compiled);
    else yield [source, field];
  }
}
