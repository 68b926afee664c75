import type { RestRequest } from '../requests/rest-request.js';
import { Permission } from './permission.js';

/** Anyone reads (GET, HEAD, OPTIONS), who is signed in does the rest (PERM-2). */
export class IsAuthenticatedOrReadOnly extends Permission {
  override hasPermission(request: RestRequest): boolean {
    return request.isSafe || request.user !== null;
  }
}
