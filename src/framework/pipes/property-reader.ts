import { TransformationType, type ClassTransformOptions, type TransformFnParams, type TransformMetadata } from 'class-transformer';
import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY } from '../fields/field.js';
import { pythonType } from '../fields/text/python.js';
import { isRecord } from '../models/json-value.js';
import { FormValues } from '../requests/form-values.js';
import type { PropertyConstraints } from '../validators/constraints/property-constraints.js';
import { freeValue } from './free-value.js';
import { detailOf, type Reading } from './reading.js';
import type { PropertyType } from './property-type.js';

/** What a property is given: a value, why it could not be read, or neither where none was sent. */
export interface PropertyValue {
  readonly value: unknown;
  /** Told unless a ready constraint has something to say about the value as it was sent. */
  readonly problem?: Detail;
  /** What a transformation failed with: a mistake of the application's, unless a constraint refuses the value that it was given. */
  readonly failure?: unknown;
}

/** How one property of a class is read from input: made at boot. */
export class PropertyReader {
  constructor(
    /** `CreateBook.title`, for what a developer is told. */
    private readonly place: string,
    readonly property: string,
    /** Its name in input. */
    readonly wire: string,
    readonly type: PropertyType,
    readonly constraints: PropertyConstraints,
    readonly transforms: readonly TransformMetadata[],
    /** Whether it is transformed even where it was not sent. */
    readonly isExposed: boolean,
  ) {}

  /** What was sent for it: EMPTY where nothing was. */
  submitted(input: Record<string, unknown> | FormValues): unknown {
    if (input instanceof FormValues) return this.#formValue(input);
    return Object.hasOwn(input, this.wire) ? input[this.wire] : EMPTY;
  }

  async read(sent: unknown, isText: boolean, source: () => unknown, reading: Reading, depth: number): Promise<PropertyValue> {
    const { value, problem } = sent === null || sent === EMPTY ? { value: sent } : await this.#typed(sent, isText, reading, depth);
    if (problem !== undefined || (value === EMPTY && !this.isExposed)) return { value, ...(problem !== undefined && { problem }) };
    return this.#transform(value === EMPTY ? undefined : value, source, reading);
  }

  async #typed(sent: unknown, isText: boolean, reading: Reading, depth: number): Promise<PropertyValue> {
    try {
      return { value: await this.#read(sent, isText, reading, depth) };
    } catch (error) {
      return { value: sent, problem: detailOf(error) };
    }
  }

  async #read(sent: unknown, isText: boolean, reading: Reading, depth: number): Promise<unknown> {
    const { isList } = this.type;
    if (!this.type.isSaid(isText)) return isList && isText ? freeValue(listOf(sent), reading, depth) : freeValue(sent, reading, depth);
    if (Array.isArray(sent) && isList !== false) return this.#readItems(sent, reading, depth);
    if (isList)
      throw new ValidationError([
        errorDetail('Expected a list of items but got type "{input_type}".', 'not_a_list', { input_type: pythonType(sent) }),
      ]);
    return this.type.read(sent, reading, depth);
  }

  async #readItems(items: readonly unknown[], reading: Reading, depth: number): Promise<unknown[]> {
    const errors: Record<string, Detail> = {};
    const read: unknown[] = [];
    for (const [at, item] of items.entries()) {
      try {
        if (item === null) throw new ValidationError([errorDetail('This field may not be null.', 'null')]);
        read.push(await this.type.read(item, reading, depth + 1));
      } catch (error) {
        errors[at] = detailOf(error);
      }
    }
    if (Object.keys(errors).length > 0) throw new ValidationError(errors);
    return read;
  }

  #transform(before: unknown, source: () => unknown, { groups }: Reading): PropertyValue {
    let value = before;
    try {
      for (const { transformFn } of this.transforms) {
        value = transformFn(new Transformed(value, this.property, source, { groups: [...groups] }));
      }
    } catch (error) {
      return { value: before, ...(error instanceof ValidationError ? { problem: error.detail } : { failure: error }) };
    }
    if (value instanceof Promise)
      throw new ConfigurationError(`${this.place}: @Transform answers a promise. Use a constraint, or do it in the handler.`);
    return { value: value === undefined ? EMPTY : value };
  }

  /** As Django's forms have it: a nested object is `name.key`, a list the name again and again, or `name[0]`, `name[0]key`. */
  #formValue(form: FormValues): unknown {
    const { isList, isObject } = this.type;
    if (isList) {
      const values = isObject ? [] : form.getAll(this.wire);
      return values.length > 0 ? [...values] : (form.list(this.wire) ?? EMPTY);
    }
    if (isObject && !form.has(this.wire)) return form.dictionary(this.wire) ?? EMPTY;
    const value = form.get(this.wire);
    // An input that was left empty is nothing, but where a text is wanted.
    return value === undefined || (value === '' && this.constraints.isOptional && this.type.isSaid(true)) ? EMPTY : value;
  }
}

/** What a transformation is told. A class, for V8 keeps a hidden class of each literal that has a getter until it collects the whole heap. */
class Transformed implements TransformFnParams {
  readonly type = TransformationType.PLAIN_TO_CLASS;

  constructor(
    readonly value: unknown,
    readonly key: string,
    private readonly source: () => unknown,
    readonly options: ClassTransformOptions,
  ) {}

  get obj() {
    return this.source();
  }
}

/** Whether a decorator of class-transformer counts: one without groups always does. */
export const counts = (groups: readonly string[] | undefined, asked: readonly string[]): boolean =>
  !groups?.length || groups.some((group) => asked.includes(group));

const listOf = (sent: unknown): unknown => (Array.isArray(sent) || isRecord(sent) || sent instanceof FormValues ? sent : [sent]);
