import type { RestRequest } from '../requests/rest-request.js';
import { TokenHasScope } from './token-has-scope.js';

/**
 * Whose token has the scope `read` to read (GET, HEAD, OPTIONS) and `write` to do the rest, and those of `TokenHasReadWriteScope.of('books')` besides
 * (OA-3).
 */
export class TokenHasReadWriteScope extends TokenHasScope {
  /** Override where they are called otherwise. */
  readonly readScope: string = 'read';
  readonly writeScope: string = 'write';

  override getRequiredScopes(request: RestRequest): readonly string[] {
    return [...this.scopes, request.isSafe ? this.readScope : this.writeScope];
  }
}
