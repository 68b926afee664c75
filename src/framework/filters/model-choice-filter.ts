import { readKey } from '../models/key.js';
import type { Model } from '../models/model.js';
import type { Where } from '../plan/where.js';
import type { LookupAnswer, LookupMatch } from '../plan/lookup.js';
import { Filter, MAX_VALUES, TOO_MANY_VALUES, type FilterOptions, type FilterQuestion } from './filter.js';

export interface ModelChoiceFilterOptions<M extends Model = Model, T = never, Path extends string = string> extends FilterOptions<
  T,
  Path,
  'exact' | 'in'
> {
  /** The rows that a client may choose from; every row where it is left out. */
  readonly queryset?: Where<M>;
  /** The unique field that stands for a row. Default: the primary key. */
  readonly toField?: string;
}

type Key = string | number | bigint;

/** A row of a related model, by its key. Whether there is one is asked of the database, with all of a request's questions at once. */
export class ModelChoiceFilter<Path extends string = never> extends Filter<unknown, Path> {
  override readonly kind = 'key';
  declare readonly options: ModelChoiceFilterOptions;
  readonly model: Model;
  readonly keyField: string;

  constructor(model: Model, options: ModelChoiceFilterOptions) {
    super(options);
    this.model = model;
    this.keyField = options.toField ?? model.primaryKey[0]!;
  }

  clean(text: string): Key | null {
    if (text === '') return null;
    const key = readKey(this.model.fields[this.keyField]!, text);
    return key.kind === 'key' ? key.value : this.missing(text);
  }

  override ask(value: unknown): FilterQuestion | undefined {
    const keys = (Array.isArray(value) ? value : [value]).filter((key): key is Key => key !== null);
    if (keys.length === 0) return undefined;
    const { queryset: scope } = this.options;
    return {
      lookup: { kind: 'rows', model: this.model, field: this.keyField, values: [...new Set(keys)], ...(scope && { scope }) },
      settle: (answer: LookupAnswer) => {
        const found = answer as ReadonlyMap<string, LookupMatch>;
        for (const key of keys) if (!found.has(String(key))) this.missing(String(key));
      },
    };
  }

  /** The message for a key that no row has. */
  missing(_text: string): never {
    this.fail('Select a valid choice. That choice is not one of the available choices.', 'invalid_choice');
  }

  schema(): Readonly<Record<string, unknown>> {
    const { type, nativeType } = this.model.fields[this.keyField]!;
    return type === 'Int' || type === 'BigInt' ? { type: 'integer' } : { type: 'string', ...(nativeType?.[0] === 'Uuid' && { format: 'uuid' }) };
  }
}

/** Rows of a many relation, from a parameter that is repeated: rows that have any of them. */
export class ModelMultipleChoiceFilter<Path extends string = never> extends ModelChoiceFilter<Path> {
  override read(texts: readonly string[]): unknown {
    if (texts.length > MAX_VALUES) this.fail(...TOO_MANY_VALUES);
    return texts.length === 0 ? undefined : [...new Set(texts)].map((text) => this.clean(text));
  }

  override clean(text: string): Key {
    const key = readKey(this.model.fields[this.keyField]!, text);
    if (key.kind === 'key' && text !== '') return key.value;
    return key.kind === 'none' ? this.missing(text) : this.fail('“{pk}” is not a valid value.', 'invalid_pk_value', { pk: text });
  }

  override missing(text: string): never {
    this.fail('Select a valid choice. {value} is not one of the available choices.', 'invalid_choice', { value: text });
  }

  override schema() {
    return { type: 'array', items: super.schema() };
  }
}

/**
 * @example
 * writer = modelChoiceFilter(models.author, { field: 'author', queryset: { books: { some: {} } } });
 */
export function modelChoiceFilter<M extends Model, const Path extends string = never>(
  model: M,
  options: ModelChoiceFilterOptions<M, Key | readonly Key[], Path> = {},
): ModelChoiceFilter<Path> {
  return new ModelChoiceFilter<Path>(model, options as ModelChoiceFilterOptions);
}

/**
 * @example
 * genre = modelMultipleChoiceFilter(models.genre, { field: 'genres', toField: 'slug' }); // ?genre=poetry&genre=essays
 */
export function modelMultipleChoiceFilter<M extends Model, const Path extends string = never>(
  model: M,
  options: ModelChoiceFilterOptions<M, readonly Key[], Path> = {},
): ModelMultipleChoiceFilter<Path> {
  return new ModelMultipleChoiceFilter<Path>(model, options as ModelChoiceFilterOptions);
}
