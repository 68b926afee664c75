import { ComposedPermission } from './composed-permission.js';
import { Permission } from './permission.js';

/** Whether any of them has something to say of objects: where none has, there is nothing to ask when one is fetched. */
export function haveObjectOpinion(permissions: readonly Permission[]): boolean {
  return permissions.some((permission) =>
    permission instanceof ComposedPermission
      ? haveObjectOpinion(permission.parts)
      : permission.hasObjectPermission !== Permission.prototype.hasObjectPermission,
  );
}
