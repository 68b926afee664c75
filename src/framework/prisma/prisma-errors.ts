import { APIException } from '../exceptions/api-exception.js';
import { Conflict, NotFound, ServiceUnavailable, ValidationError } from '../exceptions/exceptions.js';
import type { Model, UniqueConstraint } from '../models/model.js';

/** What the driver says of an error, as Prisma's adapters hand it on. */
interface Cause {
  readonly kind?: string;
  readonly code?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly message?: string;
  readonly constraint?: { readonly index?: string; readonly fields?: readonly string[] };
}

/** A violated constraint: by its name in the database, or by the columns (not fields) that the driver names instead, as PGlite's does. */
export type ViolatedConstraint =
  | { readonly kind: 'unique'; readonly index?: string; readonly fields?: readonly string[] }
  | { readonly kind: 'foreignKey'; readonly constraint?: string };

/** The constraint that an error of Prisma's is about; null where it is about something else. */
export function constraintOf(error: unknown): ViolatedConstraint | null {
  const cause = causeOf(error);
  const state = stateOf(error, cause);
  if (codeOf(error) === 'P2002' || state === '23505') {
    const index = cause?.constraint?.index ?? /unique constraint "([^"]+)"/.exec(messageOf(error, cause))?.[1];
    const fields = cause?.constraint?.fields?.map((column) => column.replace(/^"(.*)"$/s, '$1'));
    return { kind: 'unique', ...(index !== undefined && { index }), ...(fields && { fields }) };
  }
  if (codeOf(error) === 'P2003' || state === '23503' || state === '23001') {
    const constraint = cause?.constraint?.index ?? /foreign key constraint "([^"]+)"/.exec(messageOf(error, cause))?.[1];
    return { kind: 'foreignKey', ...(constraint !== undefined && { constraint }) };
  }
  return null;
}

/** The unique constraint of a model that an error says is violated, the primary key included; undefined where it is of another table. */
export function violatedUnique(model: Model, error: unknown): UniqueConstraint | undefined {
  const violated = constraintOf(error);
  if (violated?.kind !== 'unique') return undefined;
  const uniques = [...model.uniques, { fields: model.primaryKey, index: `${model.table}_pkey` }];
  if (violated.index !== undefined) return uniques.find(({ index }) => index === violated.index);
  const columns = violated.fields?.join();
  return uniques.find(({ fields }) => fields.map((name) => model.fields[name]!.column).join() === columns);
}

/** Whether an error says that the row to be changed is gone. */
export const isGone = (error: unknown): boolean => codeOf(error) === 'P2025' && !isMissingLink(error);

/** Whether a transaction failed for another one's sake, and may succeed when it is run again. */
export function isConflict(error: unknown): boolean {
  const state = stateOf(error, causeOf(error));
  // A conflict that COMMIT finds comes as the adapter's error, without a code of Prisma's.
  return codeOf(error) === 'P2034' || state === '40001' || state === '40P01' || causeOf(error)?.kind === 'TransactionWriteConflict';
}

const UNAVAILABLE = new Set([
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const VALUES = new Set(['P2000', 'P2005', 'P2006', 'P2007', 'P2011', 'P2020', 'P2033']);
/** Connection exceptions, conflicts, resources, a busy object, an operator's intervention, read-only and no such lock. */
const UNAVAILABLE_STATE = /^(?:08|40|53|55P03|57|25006)/;
const VALUE_STATE = /^(?:22|23502|23514)/;
const UNAVAILABLE_TEXT =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error|pool after calling end/i;
const UNAVAILABLE_KIND = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'TransactionWriteConflict']);

/**
 * What the client is told of an error that came from the database; undefined for one that did not, or that is a mistake of ours.
 * A caller that knows the model says which field a unique violation is about; see `violatedUnique`.
 */
export function toAPIException(error: unknown): APIException | undefined {
  if (error instanceof APIException) return error;
  if (!(error instanceof Error)) return undefined;
  const cause = causeOf(error);
  const code = codeOf(error) ?? '';
  const state = stateOf(error, cause) ?? '';
  const text = messageOf(error, cause);
  const violated = constraintOf(error);
  if (violated?.kind === 'unique') return caused(new ValidationError('A row with these values already exists.', 'unique'), error);
  if (violated)
    return caused(
      isProtected(text, state)
        ? new Conflict('Other rows refer to this one.', 'protected')
        : new ValidationError('Object does not exist.', 'does_not_exist'),
      error,
    );
  if (isMissingLink(error)) return caused(new ValidationError('Object does not exist.', 'does_not_exist'), error);
  if (code === 'P2025' || code === 'P2001' || code === 'P2015') return caused(new NotFound(), error);
  if (code === 'P2018' || code === 'P2017') return caused(new ValidationError('Object does not exist.', 'does_not_exist'), error);
  if (UNAVAILABLE.has(code) || UNAVAILABLE_STATE.test(state) || UNAVAILABLE_KIND.has(cause?.kind ?? '') || UNAVAILABLE_TEXT.test(error.message)) {
    return caused(new ServiceUnavailable(1), error);
  }
  if (error.name === 'PrismaClientInitializationError') return caused(new ServiceUnavailable(1), error);
  if (VALUES.has(code) || VALUE_STATE.test(state)) return caused(new ValidationError(), error);
  return undefined;
}

/** Prisma's P2025 for rows that were to be linked and are gone; the same code says that the row itself is. */
const isMissingLink = (error: unknown) =>
  codeOf(error) === 'P2025' && (error as { meta?: { expectedRows?: unknown } }).meta?.expectedRows !== undefined;

/** PostgreSQL tells by its text alone whether it was the row referred to that went, or the reference that leads nowhere. */
const isProtected = (text: string, state: string) => state === '23001' || /update or delete on table/.test(text);

function caused<E extends APIException>(exception: E, cause: unknown): E {
  exception.cause = cause;
  return exception;
}

function causeOf(error: unknown): Cause | undefined {
  const { meta, name, cause } = (error ?? {}) as { meta?: { driverAdapterError?: { cause?: Cause } }; name?: string; cause?: Cause };
  return meta?.driverAdapterError?.cause ?? (name === 'DriverAdapterError' ? cause : undefined);
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The SQLSTATE: the adapter's, that of a raw statement, or the driver's own. */
function stateOf(error: unknown, cause: Cause | undefined): string | undefined {
  const state = cause?.originalCode ?? cause?.code ?? (error as { meta?: { code?: unknown } } | null)?.meta?.code ?? codeOf(error);
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && !/^P[1-6]\d{3}$/.test(state) ? state : undefined;
}

const messageOf = (error: unknown, cause: Cause | undefined) =>
  String(cause?.originalMessage ?? cause?.message ?? (error as Error | undefined)?.message ?? '');
