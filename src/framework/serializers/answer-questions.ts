import type { Lookup, LookupAnswer } from '../prisma/lookup.js';
import type { Question } from './parsed.js';

/** Answers a request's questions to the database, all in one statement. */
export type Lookups = (lookups: readonly Lookup[]) => Promise<readonly LookupAnswer[]>;

type RowsLookup = Extract<Lookup, { kind: 'rows' }>;

/** One statement holds so many questions: PostgreSQL has a limit of 1664 columns, and of 65535 parameters. */
const MOST = 1_000;

/** Asks the database what validation wants to know, and settles every question with its answer. Input of more than a thousand objects takes a statement more. */
export async function answerQuestions(questions: readonly Question[], lookups: Lookups): Promise<void> {
  if (questions.length === 0) return;
  const { asked, places } = together(questions);
  const answers: LookupAnswer[] = [];
  for (let at = 0; at < asked.length; at += MOST) answers.push(...(await lookups(asked.slice(at, at + MOST))));
  questions.forEach((question, index) => question.settle(answers[places[index] as number] as LookupAnswer));
}

/** Questions after the rows of one field are asked as one: the items of a nested list all name rows of the same model. */
function together(questions: readonly Question[]): { asked: Lookup[]; places: number[] } {
  const asked: Lookup[] = [];
  const known = new Map<object, Map<string, { place: number; values: Set<unknown> }>>();
  const places = questions.map(({ lookup }) => {
    if (lookup.kind !== 'rows') return asked.push(lookup) - 1;
    const of = lookup.scope ?? lookup.model;
    const fields = known.get(of) ?? new Map<string, { place: number; values: Set<unknown> }>();
    known.set(of, fields);
    const same = fields.get(lookup.field);
    if (same) {
      for (const value of lookup.values) same.values.add(value);
      return same.place;
    }
    const place = asked.push(lookup) - 1;
    fields.set(lookup.field, { place, values: new Set(lookup.values) });
    return place;
  });
  for (const fields of known.values()) {
    for (const { place, values } of fields.values()) asked[place] = { ...(asked[place] as RowsLookup), values: [...values] };
  }
  return { asked, places };
}
