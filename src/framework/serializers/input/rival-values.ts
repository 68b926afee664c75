import type { Model } from '../../models/model.js';
import type { Lookup, LookupAnswer } from '../../plan/lookup.js';
import type { Leaving } from './answer-questions.js';
import type { Question } from './parsed.js';

type ExistsLookup = Extract<Lookup, { kind: 'exists' }>;
type Key = Readonly<Record<string, unknown>>;

/**
 * The key of a row that the same request makes, where a column of another one refers to it. Nothing that is stored has it, yet two objects of the request
 * may have the same one.
 */
export class UnmadeKey {
  readonly #id = ++unmade;

  toString(): string {
    return `unmade ${this.#id}`;
  }
}

let unmade = 0;

/** The values of one unique constraint that objects of a request would have. */
class Constraint {
  /** Where its lookup stands among those that are asked; undefined while there is nothing to ask of what is stored. */
  place: number | undefined;
  /** The first of those who would have some values, by their text. */
  readonly owners = new Map<string, object>();
  readonly lookups: ExistsLookup[] = [];
  /** The rows that the request changes. */
  readonly changing: Key[] = [];
}

/** Asks whether unique values are taken: of what is stored in one lookup for each constraint, and of the request's own objects here. */
export class RivalValues {
  readonly #asked: Lookup[];
  readonly #leaving: Leaving;
  readonly #constraints = new Map<Model, Map<string, Constraint>>();

  constructor(asked: Lookup[], leaving: Leaving) {
    this.#asked = asked;
    this.#leaving = leaving;
  }

  add(question: Question, lookup: ExistsLookup): (answers: readonly LookupAnswer[]) => void {
    const values = Object.values(lookup.values);
    if (lookup.compare || lookup.scope || lookup.condition || values.some((value) => value === null)) return this.#alone(question, lookup);
    const constraint = this.#constraint(lookup);
    if (lookup.except) constraint.changing.push(lookup.except);
    const text = values.join('\0');
    const owner = constraint.owners.get(text);
    if (owner && owner !== question.owner) return () => question.settle(true);
    if (question.owner) constraint.owners.set(text, question.owner);
    if (values.some((value) => value instanceof UnmadeKey)) return () => question.settle(false);
    const place = (constraint.place ??= this.#asked.push(lookup) - 1);
    const index = constraint.lookups.push(lookup) - 1;
    return (answers) => {
      const answer = answers[place];
      question.settle(answer instanceof Set ? answer.has(index) : (answer as boolean));
    };
  }

  /** Writes down what is asked, when every question is known. */
  complete(): void {
    for (const [model, constraints] of this.#constraints) {
      const leaving = this.#leaving.get(model) ?? [];
      for (const { place, lookups, changing } of constraints.values()) {
        const [first] = lookups;
        if (place === undefined || !first) continue;
        const except = [...changing, ...leaving];
        if (lookups.length === 1 && except.length <= (first.except ? 1 : 0)) continue;
        this.#asked[place] = {
          kind: 'taken',
          model,
          columns: Object.keys(first.values),
          values: lookups.map(({ values }) => Object.values(values)),
          except,
        };
      }
    }
  }

  #constraint({ model, values }: ExistsLookup): Constraint {
    let constraints = this.#constraints.get(model);
    if (!constraints) this.#constraints.set(model, (constraints = new Map()));
    const columns = Object.keys(values).join();
    let constraint = constraints.get(columns);
    if (!constraint) constraints.set(columns, (constraint = new Constraint()));
    return constraint;
  }

  #alone(question: Question, lookup: ExistsLookup): (answers: readonly LookupAnswer[]) => void {
    const place = this.#asked.push(lookup) - 1;
    return (answers) => question.settle(answers[place] as LookupAnswer);
  }
}
