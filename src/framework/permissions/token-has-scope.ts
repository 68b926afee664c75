import type { APIException } from '../exceptions/api-exception.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';
import type { RestRequest } from '../requests/rest-request.js';
import { InsufficientScope } from './insufficient-scope.js';
import { Permission, type PermissionClass, type PermissionContext } from './permission.js';

/** A scope is printable, without quotes, backslashes and spaces (RFC 6749, 3.3): it stands in a header. */
const SCOPE = /^[!#-[\]-~]+$/;

/**
 * What the credential may do, where it has scopes: an API key's, or those of a JSON Web Token's claim `scope` or `scopes`. Undefined for a credential that
 * knows none, such as a session or a plain token.
 */
export function scopesOf(auth: unknown): ReadonlySet<string> | undefined {
  if (typeof auth !== 'object' || auth === null) return undefined;
  const { scopes, scope } = auth as { readonly scopes?: unknown; readonly scope?: unknown };
  const said = scopes ?? scope;
  if (typeof said === 'string') return new Set(said.split(' ').filter((one) => one !== ''));
  return Array.isArray(said) ? new Set(said.filter((one) => typeof one === 'string')) : undefined;
}

/**
 * Whose token has all of some scopes (OA-3). A credential without scopes has none of them.
 *
 * @example
 * const permissions = [TokenHasScope.of('read', 'books')];
 */
export class TokenHasScope extends Permission {
  readonly scopes: readonly string[] = [];

  /** The permission with its scopes. @throws ConfigurationError for none, or for a text that is no scope. */
  static of(...scopes: readonly string[]): PermissionClass {
    const wrong = scopes.find((scope) => !SCOPE.test(scope));
    if (scopes.length === 0 || wrong !== undefined)
      throw new ConfigurationError(
        `${this.name}.of(${scopes.map((scope) => JSON.stringify(scope)).join(', ')}): name scopes, such as 'read', without blanks.`,
      );
    class OfScopes extends this {
      override readonly scopes = scopes;
    }
    return Object.defineProperty(OfScopes, 'name', { value: `${this.name}.of(${scopes.join(', ')})` });
  }

  /** The scopes that a request needs. Override where they depend on it. */
  getRequiredScopes(_request: RestRequest): readonly string[] {
    return this.scopes;
  }

  override hasPermission(request: RestRequest): boolean {
    const has = scopesOf(request.auth);
    return has !== undefined && this.getRequiredScopes(request).every((scope) => has.has(scope));
  }

  /** Who is not signed in is told to do that first. */
  override denial(request: RestRequest, object?: unknown): APIException | undefined {
    if (object !== undefined || scopesOf(request.auth) === undefined) return undefined;
    return new InsufficientScope(this.getRequiredScopes(request), this.message, this.code);
  }

  override assertUsable({ owner }: PermissionContext): void {
    if (this.scopes.length === 0 && this.getRequiredScopes === TokenHasScope.prototype.getRequiredScopes)
      throw new ConfigurationError(
        `${owner}: ${this.constructor.name} names no scopes, so any token would do. Use ${this.constructor.name}.of('read').`,
      );
  }
}
