import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ModelService } from '../services/model-service.js';
import type { ModelSource } from '../sources/model-source.js';
import { isFrameworkAction } from './framework-action.js';
import type { GenericViewSet } from './generic-viewset.js';

const WRITES = [
  { method: 'create', asked: 'create(data)', actions: ['create'], hook: 'performCreate', through: 'createAs' },
  { method: 'update', asked: 'update(key, data)', actions: ['update', 'partialUpdate'], hook: 'performUpdate', through: 'updateAs' },
  {
    method: 'update',
    asked: 'update(key, data)',
    actions: ['bulkUpdate', 'partialBulkUpdate'],
    hook: 'performBulkUpdate',
    through: 'updateAs',
  },
  { method: 'destroy', asked: 'destroy(key)', actions: ['bulkDestroy'], hook: 'performBulkDestroy', through: 'destroy' },
  { method: 'destroy', asked: 'destroy(key)', actions: ['destroy'], hook: 'performDestroy', through: 'destroy' },
] as const;

/**
 * Refuses a viewset whose actions would write to a source that cannot be written to.
 * @throws ConfigurationError
 */
export function checkWrites(view: GenericViewSet, source: ModelSource, service: ModelService<never>): void {
  const functions = view as unknown as Readonly<Record<string, unknown>>;
  for (const { method, asked, actions, hook, through } of WRITES) {
    if (source[method] || service[through] !== ModelService.prototype[through] || !isFrameworkAction(functions[hook])) continue;
    const action = actions.find((name) => isFrameworkAction(functions[name]));
    if (!action) continue;
    throw new ConfigurationError(
      `${view.constructor.name}: ${action} would write to ${source.constructor.name}, which has no ${asked}. Extend ReadOnlyModelViewSet, override ${hook}, or give ${source.constructor.name} ${asked}.`,
    );
  }
}
