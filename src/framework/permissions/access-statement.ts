import { ConfigurationError } from '../exceptions/configuration-error.js';
import { instead } from '../internal/nearest-name.js';
import type { RestRequest } from '../requests/rest-request.js';
import { STANDARD_ACTIONS } from '../viewsets/standard-actions.js';
import type { MaybePromise, PermissionContext } from './permission.js';

/** Whom a statement speaks of: `admin` is a superuser, `staff` who is `isStaff`, `id:7` the user with that key. */
export type Principal = '*' | 'admin' | 'staff' | 'authenticated' | 'anonymous' | `group:${string}` | `id:${string}`;

/**
 * A sentence of an access policy (POL-1): these principals may, or may not, do these actions, where the conditions hold.
 *
 * `Row` is the type of the view's objects.
 */
export interface AccessStatement<Row = unknown> {
  readonly effect: 'allow' | 'deny';
  readonly principal: Principal | readonly Principal[];
  /** The names of actions (`list`, `borrow`; `get` of a plain view), `*`, `<safe_methods>`, or a method: `<method:post>`. */
  readonly action: string | readonly string[];
  /** Where it holds; by default always. */
  readonly condition?: (request: RestRequest) => MaybePromise<boolean>;
  /** Of what objects it holds: asked where a handler fetches one, so it says nothing of lists and creates. */
  readonly objectCondition?: (request: RestRequest, object: Row) => MaybePromise<boolean>;
}

const PRINCIPALS: readonly string[] = ['*', 'admin', 'staff', 'authenticated', 'anonymous'];
const METHOD = /^<method:(get|head|options|post|put|patch|delete)>$/i;
/** Actions that never have an object. */
const WITHOUT_OBJECT: readonly string[] = ['list', 'create'];

export const listed = <T extends string>(said: T | readonly T[]): readonly T[] => (typeof said === 'string' ? [said] : said);

/** Whether a statement speaks of what a request does. */
export function speaksOf({ action }: AccessStatement<never>, request: RestRequest): boolean {
  return listed(action).some((one) => {
    if (one === '*' || (one === '<safe_methods>' && request.isSafe)) return true;
    const method = METHOD.exec(one)?.[1];
    return method === undefined ? one === request.action : method.toUpperCase() === request.method;
  });
}

/** @throws ConfigurationError for a statement that could never be meant. */
export function assertStatement(statement: AccessStatement<never>, place: string, { actions }: PermissionContext): void {
  const refuse = (text: string) => new ConfigurationError(`${place}: ${text}`);
  const { effect, principal, action, objectCondition } = statement;
  if (effect !== 'allow' && effect !== 'deny') throw refuse(`effect ${JSON.stringify(effect)} is neither 'allow' nor 'deny'.`);
  for (const [name, said] of [
    ['principal', principal],
    ['action', action],
  ] as const)
    if (!Array.isArray(said) ? typeof said !== 'string' : said.length === 0) throw refuse(`${name} names none. For all write '*'.`);
  for (const one of listed<string>(principal))
    if (!PRINCIPALS.includes(one) && !/^(group|id):./.test(one))
      throw refuse(`principal ${one} is none of ${PRINCIPALS.join(', ')}, group:<name>, id:<key>.`);
  const known = [...new Set(['*', '<safe_methods>', ...STANDARD_ACTIONS.map(({ property }) => property), 'metadata', ...actions])];
  for (const one of listed(action)) {
    if (!known.includes(one) && !METHOD.test(one)) throw refuse(`the view has no action ${one}.${instead(one, known)}`);
    if (objectCondition && WITHOUT_OBJECT.includes(one))
      throw refuse(`${one} has no object that an objectCondition could be asked of. Narrow the view's rows instead.`);
  }
}
