import { Inject, Injectable } from '@nestjs/common';
import { UserPermissions } from '../authorization/user-permissions.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import { isBulkAction } from '../viewsets/standard-actions.js';
import { assertStatement, listed, speaksOf, type AccessStatement, type Principal } from './access-statement.js';
import { Permission, type PermissionContext } from './permission.js';
import type { Verdict } from './verdict.js';

/**
 * Who may do what, in one list of statements by action (POL-1). A statement that denies decides over any that allows; what none allows is denied.
 *
 * It is made once, by Nest's injector: conditions may ask providers that its constructor takes.
 *
 * @example
 * class ReviewPolicy extends AccessPolicy<Review> {
 *   override readonly statements: readonly AccessStatement<Review>[] = [
 *     { effect: 'allow', principal: '*', action: '<safe_methods>' },
 *     { effect: 'allow', principal: 'authenticated', action: 'create' },
 *     { effect: 'allow', principal: 'authenticated', action: ['update', 'partialUpdate'], objectCondition: ({ user }, { userId }) => userId === user?.id },
 *     { effect: 'allow', principal: 'group:moderators', action: 'destroy' },
 *   ];
 * }
 */
@Injectable()
export abstract class AccessPolicy<Row = unknown> extends Permission {
  abstract readonly statements: readonly AccessStatement<Row>[];
  @Inject(UserPermissions) protected readonly userPermissions!: UserPermissions;

  override hasPermission(request: RestRequest): Promise<Verdict> {
    return this.#decide(request);
  }

  /** Undecided where no statement asks about objects: the request has been decided then. */
  override async hasObjectPermission(request: RestRequest, object: unknown): Promise<Verdict> {
    return this.statements.some(({ objectCondition }) => objectCondition) ? this.#decide(request, { row: object as Row }) : undefined;
  }

  override assertUsable(context: PermissionContext): void {
    const { name } = this.constructor;
    if (this.statements.length === 0)
      throw new ConfigurationError(`${context.owner}: ${name}.statements is empty, so that nobody could do anything.`);
    this.statements.forEach((statement, index) => {
      const place = `${context.owner}: ${name}.statements[${index}]`;
      assertStatement(statement, place, context);
      const principals = listed(statement.principal);
      if (principals.some((one) => one === 'admin' || one.startsWith('group:'))) this.userPermissions.assertReady();
      if (principals.includes('admin') && !this.userPermissions.knowsSuperusers)
        throw new ConfigurationError(`${place}: nobody is an admin, for the setting users names no isSuperuserField. Name it, or use staff.`);
    });
  }

  /** Of a request: open where it depends on the object alone that the handler will fetch. */
  async #decide(request: RestRequest, object?: { readonly row: Row }): Promise<Verdict> {
    const statements = this.statements.filter((statement) => speaksOf(statement, request));
    for (const statement of statements) {
      if (statement.effect === 'deny' && (await this.#holds(statement, request, object)) === true) return false;
    }
    let verdict: Verdict = false;
    for (const statement of statements) {
      if (statement.effect === 'deny') continue;
      const holds = await this.#holds(statement, request, object);
      if (holds === true) return true;
      if (holds === undefined && (request.handler?.detail || isBulkAction(request.action))) verdict = undefined;
    }
    return verdict;
  }

  /** Whether a statement holds; undefined where only the object can tell, and is not there yet. */
  async #holds(
    { effect, principal, condition, objectCondition }: AccessStatement<Row>,
    request: RestRequest,
    object?: { readonly row: Row },
  ): Promise<Verdict> {
    // An answer that is no boolean, such as the undefined of an optional chain, lets nobody through.
    const isMet = (answer: boolean) => (effect === 'deny' ? answer !== false : answer === true);
    if (!(await this.#isOneOf(listed(principal), request))) return false;
    if (condition && !isMet(await condition(request))) return false;
    if (!objectCondition) return true;
    return object && isMet(await objectCondition(request, object.row));
  }

  async #isOneOf(principals: readonly Principal[], request: RestRequest): Promise<boolean> {
    for (const principal of principals) if (await this.#is(principal, request)) return true;
    return false;
  }

  async #is(principal: Principal, request: RestRequest): Promise<boolean> {
    const { user } = request;
    if (principal === '*') return true;
    if (principal === 'anonymous') return user === null;
    if (user === null) return false;
    if (principal === 'authenticated') return true;
    if (principal === 'staff') return user.isStaff === true;
    if (principal === 'admin') return this.userPermissions.of(request).isSuperuser;
    const [kind, name] = [principal.slice(0, principal.indexOf(':')), principal.slice(principal.indexOf(':') + 1)];
    return kind === 'id' ? String(user.id) === name : (await this.userPermissions.of(request).getGroups()).has(name);
  }
}
