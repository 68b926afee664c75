import type { APIException } from '../exceptions/api-exception.js';
import { isErrorDetail, type Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';
import { noMatch } from '../exceptions/no-match.js';
import { constraintOf, toAPIException } from '../prisma/prisma-errors.js';
import { constraintError } from './constraint-error.js';
import { ConstraintViolation } from './constraint-violation.js';
import { failedWriteOf, type FailedWrite } from './failed-write.js';
import type { WrittenRow } from './written-row.js';
import { suspectDetail, type ConflictSettings, type PlacedDetail } from './suspect-detail.js';

type Tree = { [key: string]: Detail };

/**
 * What a client is told of what the database has refused: at the place of the row in its body, in the words that validation would have had (VAL-9).
 * Undefined for an error that is about no constraint. `parents` are the keys of the rows that the address is under.
 */
export function conflictError(error: unknown, settings: ConflictSettings, parents: Readonly<Record<string, unknown>> = {}): APIException | undefined {
  const failed = failedWriteOf(error);
  const gone = failed && parentGone(failed, parents);
  if (gone) return gone;
  const told = (failed?.culprits ?? []).flatMap((suspect) => {
    const placed = suspectDetail(suspect, settings);
    return placed ? [{ ...placed, path: [...elementOf(failed!, suspect.row), ...placed.path] }] : [];
  });
  const detail = told.length > 0 ? joined(told) : unplaced(error, settings);
  if (detail === undefined) return undefined;
  return new ConstraintViolation(at((failed?.under ?? []).map(String), detail), settings.conflictStatus, error);
}

/** The place of a row's element in a list that was to be written. */
function elementOf(failed: Pick<FailedWrite, 'attempt'>, row: WrittenRow): readonly string[] {
  if (row.within) return elementOf(failed, row.within.row);
  const { many, rows } = failed.attempt;
  return many ? [String(rows.findIndex(({ write }) => write === row.write))] : [];
}

/** The row that the address is under was there when the request came. */
function parentGone({ culprits }: FailedWrite, parents: Readonly<Record<string, unknown>>): APIException | undefined {
  for (const suspect of culprits)
    if (suspect.kind === 'missing' && !suspect.row.within && suspect.relation.name in parents) return noMatch(suspect.relation.model());
  return undefined;
}

/** Of an error that no write is known of: by the constraint alone. */
function unplaced(error: unknown, settings: ConflictSettings): Detail | undefined {
  const known = constraintError(error, settings) ?? (constraintOf(error) ? toAPIException(error) : undefined);
  return known instanceof ValidationError ? known.detail : undefined;
}

/** One record of what is said at several places. */
function joined(all: readonly PlacedDetail[]): Detail {
  return all.reduce<Detail>((tree, { path, detail }) => merged(tree, at(path, detail)), {});
}

const at = (path: readonly string[], detail: Detail): Detail => path.reduceRight<Detail>((inner, name) => ({ [name]: inner }), detail);

function merged(one: Detail, other: Detail): Detail {
  if (!isTree(one) || !isTree(other)) return one;
  const tree: Tree = { ...one };
  for (const [name, detail] of Object.entries(other)) tree[name] = name in tree ? merged(tree[name]!, detail) : detail;
  return tree;
}

const isTree = (detail: Detail): detail is Tree => typeof detail === 'object' && !Array.isArray(detail) && !isErrorDetail(detail);
