import type { RelationField } from '../models/model.js';
import type { BoundField, CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import { NestedField } from '../serializers/nested-field.js';
import type { Naming } from '../settings/naming.js';
import { serializerOf } from './written-by.js';
import type { WrittenRow } from './written-row.js';

/** A field that input has, and the way to it from the object that it is of: a part of the object may be a serializer of its own. */
export interface FieldPlace {
  readonly bound: BoundField;
  readonly path: readonly string[];
}

/** The field of a serializer that writes one of some columns or relations: the first that there is. */
export function fieldPlace(serializer: CompiledSerializer | undefined, ...sources: readonly (string | undefined)[]): FieldPlace | undefined {
  for (const source of sources) {
    const place = source === undefined || !serializer ? undefined : placeOf(serializer, source);
    if (place) return place;
  }
  return undefined;
}

function placeOf({ writable }: CompiledSerializer, source: string): FieldPlace | undefined {
  for (const bound of writable) {
    if (bound.source === source) return { bound, path: [bound.wire] };
    const inner = bound.source === '*' && bound.field instanceof NestedField ? placeOf(bound.field.compiled, source) : undefined;
    if (inner) return { bound: inner.bound, path: [bound.wire, ...inner.path] };
  }
  return undefined;
}

/** Where a relation's rows stand in the object of the row that has it: by the serializer's names, else by the model's. */
export function relationPath(row: WrittenRow, { name }: RelationField, naming: Naming): readonly string[] {
  return fieldPlace(serializerOf(row.write), name)?.path ?? [naming(name)];
}

/** Where the object of a row stands in the one that the write began with. */
export function rowPath(row: WrittenRow, naming: Naming): readonly string[] {
  if (!row.within) return [];
  const { row: outer, relation, at } = row.within;
  return [...rowPath(outer, naming), ...relationPath(outer, relation, naming), ...(relation.many ? [String(at)] : [])];
}
