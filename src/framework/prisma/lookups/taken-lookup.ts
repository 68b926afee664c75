import type { Model } from '../../models/model.js';
import { columnValue } from '../../plan/column-value.js';
import { columnToCompare } from './column-to-compare.js';
import { postgresType, toText } from '../driver-value.js';
import type { Lookup } from '../../plan/lookup.js';
import { quote, tableOf, type Statement } from '../statement.js';

type TakenLookup = Extract<Lookup, { kind: 'taken' }>;

/**
 * The places of values that a row has, as one expression with one parameter for the values and one for the rows that are left out, however many there
 * are. Undefined where no value can be in its column, so that there is no such row.
 */
export function takenSql({ model, columns, values, except }: TakenLookup): ((statement: Statement) => void) | undefined {
  const asked = values.flatMap((one, index) => {
    const texts = textsOf(model, columns, one);
    return texts ? [[index, ...texts]] : [];
  });
  if (asked.length === 0) return undefined;
  const left = except.flatMap((row) => {
    const texts = textsOf(
      model,
      model.primaryKey,
      model.primaryKey.map((name) => row[name]),
    );
    return texts ? [texts] : [];
  });
  return (statement) => {
    statement.add('(select json_agg(distinct (v.x->>0)::int) from json_array_elements(').value(JSON.stringify(asked)).add('::text::json) v(x)');
    statement.add(` join ${tableOf(model)} t on ${comparison(model, columns, 'v.x', 1)}`);
    if (left.length > 0) {
      statement.add(' where not exists (select 1 from json_array_elements(').value(JSON.stringify(left)).add('::text::json) e(x)');
      statement.add(` where ${comparison(model, model.primaryKey, 'e.x', 0)})`);
    }
    statement.add(')');
  };
}

/** The answer to such a lookup, of what the expression gives. */
export const takenIndexes = (found: readonly number[] | null): ReadonlySet<number> => new Set(found ?? []);

function textsOf(model: Model, columns: readonly string[], values: readonly unknown[]): string[] | undefined {
  const texts: string[] = [];
  for (const [at, name] of columns.entries()) {
    const field = columnToCompare(model, name);
    const fitted = columnValue(field, values[at]);
    if (fitted.kind !== 'value') return undefined;
    texts.push(toText(field, fitted.value));
  }
  return texts;
}

/** Compares columns of `t` with the elements of a JSON array, from one on. */
function comparison(model: Model, columns: readonly string[], array: string, from: number): string {
  return columns
    .map((name, at) => {
      const field = columnToCompare(model, name);
      const type = postgresType(field);
      const column = `t.${quote(field.column)}`;
      return type === null ? `${column}::text = ${array}->>${at + from}` : `${column} = (${array}->>${at + from})::${type}`;
    })
    .join(' and ');
}
