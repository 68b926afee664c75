import type { ReadTree, RelationRead } from '../../plan/read-plan.js';
import { keyTree, scalarTree } from '../../plan/read-tree.js';
import type { CompiledSerializer } from '../compiled/compiled-serializer.js';
import { NestedField } from '../nested-field.js';

/** What has to be known of a row before its change is read: the rows beneath it that nested serializers find by key, and what is beneath those. */
export function currentTreeOf({ model, writable }: Pick<CompiledSerializer, 'model' | 'writable'>): ReadTree | undefined {
  if (!model) return undefined;
  const relations = new Map<string, RelationRead>();
  for (const { field, source, write } of writable) {
    if (field instanceof NestedField && source === '*') {
      for (const [name, read] of field.compiled.currentTree?.relations ?? []) relations.set(name, read);
    }
    if (!write?.matches) continue;
    const { columns, counts } = scalarTree(write.model);
    const beneath = write.child.currentTree?.relations ?? new Map<string, RelationRead>();
    relations.set(
      source,
      Object.freeze({ tree: Object.freeze({ model: write.model, columns, counts, relations: beneath }), many: write.relation.many, ordering: [] }),
    );
  }
  return relations.size > 0 ? Object.freeze({ ...keyTree(model), relations }) : undefined;
}
