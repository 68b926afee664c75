import { Inject, Injectable, type CanActivate, type ExecutionContext, type OnModuleInit, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DefaultAuthentication } from '../authentication/default-authentication.js';
import { RestRequest } from '../requests/rest-request.js';
import { checkPermissions } from './check-permissions.js';
import type { Permission, PermissionClass } from './permission.js';
import type { PermissionLike } from './permission-expression.js';
import { permissionClasses, resolvePermissions } from './resolve-permissions.js';

/**
 * A guard class of a list of permissions, for compositions on hand-written controllers. A single permission class needs none: it is a guard itself.
 *
 * @example
 * @UseGuards(permissionGuard(or(IsAdminUser, ReadOnly)))
 */
export function permissionGuard(...permissions: PermissionLike[]): Type<CanActivate> {
  @Injectable()
  class PermissionGuard implements CanActivate, OnModuleInit {
    #permissions?: Promise<readonly Permission[]>;

    constructor(
      @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
      @Inject(DefaultAuthentication) private readonly defaultAuthentication: DefaultAuthentication,
    ) {}

    async onModuleInit(): Promise<void> {
      const view = { owner: 'permissionGuard', model: undefined, actions: [], ignoresModelPermissions: false };
      for (const permission of await this.#resolve()) permission.assertUsable(view);
    }

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const resolved = await this.#resolve();
      const request = RestRequest.of(context.switchToHttp().getRequest());
      const schemes = request.handler?.authentication ?? this.defaultAuthentication.schemes;
      await request.authenticate(schemes);
      await checkPermissions(request, resolved, schemes);
      return true;
    }

    #resolve(): Promise<readonly Permission[]> {
      return (this.#permissions ??= makePermissions(permissions, this.moduleRef));
    }
  }
  return PermissionGuard;
}

async function makePermissions(permissions: readonly PermissionLike[], moduleRef: ModuleRef): Promise<readonly Permission[]> {
  const made = new Map<PermissionClass, Permission>();
  for (const permission of permissionClasses(permissions)) made.set(permission, await moduleRef.create(permission));
  return resolvePermissions(permissions, (permission) => made.get(permission) as Permission);
}
