import type { Where } from '../plan/where.js';
import type { RawRow, ReadTree } from '../plan/read-plan.js';
import type { RestRequest } from '../requests/rest-request.js';
import type { CompiledSerializer } from '../serializers/compiled-serializer.js';
import { readingOf, type Reading } from '../prisma/instances.js';
import type { RenderContext } from '../serializers/compile-environment.js';
import type { Sources } from '../sources/sources.js';

/** What of a row is shown by a serializer: the row as it was read where that holds everything, else read again by its key. */
export async function representation(
  request: RestRequest,
  serializer: CompiledSerializer,
  instance: object,
  sources: Pick<Sources, 'objects'>,
): Promise<unknown> {
  const context = { baseUrl: request.baseUrl };
  const { tree } = serializer;
  const reading = readingOf(instance);
  if (!tree) return unmodelled(serializer, instance, reading)(context);
  if (reading && holds(reading.tree, tree)) return serializer.render(reading.row, context);
  const { model } = tree;
  const key = Object.fromEntries(model.primaryKey.map((name) => [name, (instance as Record<string, unknown>)[name]]));
  const row = await sources
    .objects(model)
    .filter(key as Where)
    .getOne(tree);
  return row ? serializer.render(row, context) : null;
}

/** By a serializer without a model: a row as it was read, where that holds what the fields name, else the object as it is. */
function unmodelled(serializer: CompiledSerializer, instance: object, reading: Reading | undefined): (context: RenderContext) => unknown {
  if (reading && serializer.fits(reading.tree.model)) {
    const { tree, render } = serializer.over(reading.tree.model);
    if (holds(reading.tree, tree)) return (context) => render(reading.row, context);
  }
  return (context) => serializer.render(instance as RawRow, context);
}

/** Whether what was read by one tree holds what another reads. */
export function holds(read: ReadTree, wanted: ReadTree): boolean {
  if (read === wanted) return true;
  if (read.model !== wanted.model) return false;
  for (const column of wanted.columns) if (!read.columns.has(column)) return false;
  for (const count of wanted.counts) if (!read.counts.has(count)) return false;
  for (const [name, relation] of wanted.relations) {
    const known = read.relations.get(name);
    if (!known || !holds(known.tree, relation.tree)) return false;
  }
  return true;
}
