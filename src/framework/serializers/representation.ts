import type { RawRow } from '../plan/read-plan.js';
import { holds } from '../plan/read-tree.js';
import type { Where } from '../plan/where.js';
import { readingOf, type Reading } from '../plan/instances.js';
import type { Sources } from '../sources/sources.js';
import type { RenderContext } from './compiled/compile-environment.js';
import type { CompiledSerializer } from './compiled/compiled-serializer.js';

type Shown = Record<string, unknown>;

/** What of a row is shown by a serializer: the row as it was read where that holds everything, else read again by its key. Null for one that is gone. */
export async function representation(
  context: RenderContext,
  serializer: CompiledSerializer,
  instance: object,
  sources: Pick<Sources, 'objects'>,
): Promise<Shown | null> {
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
function unmodelled(serializer: CompiledSerializer, instance: object, reading: Reading | undefined): (context: RenderContext) => Shown {
  if (reading && serializer.fits(reading.tree.model)) {
    const { tree, render } = serializer.over(reading.tree.model);
    if (holds(reading.tree, tree)) return (context) => render(reading.row, context);
  }
  return (context) => serializer.render(instance as RawRow, context);
}
