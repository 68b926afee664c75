import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model, RelationField } from '../../models/model.js';
import type { RowWrite, Write } from '../../plan/write.js';
import { jsonRow } from '../json-row.js';
import { keyOfRow } from './row-key.js';
import type { RowKey } from './row-key.js';
import type { DriverRow, RowWriter } from './row-writer.js';
import { quote, Statement, tableOf } from '../statement.js';

/** What rows that refer to others wait for: the foreign keys of rows made for them, by row; and what is left to do when they have been written. */
interface Ahead {
  readonly foreignKeys: readonly DriverRow[];
  finish(): Promise<void>;
}

/** Writes the rows that rows refer to, for a foreign key needs the row that it is of. `keys` are those of rows that are changed. */
export async function writeAhead(writer: RowWriter, model: Model, writes: readonly Write[], keys?: readonly RowKey[]): Promise<Ahead> {
  const foreignKeys: Record<string, unknown>[] = writes.map(() => ({}));
  const finishes: (() => Promise<void>)[] = [];
  for (const relation of forwardRelations(model, writes)) {
    const rows = writes.map(({ relations }) => rowOf(model, relation, relations[relation.name]));
    if (keys) {
      const left = writes.flatMap(({ relations }, at) => {
        const change = relations[relation.name];
        return change?.kind === 'rows' && change.others === 'remove' && !rows[at]?.key ? [keys[at]!] : [];
      });
      if (left.length > 0) finishes.push(await removeAfter(writer, model, relation, left));
    }
    await writeRelated(writer, relation, rows, foreignKeys);
  }
  return {
    foreignKeys,
    async finish() {
      for (const finish of finishes) await finish();
    },
  };
}

function forwardRelations(model: Model, writes: readonly Write[]): RelationField[] {
  const names = new Set(writes.flatMap(({ relations }) => Object.keys(relations)));
  return [...names].flatMap((name) => {
    const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined;
    return relation && relation.from.length > 0 ? [relation] : [];
  });
}

/** The one row of a to-one relation; null where there is to be none, undefined where nothing is said of it. */
function rowOf(model: Model, { name }: RelationField, change: Write['relations'][string] | undefined): RowWrite | null | undefined {
  if (!change) return undefined;
  if (change.kind !== 'rows' || change.rows.length > 1)
    throw new ConfigurationError(`${model.name}.${name} leads to one row: give its key, or one row to write.`);
  return change.rows[0] ?? null;
}

async function writeRelated(
  writer: RowWriter,
  { model, from, to }: RelationField,
  rows: readonly (RowWrite | null | undefined)[],
  foreignKeys: readonly Record<string, unknown>[],
): Promise<void> {
  const related = model();
  await writer.update(
    related,
    rows.flatMap((row) => (row?.key ? [{ key: keyOfRow(related, row.key), write: row.write }] : [])),
  );
  const made = rows.flatMap((row) => (row && !row.key ? [row.write] : []));
  const inserted = (await writer.insert(related, made, to)).values();
  rows.forEach((row, at) => {
    if (row === undefined || row?.key) return;
    const target = row === null ? null : (inserted.next().value as DriverRow);
    from.forEach((name, index) => (foreignKeys[at]![name] = target && target[to[index]!]));
  });
}

/** Notes the rows that some refer to, and answers what deletes them when nothing refers to them any more. */
async function removeAfter(writer: RowWriter, model: Model, relation: RelationField, keys: readonly RowKey[]): Promise<() => Promise<void>> {
  const related = relation.model();
  const { client } = writer.transaction;
  const columns = relation.from.map((name, at) => `t.${quote(model.fields[name]!.column)} as ${quote(relation.to[at]!)}`);
  const statement = new Statement().add(`select to_jsonb(x) as row from (select ${columns.join(', ')} from ${tableOf(model)} t, `);
  statement.records(
    tableOf(model),
    keys.map((key) => jsonRow(model, key)),
  );
  const same = model.primaryKey.map((name) => `t.${quote(model.fields[name]!.column)} = k.${quote(model.fields[name]!.column)}`);
  statement.add(` k where ${same.join(' and ')}) x`);
  const found: readonly { readonly row: Record<string, unknown> }[] = await client.$queryRaw(statement.toSql());
  const old = found.map(({ row }) => row).filter((row) => Object.values(row).every((value) => value !== null));
  return async () => {
    if (old.length === 0) return;
    const records = old.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [related.fields[name]!.column, value])));
    const gone = new Statement().add(`delete from ${tableOf(related)} t using `).records(tableOf(related), records);
    gone.add(
      ` k where ${relation.to.map((name) => `t.${quote(related.fields[name]!.column)} = k.${quote(related.fields[name]!.column)}`).join(' and ')}`,
    );
    await client.$executeRaw(gone.toSql());
  };
}
