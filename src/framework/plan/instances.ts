import type { Model } from '../models/model.js';
import type { RawRow, ReadTree } from './read-plan.js';

/** How an instance was read: its raw row, and the tree that it was read by. */
export interface Reading {
  readonly row: RawRow;
  readonly tree: ReadTree;
}

const models = new WeakMap<object, Model>();
const readings = new WeakMap<object, Reading>();

/** Remembers which model a row is of, so that a handler may return it and the action's serializer shows it. */
export function rememberModel<T extends object>(instance: T, model: Model): T {
  models.set(instance, model);
  return instance;
}

export function rememberReading<T extends object>(instance: T, reading: Reading): T {
  readings.set(instance, reading);
  return rememberModel(instance, reading.tree.model);
}

export const modelOf = (value: unknown): Model | undefined => (typeof value === 'object' && value !== null ? models.get(value) : undefined);
export const readingOf = (instance: object): Reading | undefined => readings.get(instance);
