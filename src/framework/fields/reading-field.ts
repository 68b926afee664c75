import { Field } from './field.js';
import type { CompileEnvironment } from '../serializers/compiled/compile-environment.js';
import { access, type ReadBuilder } from './read-builder.js';

/** The code that shows a field: an expression, and the condition under which the field is left out. */
export interface Emission {
  readonly expression: string;
  readonly absent?: string;
}

/** A field that says by itself what it reads: relations, counts, computed values, nested serializers. */
export abstract class ReadingField<Out = any, In = any, Optional extends boolean = boolean> extends Field<Out, In, Optional> {
  /** Whether a value is read and shown without a row too, as an item of a list is. */
  get readsAlone(): boolean {
    return false;
  }

  /**
   * The code that shows the field; what it needs of the row is asked of the builder.
   * @throws ConfigurationError where the model has no such field or relation.
   */
  abstract emit(builder: ReadBuilder, source: string, environment: CompileEnvironment): Emission;

  override toInternalValue(_value: unknown): In {
    throw new TypeError(`${this.constructor.name} reads no single value.`);
  }
}

/** Follows a dotted source over to-one relations: the builder at its end, its last part, and the condition under which there is nothing to show. */
export function follow(builder: ReadBuilder, source: string): { builder: ReadBuilder; last: string; absent?: string } {
  const parts = source.split('.');
  const last = parts.pop() as string;
  const missing: string[] = [];
  for (const part of parts) {
    builder = builder.one(part);
    missing.push(`${builder.row} == null`);
  }
  // A row has all that is read of it; a plain object may lack the property.
  if (!builder.model) missing.push(`${access(builder.row, last)} === undefined`);
  return missing.length ? { builder, last, absent: missing.join(' || ') } : { builder, last };
}
