import { errorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { EMPTY } from '../fields/field.js';
import { pythonType } from '../fields/text/python.js';
import { nearestName } from '../internal/nearest-name.js';
import { isRecord } from '../models/json-value.js';
import { FormValues } from '../requests/form-values.js';
import type { ConstraintPlace, Found } from '../validators/constraints/constraint.js';
import type { PropertyConstraints } from '../validators/constraints/property-constraints.js';
import { freeValue } from './free-value.js';
import type { PropertyReader, PropertyValue } from './property-reader.js';
import { assertDepth, type Reading } from './reading.js';

type Input = Record<string, unknown> | FormValues;

/** The most names that are told to be unknown. */
const MAX_TOLD = 20;

/** A plain class made ready at boot: how its objects are read from input and checked. */
export class CompiledClass {
  /** Filled in when every class that is read beneath it is known: classes may hold each other. */
  properties: readonly PropertyReader[] = [];

  constructor(readonly of: new () => object) {}

  /**
   * An object of the class, with the properties that decorators tell of and no others. `further` names are known, and nothing of it.
   * @throws ValidationError with every message, by name on the wire; ParseError past the depth.
   */
  async read(input: unknown, reading: Reading, depth = 0, further: readonly string[] = []): Promise<object> {
    assertDepth(reading, depth);
    if (!isInput(input)) throw new ValidationError({ [reading.nonFieldErrorsKey]: [noDictionary(input)] });
    const instance = new this.of() as Record<string, unknown>;
    const values = new Map<PropertyReader, PropertyValue>();
    const source = sourceOf(input, reading, depth);
    for (const property of this.properties) {
      const found = await property.read(property.submitted(input), input instanceof FormValues, source, reading, depth + 1);
      values.set(property, found);
      if (found.value !== EMPTY) instance[property.property] = found.value;
    }
    // What a class declares and nobody has sent is not there, so that it is nowhere taken for a value.
    for (const name of Object.keys(instance)) if (instance[name] === undefined) delete instance[name];
    const errors = { ...this.#unknown(input, reading, further) };
    for (const [property, found] of values) {
      const detail = await this.#check(property, found, instance, reading);
      if (detail !== undefined) errors[property.wire] = detail;
    }
    if (Object.keys(errors).length > 0) throw new ValidationError(errors);
    return instance;
  }

  #check(
    { property, wire, constraints }: PropertyReader,
    { problem, failure }: PropertyValue,
    instance: object,
    { groups }: Reading,
  ): Found | Promise<Found> {
    const value = (instance as Record<string, unknown>)[property];
    const place: ConstraintPlace = { object: instance, targetName: this.of.name, property, wire };
    const isAsked = constraints.isAsked(value, groups, place);
    if (problem !== undefined) {
      // An object's own messages, by name, say more than what is said of it as a whole.
      const isWhole = Array.isArray(problem);
      return (isAsked && isWhole ? constraints.askReady(value, groups, place) : undefined) ?? problem;
    }
    if (failure !== undefined) {
      const found = isAsked ? this.#refusal(value, constraints, groups, place) : undefined;
      if (found === undefined) throw failure;
      return found;
    }
    if (!isAsked) return undefined;
    if (value === undefined || value === null) return this.#refusal(value, constraints, groups, place);
    return constraints.askReady(value, groups, place) ?? constraints.askOwn(value, groups, place);
  }

  /** What ready constraints have against a value, which may be missing or null. */
  #refusal(value: unknown, constraints: PropertyConstraints, groups: readonly string[], place: ConstraintPlace): Found {
    if (value !== undefined && value !== null) return constraints.askReady(value, groups, place);
    return constraints.refuses(value, groups, place) ? [missing(value)] : undefined;
  }

  #unknown(input: Input, { unknown }: Reading, further: readonly string[]): Record<string, Detail> {
    if (unknown === 'ignore') return {};
    const known = new Set([...this.properties.map(({ wire }) => wire), ...further]);
    const names = input instanceof FormValues ? input.names().map((name) => /^[^.[]*/.exec(name)?.[0] ?? name) : Object.keys(input);
    const odd = [...new Set(names)].filter((name) => !known.has(name)).slice(0, MAX_TOLD);
    return Object.fromEntries(odd.map((name) => [name, [unknownField(name, known)]]));
  }
}

const isInput = (input: unknown): input is Input => input instanceof FormValues || isRecord(input);

const noDictionary = (input: unknown) =>
  errorDetail('Invalid data. Expected a dictionary, but got {datatype}.', 'invalid', { datatype: pythonType(input) });

const missing = (value: null | undefined) =>
  value === null ? errorDetail('This field may not be null.', 'null') : errorDetail('This field is required.', 'required');

function unknownField(name: string, known: Iterable<string>): Detail {
  const nearest = nearestName(name, known);
  return nearest === undefined
    ? errorDetail('Unknown field.', 'unknown_field')
    : errorDetail('Unknown field. Did you mean "{nearest}"?', 'unknown_field', { nearest });
}

/** What transformations see as `obj`: a copy of the input, made when one asks for it. */
function sourceOf(input: Input, reading: Reading, depth: number): () => unknown {
  let copy: unknown;
  return () => (copy ??= freeValue(input, reading, depth));
}
