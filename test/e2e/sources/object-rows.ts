import type { Model } from '../../../src/framework/models/model.js';
import type { Database } from '../../../src/framework/prisma/database.js';
import { PrismaReader } from '../../../src/framework/prisma/prisma-reader.js';
import { EVERYTHING } from '../../../src/framework/plan/assert-where.js';
import { keyTree, scalarTree } from '../../../src/framework/plan/read-tree.js';
import type { ObjectRow } from '../../../src/framework/sources/rows/row-condition.js';

/** Every row of some models as the database has it, with related rows as objects that refer to each other. */
export async function objectRows(database: Database, models: readonly Model[]): Promise<ReadonlyMap<string, readonly ObjectRow[]>> {
  const reader = new PrismaReader(database);
  const tables = new Map<string, Record<string, unknown>[]>();
  for (const model of models) tables.set(model.name, await reader.rows({ tree: scalarTree(model), where: EVERYTHING, ordering: [], offset: 0 }));
  const keyOf = (model: Model, row: Record<string, unknown>) => model.primaryKey.map((name) => String(row[name])).join();
  for (const model of models) {
    const rows = new Map(tables.get(model.name)!.map((row) => [keyOf(model, row), row]));
    for (const { name, many, model: relatedModel } of Object.values(model.relations)) {
      const related = relatedModel();
      if (!tables.has(related.name)) continue;
      const relatedRows = new Map(tables.get(related.name)!.map((row) => [keyOf(related, row), row]));
      const tree = {
        ...keyTree(model),
        relations: new Map([[name, { tree: keyTree(related), many, ordering: [] }]]),
      };
      for (const read of await reader.rows({ tree, where: EVERYTHING, ordering: [], offset: 0 })) {
        const row = rows.get(keyOf(model, read))!;
        const found: unknown = read[name];
        row[name] = Array.isArray(found)
          ? found.map((one: Record<string, unknown>) => relatedRows.get(keyOf(related, one)))
          : found && relatedRows.get(keyOf(related, found as Record<string, unknown>));
      }
    }
  }
  return tables;
}
