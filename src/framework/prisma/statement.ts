import { sqltag } from '@prisma/client/runtime/client';
import type { Model } from '../models/model.js';

/** The pieces of a parameterised statement: one more text than there are values. */
export class Statement {
  readonly #texts = [''];
  readonly #values: string[] = [];

  add(text: string): this {
    this.#texts[this.#texts.length - 1] += text;
    return this;
  }

  value(value: string): this {
    this.#values.push(value);
    this.#texts.push('');
    return this;
  }

  /** Records of a table, given in JSON by the names of its columns: one parameter, however many. */
  records(table: string, rows: readonly object[]): this {
    return this.add(`jsonb_populate_recordset(null::${table}, `).value(JSON.stringify(rows)).add('::text::jsonb)');
  }

  /** Writes parts one after the other, with a text between them. */
  join<T>(parts: Iterable<T>, between: string, write: (part: T) => void): this {
    let first = true;
    for (const part of parts) {
      if (!first) this.add(between);
      first = false;
      write(part);
    }
    return this;
  }

  toSql() {
    return sqltag(this.#texts, ...this.#values);
  }
}

/** An identifier as it stands in SQL, whatever is in it. */
export const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;

/** A model's table, with its schema where one is named. */
export const tableOf = (model: Model) => (model.schema === undefined ? quote(model.table) : `${quote(model.schema)}.${quote(model.table)}`);
