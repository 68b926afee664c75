import type { RestRequest } from '../requests/rest-request.js';
import { scopesOf, TokenHasScope } from './token-has-scope.js';

/** Who is signed in by something that knows no scopes, such as a session; of a token with scopes, all that are named (OA-3). */
export class IsAuthenticatedOrTokenHasScope extends TokenHasScope {
  override hasPermission(request: RestRequest): boolean {
    return scopesOf(request.auth) === undefined ? request.user !== null : super.hasPermission(request);
  }
}
