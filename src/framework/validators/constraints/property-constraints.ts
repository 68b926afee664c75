import { inGroups, together, type Constraint, type ConstraintPlace, type DeclaredConstraint, type Found } from './constraint.js';

/** All that class-validator's decorators say of one property. */
export class PropertyConstraints {
  /** class-validator's own, which take any value. */
  readonly #ready: readonly Constraint[];
  /** The application's, which are asked about a value that those have nothing against. */
  readonly #own: readonly Constraint[];

  constructor(
    readonly property: string,
    readonly constraints: readonly Constraint[],
    /** `@IsOptional` and `@ValidateIf`. */
    readonly conditions: readonly DeclaredConstraint[],
    /** Whether it is said to be an object, or a list of them, with constraints of its own. */
    readonly isNested: boolean,
  ) {
    this.#ready = constraints.filter(({ isReady }) => isReady);
    this.#own = constraints.filter(({ isReady }) => !isReady);
  }

  /** Whether a constraint is among them, by its name. */
  has(name: string): boolean {
    return this.constraints.some((one) => one.name === name);
  }

  get isOptional(): boolean {
    return this.conditions.some(({ name }) => name === 'isOptional');
  }

  /** Whether anything is asked about a value at all. */
  isAsked(value: unknown, groups: readonly string[], { object }: ConstraintPlace): boolean {
    return this.conditions.every(
      (condition) => !inGroups(condition, groups) || (condition.constraints[0] as (object: object, value: unknown) => boolean)(object, value),
    );
  }

  /** What is wrong with a value; a promise where a constraint of the application's is asynchronous. Those are never given what the ready ones refuse. */
  ask(value: unknown, groups: readonly string[], place: ConstraintPlace): Found | Promise<Found> {
    if (!this.isAsked(value, groups, place)) return undefined;
    return this.askReady(value, groups, place) ?? this.askOwn(value, groups, place);
  }

  askReady(value: unknown, groups: readonly string[], place: ConstraintPlace): Found {
    return together(this.#ready.map((one) => (one.isAsked(groups, place, value) ? (one.ask(value, place) as Found) : undefined)));
  }

  askOwn(value: unknown, groups: readonly string[], place: ConstraintPlace): Found | Promise<Found> {
    const found = this.#own.map((one) => (one.isAsked(groups, place, value) ? one.ask(value, place) : undefined));
    return found.some((one) => one instanceof Promise) ? Promise.all(found).then(together) : together(found as Found[]);
  }

  /**
   * Whether a value may not be missing, or null: a ready constraint refuses it, or there are none but the application's, which are never given such a
   * value; or it is an object with constraints of its own.
   */
  refuses(value: null | undefined, groups: readonly string[], place: ConstraintPlace): boolean {
    if (this.isNested || this.askReady(value, groups, place) !== undefined) return true;
    const counts = ({ declared }: Constraint) => inGroups(declared, groups);
    return this.#own.some(counts) && !this.#ready.some(counts);
  }
}
