import type { CompiledSerializer } from '../serializers/compiled/compiled-serializer.js';
import type { Write } from '../plan/write.js';

const serializers = new WeakMap<object, CompiledSerializer>();

/** Remembers which serializer made a write of input: what the database refuses of it is told by the names of its fields. */
export function rememberSerializer(write: Write, serializer: CompiledSerializer): Write {
  // By its parts: a service that adds to a write hands on a copy.
  serializers.set(write.columns, serializer).set(write.relations, serializer);
  return write;
}

/** Undefined for a write of plain data. */
export const serializerOf = ({ columns, relations }: Write): CompiledSerializer | undefined => serializers.get(columns) ?? serializers.get(relations);
