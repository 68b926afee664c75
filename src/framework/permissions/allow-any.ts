import { Permission } from './permission.js';

/** Anyone, signed in or not: the same as an empty list, but said (PERM-2). */
export class AllowAny extends Permission {
  override hasPermission(): true {
    return true;
  }
}
