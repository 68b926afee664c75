import type { RestRequest } from '../requests/rest-request.js';
import { Permission } from './permission.js';

/** Staff alone: `user.isStaff` (PERM-2). */
export class IsAdminUser extends Permission {
  override hasPermission(request: RestRequest): boolean {
    return request.user?.isStaff === true;
  }
}
