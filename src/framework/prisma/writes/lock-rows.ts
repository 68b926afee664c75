import type { Model } from '../../models/model.js';
import { jsonRow } from '../json-row.js';
import type { PrismaClientLike } from '../prisma-client.js';
import type { RowKey } from './row-key.js';
import { quote, Statement, tableOf } from '../statement.js';

/** Locks rows until the transaction ends; answers how many there are. */
export async function lockRows(
  client: Pick<PrismaClientLike, '$queryRaw'>,
  model: Model,
  rows: readonly { readonly key: RowKey; readonly scope?: Readonly<Record<string, unknown>> }[],
): Promise<number> {
  const found = rows.map(({ key, scope }) => ({ ...key, ...scope }));
  const columns = Object.keys(found[0] ?? {}).map((name) => quote(model.fields[name]!.column));
  const statement = new Statement().add(`select 1 from ${tableOf(model)} t, `).records(
    tableOf(model),
    found.map((row) => jsonRow(model, row)),
  );
  statement.add(` k where ${columns.map((column) => `t.${column} = k.${column}`).join(' and ')} for update of t`);
  const locked: readonly unknown[] = await client.$queryRaw(statement.toSql());
  return locked.length;
}
