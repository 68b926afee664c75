import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelatedModel, RelationsOf, RowOf } from '../../models/model.js';
import { columnValue } from '../../plan/column-value.js';
import type { Aggregate, RawRow, ReadPlan } from '../../plan/read-plan.js';
import type { Where } from '../../plan/where.js';
import { ModelSource } from '../model-source.js';
import { MemoryReader } from './memory-reader.js';
import type { ObjectRow } from '../rows/row-condition.js';

/** A row of a `MemorySource`: its columns, and related rows as objects under their relation's name, where anything asks for them. */
export type SourceRow<M extends Model> = RowOf<M> & {
  readonly [R in keyof RelationsOf<M>]?: RelationsOf<M>[R] extends readonly unknown[]
    ? readonly SourceRow<RelatedModel<RelationsOf<M>[R]>>[]
    : SourceRow<RelatedModel<RelationsOf<M>[R]>> | null;
};

/**
 * A model's rows in an array. Conditions, orders, pages, cursors and aggregates are what PostgreSQL answers for the same rows: null is unknown, nulls come
 * last in an ascending order, texts sort by code points. Each read goes through all rows: it is for thousands of them.
 *
 * @example
 * @Injectable()
 * export class LanguageSource extends MemorySource<typeof Language> {
 *   constructor() {
 *     super(Language, [{ code: 'fr', name: 'French' }, { code: 'ja', name: 'Japanese' }]);
 *   }
 * }
 * const Language = defineModel('Language', { fields: { code: 'String', name: 'String' }, primaryKey: 'code' });
 */
export class MemorySource<M extends Model = Model> extends ModelSource<M> {
  readonly #rows: readonly SourceRow<M>[];
  readonly #reader: MemoryReader;
  readonly #fitting = new WeakSet<object>();
  #checked: { readonly rows: readonly object[]; readonly length: number } | undefined;

  /** @throws ConfigurationError for a row that does not fit the model, and for two of one key. */
  constructor(model: M, rows: readonly SourceRow<M>[] = []) {
    super(model);
    this.#rows = rows;
    this.#reader = new MemoryReader(async () => this.#fit(await this.all()));
    this.#fit(rows);
  }

  /** The rows as they are now. Override it where they change, or are read from elsewhere and kept. */
  protected all(): readonly SourceRow<M>[] | Promise<readonly SourceRow<M>[]> {
    return this.#rows;
  }

  rows(plan: ReadPlan): Promise<RawRow[]> {
    return this.#reader.rows(plan);
  }

  count(model: Model, where: Where, limit?: number): Promise<number> {
    return this.#reader.count(model, where, limit);
  }

  override aggregate(model: Model, where: Where, aggregates: Readonly<Record<string, Aggregate>>): Promise<Record<string, number | null>> {
    return this.#reader.aggregate(model, where, aggregates);
  }

  /** Each row object is checked once, and the keys whenever there are other rows. */
  #fit(rows: readonly object[]): readonly ObjectRow[] {
    if (this.#checked?.rows === rows && this.#checked.length === rows.length) return rows as readonly ObjectRow[];
    const keys = new Set<string>();
    for (const [index, row] of rows.entries()) {
      const path = `${this.constructor.name}: rows[${index}]`;
      this.#assertFits(this.model, row, path, new Set());
      const key = this.model.primaryKey.map((name) => String((row as ObjectRow)[name])).join('\0');
      if (keys.has(key)) throw new ConfigurationError(`${path} has the key of another row, ${key.replaceAll('\0', ', ')}; give each row its own.`);
      keys.add(key);
    }
    this.#checked = { rows, length: rows.length };
    return rows as readonly ObjectRow[];
  }

  #assertFits(model: Model, row: unknown, path: string, above: ReadonlySet<object>): void {
    if (typeof row !== 'object' || row === null) throw new ConfigurationError(`${path} is ${String(row)}; give an object.`);
    if (this.#fitting.has(row) || above.has(row)) return;
    const columns = row as ObjectRow;
    for (const field of Object.values(model.fields)) {
      const value = columns[field.name] ?? null;
      const at = `${path}.${field.name}`;
      if (value === null && !field.nullable)
        throw new ConfigurationError(`${at} is missing; give it a value, or let ${model.name}.${field.name} be null.`);
      if (field.list && value !== null && !Array.isArray(value))
        throw new ConfigurationError(`${at} is no array; ${model.name}.${field.name} is a list.`);
      for (const one of field.list ? ((value ?? []) as readonly unknown[]) : value === null ? [] : [value]) assertFits(field, one, at);
    }
    for (const { name, many, model: related } of Object.values(model.relations)) {
      const value = columns[name] ?? null;
      if (value === null) continue;
      if (many && !Array.isArray(value)) throw new ConfigurationError(`${path}.${name} is no array; it leads to many rows.`);
      for (const one of many ? (value as readonly unknown[]) : [value]) this.#assertFits(related(), one, `${path}.${name}`, new Set([...above, row]));
    }
    this.#fitting.add(row);
  }
}

function assertFits(field: Parameters<typeof columnValue>[0], value: unknown, path: string): void {
  const found = columnValue(field, value);
  if (found.kind === 'value') return;
  const reason =
    found.kind === 'wrong'
      ? `${field.name} takes ${found.expected}`
      : found.kind === 'between' && field.type === 'DateTime'
        ? 'moments keep milliseconds: round it'
        : `no ${field.type} can hold it`;
  throw new ConfigurationError(`${path} is ${String(value).slice(0, 60)}; ${reason}.`);
}
