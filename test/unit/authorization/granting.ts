import { AuthenticationSettings } from '../../../src/framework/authentication/authentication-settings.js';
import { KnownPermissions } from '../../../src/framework/authorization/known-permissions.js';
import { PermissionAssignments } from '../../../src/framework/authorization/permission-assignments.js';
import { PermissionModels } from '../../../src/framework/authorization/permission-models.js';
import { PermissionReader } from '../../../src/framework/authorization/permission-reader.js';
import { UserPermissions } from '../../../src/framework/authorization/user-permissions.js';
import type { Model } from '../../../src/framework/models/model.js';
import type { Database } from '../../../src/framework/prisma/database.js';
import type { RequestUser } from '../../../src/framework/requests/request-user.js';

/** The providers of groups and permissions on a database, as the module makes them. */
export function granting(database: Database, models: Readonly<Record<string, Model>>, added?: Readonly<Record<string, readonly string[]>>) {
  const known = new KnownPermissions(models, added);
  const authentication = new AuthenticationSettings({ model: models['user']!, isSuperuserField: 'isSuperuser' as never }, models);
  const permissionModels = new PermissionModels(authentication, models);
  return {
    known,
    userPermissions: new UserPermissions(new PermissionReader(database, permissionModels), known),
    assignments: new PermissionAssignments(database, permissionModels, known),
  };
}

export const userOf = (id: number | string, more: object = {}) => ({ id, isActive: true, isStaff: false, ...more }) as unknown as RequestUser;
