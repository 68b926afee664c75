import { NotFound } from '../exceptions/exceptions.js';
import { noMatch } from '../exceptions/no-match.js';
import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import type { QuerySet } from '../plan/query-set.js';
import type { Where } from '../plan/where.js';
import type { RestRequest } from '../requests/rest-request.js';

/** A row that the address of a viewset is under: `books/:book/reviews`. */
export interface Parent {
  /** The parameter of the address, and the relation that leads to it. */
  readonly relation: string;
  readonly model: Model;
  readonly queryset: QuerySet;
}

/**
 * The condition that rows are of the address's parents; each parent is known to exist then, and its key is in `request.parents`.
 * @throws NotFound
 */
export async function checkParents(request: RestRequest, parents: readonly Parent[]): Promise<Where | undefined> {
  if (parents.length === 0) return undefined;
  const conditions: Where[] = [];
  for (const { relation, model, queryset } of parents) {
    const [name] = model.primaryKey as [string];
    const key = readKey(model.fields[name]!, request.params[relation]);
    if (key.kind === 'wrong type' || key.kind === 'malformed') throw new NotFound();
    const condition = { [name]: key.value } as Where;
    if (!(relation in request.parents)) {
      if (key.kind === 'none' || !(await queryset.filter(condition).exists())) throw noMatch(model);
      request.parents[relation] = key.value;
    }
    conditions.push({ [relation]: condition } as Where);
  }
  return { AND: conditions } as Where;
}
