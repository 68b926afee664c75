import { ValidationError } from '../../exceptions/exceptions.js';
import type { FieldContext } from '../../fields/field.js';
import type { RawRow } from '../../plan/read-plan.js';
import { PrimaryKeyRelatedField } from '../../relations/primary-key-related-field.js';
import { currentRows, type CurrentRow } from '../input/current-rows.js';
import type { InputBatch } from '../input/input-batch.js';
import { namedKey } from '../input/named-key.js';
import type { NestedField } from '../nested-field.js';
import type { NestedWrite } from './nested-write.js';
import { parseObject } from '../input/parse-object.js';
import type { Parsed } from '../input/parsed.js';
import { ParsedObject } from '../input/parsed-object.js';
import { askParentSets } from './parent-sets.js';
import { UnmadeKey } from '../input/rival-values.js';

/** Marks the data of a new row that has the key which the client chose for it. */
export const CHOSEN_KEY = Symbol('rest.chosenKey');

type Row = Readonly<Record<string, unknown>>;
const KEY = new PrimaryKeyRelatedField();

/** Reads the objects that a nested serializer is given for the rows of one parent, by the policy of its field. */
export class NestedRows {
  readonly #write: NestedWrite;
  readonly #field: NestedField;
  readonly #context: FieldContext;
  readonly #batch: InputBatch;
  /** The rows that are there, by their key. */
  readonly #current = new Map<string, CurrentRow>();
  readonly #named = new Set<string>();
  /** The columns of a related row that refer to the parent. */
  readonly #parent: Row;
  readonly #forNew: FieldContext;

  /** `context` is the parent's. */
  constructor(write: NestedWrite, field: NestedField, context: FieldContext, batch: InputBatch) {
    this.#write = write;
    this.#field = field;
    this.#context = context;
    this.#batch = batch;
    if (write.matches) {
      for (const row of currentRows(context.instance, write.relation.name, write.model)) this.#current.set(this.#keyText(row.row), row);
    }
    const unmade = context.instance ? undefined : new UnmadeKey();
    this.#parent = Object.fromEntries(write.parentKey.map(([column, of]) => [column, unmade ?? (context.instance as Row)[of]]));
    // A new row needs everything: a partial update is one of what is there.
    this.#forNew = { ...context, instance: undefined, partial: false };
  }

  /** @throws ValidationError */
  parse(item: unknown): Parsed {
    if (this.#write.policy === 'create' || !isRecord(item)) return this.#new(item);
    const key = this.#keyOf(item);
    if (!key) return this.#withoutKey(item);
    const text = this.#keyText(key);
    const current = this.#current.get(text);
    if (current || this.#mayChoose) {
      if (this.#named.has(text)) this.#refuse('duplicate');
      this.#named.add(text);
    }
    if (current) return this.#changed(item, current);
    if (this.#mayChoose) return new WithKey(this.#new(item), { [CHOSEN_KEY]: true });
    return this.#refuse('does_not_exist', { pk_value: Object.values(key).join(', ') });
  }

  /** Called when every object has been read: the rows that none of them names go, and their unique values are free. */
  complete(): void {
    if (this.#write.policy !== 'replace' || this.#write.relation.join) return;
    const leaving = [...this.#current].filter(([text]) => !this.#named.has(text)).map(([, { row }]) => this.#keyIn(row));
    if (leaving.length > 0) this.#batch.leave(this.#write.model, leaving);
  }

  get #mayChoose(): boolean {
    return this.#write.policy !== 'update' && this.#write.keys.every(({ writable }) => writable);
  }

  #withoutKey(item: object): Parsed {
    const [only] = this.#current.values();
    if (!this.#write.relation.many && only) {
      this.#named.add(this.#keyText(only.row));
      return this.#changed(item, only);
    }
    if (this.#write.policy !== 'update') return this.#new(item);
    if (this.#write.relation.many) return this.#refuse('required');
    throw new ValidationError([this.#field.error('nothing', { model_name: this.#write.model.verboseName })]);
  }

  #new(item: unknown): Parsed {
    return this.#asked(parseObject(this.#write.child, item, this.#forNew, this.#batch));
  }

  #changed(item: object, current: CurrentRow): Parsed {
    const parsed = parseObject(this.#write.child, item, { ...this.#context, instance: current.instance() }, this.#batch);
    return new WithKey(this.#asked(parsed), this.#keyIn(current.row));
  }

  #asked(parsed: Parsed): Parsed {
    if (parsed instanceof ParsedObject) askParentSets(this.#write, parsed, this.#parent, this.#batch);
    return parsed;
  }

  /** The key that input names, each part as its column has it; undefined where it names none. */
  #keyOf(item: object): Row | undefined {
    const { keys, model } = this.#write;
    const key: Record<string, unknown> = {};
    for (const { name, wire } of keys) {
      const value = namedKey(item, wire);
      if (value === undefined || value === null) return undefined;
      try {
        key[name] = KEY.read(value, keys.length === 1 ? model : { ...model, primaryKey: [name] }, this.#context);
      } catch (error) {
        throw error instanceof ValidationError ? new ValidationError({ [wire]: error.detail }) : error;
      }
    }
    return key;
  }

  #keyIn(row: RawRow): Row {
    return Object.fromEntries(this.#write.keys.map(({ name }) => [name, row[name] as unknown]));
  }

  #keyText(row: Row): string {
    return this.#write.keys.map(({ name }) => String(row[name])).join('\0');
  }

  #refuse(code: string, params = {}): never {
    const { wire } = this.#write.keys[0]!;
    throw new ValidationError({ [wire]: [this.#field.error(code, params)] });
  }
}

/** An object whose data tells of which row it is. */
class WithKey implements Parsed {
  readonly #parsed: Parsed;
  readonly #key: object;

  constructor(parsed: Parsed, key: object) {
    this.#parsed = parsed;
    this.#key = key;
  }

  finish(): unknown {
    const data = this.#parsed.finish();
    return data instanceof Promise ? data.then((one: object) => ({ ...one, ...this.#key })) : { ...(data as object), ...this.#key };
  }
}

const isRecord = (item: unknown): item is object => typeof item === 'object' && item !== null && !Array.isArray(item);
