import * as classValidator from 'class-validator';
import type { MetadataStorage, ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { errorDetail, type Detail, type ErrorDetail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import { pythonType } from '../../fields/text/python.js';
import { constraintText } from './constraint-texts.js';
import { constraintValue } from './constraint-value.js';

/** What class-validator has written down of one decorator. */
export type DeclaredConstraint = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];

/** What a value is found to be: nothing wrong with it, or what is. */
export type Found = Detail | undefined;

/** Where a value stands: beside which others, and under which names. */
export interface ConstraintPlace {
  /** The values of all properties by name, for conditions and constraints that compare. */
  readonly object: object;
  readonly targetName: string;
  readonly property: string;
  /** The property's name on the wire: what stands in messages. */
  readonly wire: string;
}

/** The names of the constraints that come with class-validator. */
const READY: ReadonlySet<string> = new Set(Object.values(classValidator).filter((value) => typeof value === 'string'));

/** A constraint of class-validator on a property, made ready at boot: `@MinLength(3)`, or one of the application's own. */
export class Constraint {
  /** Whether it is one of class-validator's: it takes any value, and answers at once. */
  readonly isReady: boolean;

  constructor(
    readonly name: string,
    readonly declared: DeclaredConstraint,
    private readonly instance: ValidatorConstraintInterface,
  ) {
    this.isReady = READY.has(name);
  }

  /** Whether it is asked: it is of one of the groups, and its own condition holds. No groups are all of them. */
  isAsked(groups: readonly string[], { object }: ConstraintPlace, value: unknown): boolean {
    return inGroups(this.declared, groups) && (this.declared.validateIf?.(object, value) ?? true);
  }

  /** What is wrong with a value; a record by index of what is wrong with items, where the constraint is of each. A promise where it is asynchronous. */
  ask(value: unknown, place: ConstraintPlace): Found | Promise<Found> {
    if (!this.declared.each) return this.#askOne(value, place);
    const items = itemsOf(value);
    if (!items) return [errorDetail('Expected a list of items but got type "{input_type}".', 'not_a_list', { input_type: pythonType(value) })];
    const found = items.map((item) => this.#askOne(item, place));
    return found.some((one) => one instanceof Promise) ? Promise.all(found).then(byIndex) : byIndex(found as Found[]);
  }

  #askOne(value: unknown, place: ConstraintPlace): Found | Promise<Found> {
    const given = this.isReady ? constraintValue(value) : value;
    const { targetName, property, object } = place;
    const args: ValidationArguments = { targetName, property, object, value: given, constraints: this.declared.constraints };
    try {
      const answer = this.instance.validate(given, args);
      if (typeof answer !== 'object') return answer ? undefined : [this.#message(args, place)];
      return Promise.resolve(answer).then((valid) => (valid ? undefined : [this.#message(args, place)]), refusal);
    } catch (error) {
      return refusal(error);
    }
  }

  #message(args: ValidationArguments, { wire, targetName }: ConstraintPlace): ErrorDetail {
    const { message } = this.declared;
    const { constraints = [], value } = args;
    const text = message ? undefined : constraintText(this.name, constraints, value);
    if (text) return text;
    const written = (typeof message === 'function' ? message(args) : message) || this.instance.defaultMessage?.(args) || 'Invalid input.';
    const isShown = ['string', 'number', 'boolean'].includes(typeof value);
    return errorDetail(templateOf(written), this.name, {
      property: wire,
      target: targetName,
      ...(isShown && { value }),
      ...Object.fromEntries(constraints.map((one: unknown, at: number) => [`constraint${at + 1}`, shown(one)])),
    });
  }
}

/** Whether a decorator counts, as class-validator has it: no groups are all of them. */
export function inGroups({ always, groups }: DeclaredConstraint, asked: readonly string[]): boolean {
  return always === true || asked.length === 0 || (groups ?? []).some((group) => asked.includes(group));
}

/** All that is wrong, in its order; what is wrong with items, by index, is told alone. */
export function together(found: readonly Found[]): Found {
  const details = found.filter((one) => one !== undefined);
  if (details.length === 0) return undefined;
  const records = details.filter((one): one is Record<string, Detail> => !Array.isArray(one));
  if (records.length === 0) return details.flat() as Detail[];
  const whole: Record<string, Detail> = {};
  for (const record of records) for (const [key, detail] of Object.entries(record)) whole[key] = [whole[key] ?? [], detail].flat() as Detail[];
  return whole;
}

function byIndex(found: readonly Found[]): Found {
  const wrong = found.flatMap((detail, at) => (detail === undefined ? [] : [[at, detail] as const]));
  return wrong.length > 0 ? Object.fromEntries(wrong) : undefined;
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Set || value instanceof Map ? [...value.values()] : undefined;
}

/** A constraint may throw the framework's own error, for a text with parameters of its own. */
function refusal(error: unknown): Detail {
  if (error instanceof ValidationError) return error.detail;
  throw error;
}

/** class-validator's tokens as placeholders, so that the text can be translated: `$property must be …` is `{property} must be …`. */
const templateOf = (written: string) => written.replace(/\$(constraint\d+|value|property|target)/g, '{$1}');

const shown = (constraint: unknown): string =>
  Array.isArray(constraint)
    ? constraint.map(String).join(', ')
    : typeof constraint === 'symbol'
      ? (constraint.description ?? '')
      : String(constraint);
