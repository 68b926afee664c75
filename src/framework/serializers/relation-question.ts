import type { Model } from '../models/model.js';
import type { LookupMatch } from '../prisma/lookup.js';
import type { RelatedField } from '../relations/related-field.js';
import type { Question } from './parsed.js';

/**
 * The look-up of a relation's rows, many or one; nothing to ask for an empty list.
 * @throws ValidationError for input that names no row.
 */
export function askRelation(field: RelatedField, model: Model, value: unknown, keep: (settled: unknown) => void): Question | undefined {
  const submitted = field.many ? field.elements(value) : [value];
  const values = submitted.map((one) => field.read(one, model));
  const settleOne = (found: ReadonlyMap<string, LookupMatch>, at: number) => {
    const match = found.get(String(values[at]));
    return match ? field.settle(match, submitted[at]) : field.missing(submitted[at], model);
  };
  if (values.length === 0) {
    keep([]);
    return undefined;
  }
  return {
    lookup: {
      kind: 'rows',
      model,
      field: field.lookupField(model),
      values: [...new Set(values)],
      ...(field.options.queryset && { scope: field.options.queryset }),
    },
    settle: (answer) => {
      const found = answer as ReadonlyMap<string, LookupMatch>;
      keep(field.many ? values.map((_value, at) => settleOne(found, at)) : settleOne(found, 0));
    },
  };
}
