import type { Model } from '../../models/model.js';
import type { Lookup, LookupAnswer } from '../../plan/lookup.js';
import type { Question } from './parsed.js';
import { RivalValues } from './rival-values.js';

/** Answers a request's questions to the database, all in one statement. */
export type Lookups = (lookups: readonly Lookup[]) => Promise<readonly LookupAnswer[]>;

/** The keys of rows that a request removes, by their model. */
export type Leaving = ReadonlyMap<Model, readonly Readonly<Record<string, unknown>>[]>;

type RowsLookup = Extract<Lookup, { kind: 'rows' }>;
/** What a question is answered with when the answers are there. */
type Settle = (answers: readonly LookupAnswer[]) => void;

/** One statement holds so many questions: PostgreSQL has a limit of 1664 columns, and of 65535 parameters. */
const MOST = 1_000;

/**
 * Asks the database what validation wants to know, and settles every question with its answer: in one statement, however many objects ask, for
 * questions after the rows of one field are asked as one, and those after the values of one unique constraint too.
 *
 * Objects that would have the same unique values are rivals of each other: all but the first are told that the values are taken. Rows that the request
 * changes are none of what is stored, nor those that it removes (`leaving`).
 */
export async function answerQuestions(questions: readonly Question[], lookups: Lookups, leaving: Leaving = new Map()): Promise<void> {
  if (questions.length === 0) return;
  const asked: Lookup[] = [];
  const rows = new RowsQuestions(asked);
  const uniques = new RivalValues(asked, leaving);
  const settles = questions.map((question): Settle => {
    const { lookup } = question;
    if (lookup.kind === 'rows') return rows.add(question, lookup);
    if (lookup.kind === 'exists') return uniques.add(question, lookup);
    const place = asked.push(lookup) - 1;
    return (answers) => question.settle(answers[place] as LookupAnswer);
  });
  rows.complete();
  uniques.complete();
  const answers: LookupAnswer[] = [];
  for (let at = 0; at < asked.length; at += MOST) answers.push(...(await lookups(asked.slice(at, at + MOST))));
  for (const settle of settles) settle(answers);
}

/** Questions after the rows of one field are one lookup: the items of a nested list all name rows of the same model. */
class RowsQuestions {
  readonly #asked: Lookup[];
  /** By model, then by scope: two models may be scoped by one object. */
  readonly #known = new Map<Model, Map<object | undefined, Map<string, Asked>>>();

  constructor(asked: Lookup[]) {
    this.#asked = asked;
  }

  add(question: Question, lookup: RowsLookup): Settle {
    let scopes = this.#known.get(lookup.model);
    if (!scopes) this.#known.set(lookup.model, (scopes = new Map()));
    let fields = scopes.get(lookup.scope);
    if (!fields) scopes.set(lookup.scope, (fields = new Map()));
    const name = `${lookup.field} ${lookup.key ?? ''}`;
    let same = fields.get(name);
    if (same) for (const value of lookup.values) same.values.add(value);
    else fields.set(name, (same = { place: this.#asked.push(lookup) - 1, lookup, values: new Set(lookup.values) }));
    const { place } = same;
    return (answers) => question.settle(answers[place] as LookupAnswer);
  }

  /** Writes down what is asked, when every question is known. */
  complete(): void {
    for (const scopes of this.#known.values()) {
      for (const fields of scopes.values()) {
        for (const { place, lookup, values } of fields.values()) this.#asked[place] = { ...lookup, values: [...values] };
      }
    }
  }
}

interface Asked {
  readonly place: number;
  readonly lookup: RowsLookup;
  readonly values: Set<unknown>;
}
