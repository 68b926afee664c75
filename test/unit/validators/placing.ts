import type { Lookup, LookupAnswer } from '../../../src/framework/plan/lookup.js';
import type { Lookups } from '../../../src/framework/serializers/input/answer-questions.js';
import { everything } from '../serializers/compiling.js';

export type Exists = Omit<Extract<Lookup, { kind: 'exists' }>, 'kind' | 'model'>;

/** Records which rows are asked about, and answers that there are such rows, or none. */
export function asking(taken = false) {
  const asked: Exists[] = [];
  const lookups: Lookups = async (questions) => {
    const answers: readonly LookupAnswer[] = await everything(questions);
    return questions.map((question, at) => {
      if (question.kind === 'rows') return answers[at] as LookupAnswer;
      if (question.kind === 'exists') {
        const { kind: _kind, model: _model, ...rest } = question;
        asked.push(rest);
        return taken;
      }
      const { columns, values } = question;
      for (const one of values) asked.push({ values: Object.fromEntries(columns.map((column, index) => [column, one[index]])) });
      return new Set(taken ? values.keys() : []);
    });
  };
  return { asked, lookups };
}
