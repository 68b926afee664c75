import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { FieldContext } from '../../fields/field.js';
import type { CompiledSerializer } from '../compiled/compiled-serializer.js';
import { finishWhole } from './finish-whole.js';
import type { InputBatch } from './input-batch.js';
import type { Parsed } from './parsed.js';
import { ParsedObject } from './parsed-object.js';

/** Reads one object's input: by the serializer's own `toInternalValue` where it has one. @throws ValidationError for what is no object. */
export function parseObject(compiled: CompiledSerializer, input: unknown, context: FieldContext, batch: InputBatch): Parsed {
  return compiled.readsByHand ? new ParsedByHand(compiled, input, context, batch) : new ParsedObject(compiled, input, context, batch);
}

/** An object's input that goes through the serializer's own `toInternalValue`, which is called at once: what it asks by `super` is asked with all the rest. */
class ParsedByHand implements Parsed {
  readonly #compiled: CompiledSerializer;
  readonly #context: FieldContext;
  readonly #data: Promise<Record<string, unknown>>;

  constructor(compiled: CompiledSerializer, input: unknown, context: FieldContext, batch: InputBatch) {
    this.#compiled = compiled;
    this.#context = context;
    this.#data = callNow(() => compiled.serializer.toInternalValue(input, batch.contextOf(context)));
    // It is waited for later: until then its failure is nobody's to handle.
    this.#data.catch(() => {});
  }

  async finish(): Promise<unknown> {
    return finishWhole(this.#compiled, await this.#data, this.#context);
  }
}

/** What the fields of a serializer make of input: `Serializer.toInternalValue` itself. */
export async function readFields(
  compiled: CompiledSerializer,
  input: unknown,
  context: FieldContext,
  batch: InputBatch | undefined,
): Promise<Record<string, unknown>> {
  if (!batch)
    throw new ConfigurationError(
      `${compiled.name}.toInternalValue: super.toInternalValue was given another context; hand on the one that it is called with.`,
    );
  const parsed = new ParsedObject(compiled, input, context, batch);
  await batch.answered();
  return parsed.fields();
}

async function callNow<T>(run: () => T | Promise<T>): Promise<T> {
  return run();
}
