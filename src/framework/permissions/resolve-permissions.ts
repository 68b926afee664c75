import { ConfigurationError } from '../exceptions/configuration-error.js';
import { ComposedPermission } from './composed-permission.js';
import { Permission, type PermissionClass } from './permission.js';
import { PermissionExpression, type PermissionLike } from './permission-expression.js';

/**
 * The instances of a list of permissions, in its order. `instance` makes those of the classes, by dependency injection.
 * @throws ConfigurationError for what is no permission.
 */
export function resolvePermissions(permissions: readonly PermissionLike[], instance: (permission: PermissionClass) => Permission): Permission[] {
  return permissions.map((permission) => resolve(permission, instance));
}

/** The permission classes that a list names, each once: those that need instances. */
export function permissionClasses(permissions: readonly PermissionLike[]): readonly PermissionClass[] {
  return [...new Set(permissions.flatMap((permission) => (permission instanceof PermissionExpression ? permission.classes() : [permission])))];
}

function resolve(permission: PermissionLike, instance: (permission: PermissionClass) => Permission): Permission {
  if (permission instanceof PermissionExpression) {
    return new ComposedPermission(
      permission.operator,
      permission.operands.map((operand) => resolve(operand, instance)),
    );
  }
  const made = typeof permission === 'function' ? instance(permission) : permission;
  if (made instanceof Permission) return made;
  throw new ConfigurationError(
    `permissions: ${typeof permission === 'function' ? permission.name : String(permission)} is no permission. Name classes that extend Permission, or compose them with and(), or(), not().`,
  );
}
