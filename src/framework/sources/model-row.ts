import { Temporal } from 'temporal-polyfill';
import type { Model, ScalarField } from '../models/model.js';
import { columnValue } from '../plan/column-value.js';
import { momentOf } from '../plan/position.js';
import type { ReadTree } from '../plan/read-plan.js';
import type { ObjectRow } from './rows/row-condition.js';

/** A row that is none of its model's: a column is missing, or of another type. */
export class UnfitRow extends Error {
  override readonly name = 'UnfitRow';
}

/**
 * A model's row of an object, whose columns are as the model has them or as JSON has them: moments, dates, times, decimals and big integers as texts,
 * bytes in base64. Related rows are read where the tree reads them; without a tree, where they are there. What else the object holds is left out.
 * @throws UnfitRow naming the column.
 */
export function modelRow(model: Model, value: unknown, tree?: ReadTree, path = model.name): ObjectRow {
  if (!isRecord(value)) throw new UnfitRow(`${path} is ${described(value)}, and no object.`);
  const row: Record<string, unknown> = {};
  for (const field of Object.values(model.fields)) row[field.name] = column(field, value[field.name], `${path}.${field.name}`);
  for (const relation of Object.values(model.relations)) {
    const { name, many, nullable } = relation;
    const related = value[name] ?? null;
    if (tree ? !tree.relations.has(name) && !tree.counts.has(name) : value[name] === undefined) continue;
    const at = `${path}.${name}`;
    const inner = tree?.relations.get(name)?.tree;
    if (many && !Array.isArray(related)) throw new UnfitRow(`${at} is ${described(related)}, and no list of rows.`);
    if (!many && related === null && !nullable) throw new UnfitRow(`${at} is missing, and may not be.`);
    row[name] = Array.isArray(related)
      ? related.map((one, index) => modelRow(relation.model(), one, inner, `${at}[${index}]`))
      : related && modelRow(relation.model(), related, inner, at);
  }
  return row;
}

function column(field: ScalarField, value: unknown, path: string): unknown {
  if (value === undefined || value === null) {
    if (field.nullable) return null;
    throw new UnfitRow(`${path} is ${value === null ? 'null' : 'missing'}, and may not be.`);
  }
  if (!field.list) return scalar(field, value, path);
  if (!Array.isArray(value)) throw new UnfitRow(`${path} is ${described(value)}, and no list.`);
  return value.map((one, index) => scalar(field, one, `${path}[${index}]`));
}

function scalar(field: ScalarField, value: unknown, path: string): unknown {
  const plain = fromJson(field, value);
  // No database will store it: any text is one.
  if (field.type === 'String' && !field.nativeType && typeof plain === 'string') return plain;
  const found = columnValue(field, plain);
  if (found.kind === 'value') return found.value;
  throw new UnfitRow(
    `${path} is ${described(value)}; ${found.kind === 'wrong' ? `its column takes ${found.expected}` : 'its column cannot hold it'}.`,
  );
}

/** What JSON has other words for. A moment loses what is finer than a millisecond, as it does in the database's rows. */
function fromJson(field: ScalarField, value: unknown): unknown {
  switch (field.type) {
    case 'BigInt':
      return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : Number.isSafeInteger(value) ? BigInt(value as number) : value;
    case 'DateTime': {
      const moment = typeof value === 'string' ? momentOf(field, value) : value;
      return moment instanceof Temporal.Instant ? Temporal.Instant.fromEpochMilliseconds(moment.epochMilliseconds) : moment;
    }
    case 'Bytes':
      return typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'base64')) : value;
    default:
      return value;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What kind of value it is, never the value: it may be anyone's. */
function described(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
