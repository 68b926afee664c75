import { ConfigurationError } from '../../exceptions/configuration-error.js';
import type { Model } from '../../models/model.js';
import { isBulkAction, STANDARD_ACTIONS } from '../standard-actions.js';

const hasFunction = (view: object, name: string) => typeof (view as Readonly<Record<string, unknown>>)[name] === 'function';

/** Whether a view's `create` takes lists. */
export const createsMany = (view: object): boolean => hasFunction(view, 'performBulkCreate');

/**
 * The most elements of a bulk write of a viewset; undefined where it has none.
 * @throws ConfigurationError where it has one and does not say how many, or where the model's rows have no key of one column to be named by.
 */
export function maxBulkSizeOf(view: object, size: number | undefined, model: Model): number | undefined {
  const owner = view.constructor.name;
  const named = STANDARD_ACTIONS.find(({ property }) => isBulkAction(property) && hasFunction(view, property))?.property;
  if (!named && !createsMany(view)) return undefined;
  if (size === undefined || !Number.isSafeInteger(size) || size < 1) {
    throw new ConfigurationError(
      `${owner}: maxBulkSize is ${size}, and it has bulk actions. Say in @ViewSet(prefix, { maxBulkSize }) how many elements a request may have, from 1.`,
    );
  }
  if (named && model.primaryKey.length > 1) {
    throw new ConfigurationError(
      `${owner}: ${named} names rows by one key, and ${model.name} has ${model.primaryKey.join(' and ')}. Leave the mixin out.`,
    );
  }
  return size;
}
