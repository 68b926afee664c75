import { TransformationType, type TransformMetadata } from 'class-transformer';
import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Field } from '../../fields/field.js';
import { counts, excludesAll, stands, transformers, type Direction, type PropertyTransformers } from '../../internal/class-transformer.js';
import { instead } from '../../internal/nearest-name.js';
import { RelatedField } from '../../relations/related-field.js';
import type { DeclaredConstraint } from '../../validators/constraints/constraint.js';
import type { PropertyConstraints } from '../../validators/constraints/property-constraints.js';
import {
  constraintClasses,
  declaredConstraints,
  lineage,
  makeConstraints,
  type ConstraintClass,
  type MadeConstraints,
} from '../../validators/constraints/read-constraints.js';
import { checkConstraints } from '../input/check-constraints.js';
import { inherits } from '../extend-serializer.js';
import { answered } from '../input/finish-whole.js';
import { isField, type Serializer } from '../serializer.js';

/** What decorators of class-validator and class-transformer say of a field. */
export interface FieldDecorators {
  readonly constraints?: PropertyConstraints;
  /** Makes another value of the one that the field has validated. */
  readonly transform?: (value: unknown) => unknown;
  /** Makes another value of the one that the field shows. */
  readonly show?: (value: unknown) => unknown;
}

const made = new WeakMap<Serializer, DecoratedFields>();

/** A serializer's fields with what decorators say of them: read once, at boot. */
export class DecoratedFields {
  /** Without those that are excluded in both directions. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly #owner: string;
  readonly #transformers: ReadonlyMap<string, PropertyTransformers>;
  readonly #constraints: ReadonlyMap<string, readonly DeclaredConstraint[]>;

  /** @throws ConfigurationError for a decorator that means nothing on a serializer, or contradicts the field. */
  static of(serializer: Serializer): DecoratedFields {
    let known = made.get(serializer);
    if (!known) made.set(serializer, (known = new DecoratedFields(serializer)));
    return known;
  }

  private constructor(serializer: Serializer) {
    const of = serializer.constructor as new () => Serializer;
    const classes = lineage(of);
    const isSaid = (target: object, property: string) => inherits(of, target, property);
    const all = serializer.getFields();
    this.#owner = of.name;
    this.#transformers = transformers(classes, isSaid);
    this.#constraints = declaredConstraints(of, isSaid);
    for (const name of new Set([...this.#transformers.keys(), ...this.#constraints.keys()])) this.#check(serializer, name, all);
    const exposedAlone = excludesAll(classes);
    this.fields = Object.fromEntries(Object.entries(all).filter(([name, field]) => this.#place(name, field, exposedAlone)));
  }

  /** The classes of constraints that are to be made before `decoratorsOf`. */
  constraintClasses(): Set<ConstraintClass> {
    return constraintClasses(this.#constraints.values());
  }

  /** The name on the wire that `@Expose({ name })` says. */
  wireOf(name: string): string | undefined {
    return this.#transformers.get(name)?.expose?.name;
  }

  decoratorsOf(name: string, madeConstraint: MadeConstraints): FieldDecorators {
    const field = this.fields[name] as Field;
    const constraints = makeConstraints(this.#owner, name, this.#constraints.get(name) ?? [], madeConstraint);
    checkConstraints(`${this.#owner}.${name}`, field, constraints);
    const transform = this.#transform(name, field, 'toClassOnly');
    const show = this.#transform(name, field, 'toPlainOnly');
    return { ...(constraints.constraints.length > 0 && { constraints }), ...(transform && { transform }), ...(show && { show }) };
  }

  #check(serializer: Serializer, name: string, all: Readonly<Record<string, Field>>): void {
    const place = `${this.#owner}.${name}`;
    // A field that getFields leaves out may keep its decorators.
    if (!Object.hasOwn(all, name) && !isField((serializer as unknown as Record<string, unknown>)[name]))
      throw new ConfigurationError(
        `${place} has decorators and is no field: a serializer's properties hold fields, ${name} = char().${instead(name, Object.keys(all))}`,
      );
    const { expose, type, transforms = [] } = this.#transformers.get(name) ?? {};
    if (type)
      throw new ConfigurationError(
        `${place}: @Type says what the field says itself. Remove it; an object of its own is a nested serializer: ${name} = nested(() => …Serializer).`,
      );
    const limited = [expose, ...transforms.map(({ options }) => options)].some(
      (options) => (options?.groups ?? []).length > 0 || options?.since !== undefined || options?.until !== undefined,
    );
    if (limited)
      throw new ConfigurationError(
        `${place}: groups, since and until of @Expose and @Transform are not looked at. Write a serializer for each, and name it in the view's actions.`,
      );
  }

  /** Whether a field stands at all; one that is excluded in one direction is read-only or write-only from here on. */
  #place(name: string, field: Field, exposedAlone: boolean): boolean {
    const said = this.#transformers.get(name) ?? {};
    const [read, shown] = [stands(said, 'toClassOnly', exposedAlone), stands(said, 'toPlainOnly', exposedAlone)];
    if (read && shown) return true;
    if (!read && !shown) return false;
    const { options } = field;
    if (read ? options.readOnly : options.writeOnly)
      throw new ConfigurationError(
        `${this.#owner}.${name} is ${read ? 'read' : 'write'}-only, and @Expose or @Exclude ${read ? 'hides' : 'reads no'} it: nothing would be left. Remove one of them, or the field.`,
      );
    if (!read && options.required)
      throw new ConfigurationError(`${this.#owner}.${name} is required, and @Expose or @Exclude reads no input for it. Leave required out.`);
    Object.assign(field, read ? { options: { ...options, writeOnly: true } } : { options: { ...options, readOnly: true }, required: false });
    return true;
  }

  #transform(name: string, field: Field, direction: Direction): ((value: unknown) => unknown) | undefined {
    const { transforms = [] } = this.#transformers.get(name) ?? {};
    const wanted = transforms.filter(({ options }) => counts(options, direction));
    if (wanted.length === 0) return undefined;
    const place = `${this.#owner}.${name}`;
    const closed = direction === 'toClassOnly' ? field.options.readOnly : field.options.writeOnly;
    const says = (one: Direction) => wanted.some(({ options }) => options?.[one] === true);
    if (closed && says(direction))
      throw new ConfigurationError(
        `${place}: @Transform with ${direction}, and the field is ${direction === 'toClassOnly' ? 'read' : 'write'}-only.`,
      );
    if (closed) return undefined;
    if (direction === 'toClassOnly' && field instanceof RelatedField)
      throw new ConfigurationError(
        `${place}: @Transform would make another key of one that has been looked up. Give it toPlainOnly, or write toInternalValue.`,
      );
    const run = transformation(place, wanted, direction);
    return direction === 'toPlainOnly' ? run : (value) => answered(run(value), this.#owner, `@Transform of ${name}`);
  }
}

/** What makes a value another one by transformations, one after another; null is left alone. */
function transformation(place: string, transforms: readonly TransformMetadata[], direction: Direction): (value: unknown) => unknown {
  const type = direction === 'toClassOnly' ? TransformationType.PLAIN_TO_CLASS : TransformationType.CLASS_TO_PLAIN;
  const obj = new Proxy({}, { get: (_none, name) => refuseObject(place, String(name)) });
  return (value) => {
    for (const { transformFn, propertyName: key } of transforms) {
      if (value === null || value === undefined) return value;
      value = transformFn({ value, key, obj, type, options: {} });
      if (value instanceof Promise) throw new ConfigurationError(`${place}: @Transform answers a promise. Write a hook validate…, which may.`);
    }
    return value;
  };
}

function refuseObject(place: string, name: string): never {
  throw new ConfigurationError(`${place}: @Transform asks for obj.${name}, and sees its own value alone. Compute it with method(…), or in validate.`);
}
