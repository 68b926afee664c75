import type { Detail } from '../../exceptions/error-detail.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import type { Model } from '../../models/model.js';
import type { Where } from '../../plan/where.js';
import type { Lookup, LookupMatch } from '../../plan/lookup.js';
import type { RelatedField } from '../../relations/related-field.js';
import type { RestRequest } from '../../requests/rest-request.js';
import type { Question } from './parsed.js';

type Found = ReadonlyMap<string, LookupMatch>;

/** How a relation's input is read: made at boot. Its rows, one or many, are asked of the database in one lookup. */
export class RelationReader {
  /** Whether what is sent is what the row's own column will hold, before it has been looked up. */
  readonly givesKey: boolean;
  readonly #field: RelatedField;
  readonly #model: Model;
  readonly #lookup: Omit<Extract<Lookup, { kind: 'rows' }>, 'values'>;
  readonly #allErrors: boolean;
  /** What a function says of a request, asked once for all objects of it. */
  readonly #scopes = new WeakMap<RestRequest, Where>();

  constructor(field: RelatedField, owner: Model | null, source: string) {
    const relation = owner?.relations[source];
    const model = field.modelAt(owner, source);
    const lookup = field.lookupField(model);
    const key = relation && relation.from.length === 1 ? (relation.to[0] as string) : (model.primaryKey[0] as string);
    this.#field = field;
    this.#model = model;
    this.#lookup = { kind: 'rows', model, field: lookup, ...(key !== model.primaryKey[0] && { key }) };
    this.#allErrors = field.settings.manyRelatedErrors === 'all';
    this.givesKey = !field.many && lookup === key;
  }

  /**
   * Reads what was sent, and asks after the rows that it names; `keep` is given what validated data holds. Nothing is asked for an empty list.
   * @throws ValidationError for input that names no row, whatever the database holds.
   */
  ask(value: unknown, context: FieldContext, keep: (settled: unknown) => void): Question | undefined {
    return this.#field.many ? this.#askMany(this.#field.elements(value), context, keep) : this.#askOne(value, context, keep);
  }

  #askOne(value: unknown, context: FieldContext, keep: (settled: unknown) => void): Question {
    const key = this.#field.read(value, this.#model, context);
    return this.#question([key], context, (found) => keep(this.#settle(found, key, value)));
  }

  /** As DRF does, the first element that is wrong is told, whether it cannot be read or is not there; or each by its index, by a setting. */
  #askMany(sent: readonly unknown[], context: FieldContext, keep: (settled: unknown) => void): Question | undefined {
    const keys: unknown[] = [];
    const errors: Record<string, Detail> = {};
    for (const [index, value] of sent.entries()) {
      const failed = failure(() => keys.push(this.#field.read(value, this.#model, context)));
      if (!failed) continue;
      if (!this.#allErrors && keys.length === 0) throw failed;
      errors[index] = failed.detail;
      if (!this.#allErrors) break;
    }
    const settle = (found: Found) => {
      const settled: unknown[] = [];
      let read = 0;
      for (const [index, value] of sent.entries()) {
        if (index in errors) {
          if (this.#allErrors) continue;
          throw new ValidationError(errors[index]);
        }
        const failed = failure(() => settled.push(this.#settle(found, keys[read++], value)));
        if (failed && !this.#allErrors) throw failed;
        if (failed) errors[index] = failed.detail;
      }
      if (Object.keys(errors).length > 0) throw new ValidationError(errors);
      keep(settled);
    };
    if (keys.length > 0) return this.#question(keys, context, settle);
    settle(new Map());
    return undefined;
  }

  #question(keys: readonly unknown[], { request }: FieldContext, settle: (found: Found) => void): Question {
    const scope = this.#scope(request);
    return {
      lookup: { ...this.#lookup, values: [...new Set(keys)], ...(scope && { scope }) },
      settle: (answer) => settle(answer as Found),
    };
  }

  #settle(found: Found, key: unknown, value: unknown): unknown {
    const match = found.get(String(key));
    return match ? this.#field.settle(match, value) : this.#field.missing(value, this.#model);
  }

  #scope(request: RestRequest | undefined): Where | undefined {
    const known = request && this.#scopes.get(request);
    if (known) return known;
    const scope = this.#field.getQueryset(request);
    if (request && scope) this.#scopes.set(request, scope);
    return scope;
  }
}

function failure(step: () => void): ValidationError | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
}
