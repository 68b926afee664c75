import type { RestRequest } from '../requests/rest-request.js';
import { Permission } from './permission.js';

/** Who is signed in (PERM-2). */
export class IsAuthenticated extends Permission {
  override hasPermission(request: RestRequest): boolean {
    return request.user !== null;
  }
}
