import { ModelPermissions } from './model-permissions.js';

/** As `ModelPermissions`, and anonymous clients may read (PERM-4). */
export class ModelPermissionsOrAnonReadOnly extends ModelPermissions {
  override readonly authenticatedUsersOnly = false;
}
