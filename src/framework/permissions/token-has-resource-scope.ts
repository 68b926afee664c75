import type { RestRequest } from '../requests/rest-request.js';
import { TokenHasScope } from './token-has-scope.js';
import type { PermissionContext } from './permission.js';
import { ConfigurationError } from '../exceptions/configuration-error.js';

/**
 * Whose token has a scope of the resource: with `TokenHasResourceScope.of('books')`, `books:read` to read and `books:write` to do the rest (OA-3).
 */
export class TokenHasResourceScope extends TokenHasScope {
  override getRequiredScopes(request: RestRequest): readonly string[] {
    return this.scopes.map((scope) => `${scope}:${request.isSafe ? 'read' : 'write'}`);
  }

  override assertUsable({ owner }: PermissionContext): void {
    const { name } = this.constructor;
    if (this.scopes.length === 0)
      throw new ConfigurationError(`${owner}: ${name} names no resource, so any token would do. Use ${name}.of('books').`);
  }
}
